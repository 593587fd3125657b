"""``python -m facecheck_gui`` is the ``facecheck`` command."""

from facecheck_gui.cli.command import main

if __name__ == "__main__":
    main()
