"""FaceCheck: is the person in front of the camera the one on the photo?"""

__version__ = "0.1.0"
