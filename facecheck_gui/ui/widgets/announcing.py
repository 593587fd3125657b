"""Saying aloud, through whatever screen reader runs, what has changed without a key being hit."""

from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have ``text`` spoken when the reader has finished its sentence; silent where none runs."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(event_for(widget, text))


def event_for(widget: QWidget, text: str) -> QAccessibleEvent:
    """The event that carries ``text``; where Qt has none, one that has the widget read again."""
    made = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if made is None:
        return QAccessibleEvent(widget, QAccessible.Event.Alert)
    event: QtGui.QAccessibleAnnouncementEvent = made(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    return event
