"""Where frames come from: a device, a stream, a video file or the demonstration.

``CaptureLoop`` alone opens, reads and releases a source, on whichever thread runs it;
``CameraHealth`` judges from what is seen, and from what is not, how the camera does. A frame is
turned to RGB at its source and never mirrored; only a ``Preview`` is. OpenCV, no Qt.
"""
