"""The check-in station's window: one question a page, understood from two metres away.

Pages lay out and report; which one is shown, and what happens next, is decided by
``flows.kiosk``. Knows nothing of the staff window; what both need lies in ``ui.widgets``.
"""
