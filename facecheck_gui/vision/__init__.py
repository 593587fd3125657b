"""What a picture shows: its faces, their landmarks, and the 128 numbers that tell people apart.

dlib finds faces and landmarks; its recognition network runs as an ONNX graph in OpenCV, ten times
as fast. Both come with the installation: nothing is downloaded. Pixels come in as RGB; nothing
here decides who is whom. dlib, OpenCV and onnx are imported where they are first needed.
"""
