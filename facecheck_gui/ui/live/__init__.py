"""What stands behind a live picture, whichever window shows it: guidance that is said over it, the
sign of life, badges held up, and checks with a witness from the camera.

Knows views of ``ui.widgets`` and workers; no window.
"""
