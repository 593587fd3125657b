"""What staff can set, where it is kept, and where the secrets are.

``schema`` declares each setting once, typed; form, file, command line and tests read it there.
``store`` keeps what differs from the defaults in one file; ``secrets`` never touches that file.
``places`` knows the folders. Settings are values: changing one makes a new ``Settings``.
"""
