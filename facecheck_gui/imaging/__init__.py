"""Bytes from outside become safe pixels here, and pixels become a payload within the limits.

``header`` judges the bytes before any decoder sees them (``walks`` knows the four formats),
``decode`` turns them into a ``Picture``, ``colour`` brings their colours to sRGB, ``files`` reads
them from the disk, ``label`` makes names fit to be shown, ``encode`` makes the clean JPEG that is
sent, ``crop`` cuts. The only user of Pillow; cv2 never sees a byte from outside.
"""
