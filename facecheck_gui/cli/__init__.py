"""The ``facecheck`` command: the staff window, one comparison, the demonstration, the doctor.

``command`` declares options and exit codes; every other module is one subcommand's work. Nothing
here imports Qt before a window is really wanted.
"""
