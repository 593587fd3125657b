"""Asks where a file is to be written."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(window: QWidget, name: str, kinds: str) -> Path | None:
    """The system's own dialog; None when it was left. It gives the name its ending itself: a file
    that is there must be asked about under the name it has."""
    dialog = QFileDialog(window, window.windowTitle(), "", kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.selectFile(name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
