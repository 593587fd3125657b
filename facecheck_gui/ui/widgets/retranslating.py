"""Asking for words again when the language changes."""

from PySide6.QtCore import QEvent


class Retranslating:
    """Mixin for widgets with words: Qt tells every widget of a change of language, and
    ``_retranslate`` then sets all of them again. Put it before the widget's own class."""

    def changeEvent(self, event: QEvent) -> None:
        """Qt's own hook."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)  # type: ignore[misc]

    def _retranslate(self) -> None:
        raise NotImplementedError
