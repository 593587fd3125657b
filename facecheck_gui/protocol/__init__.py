"""The dialect of kuaidi100's face comparison, both directions, pure.

``fields`` turns a call into form bytes and back, ``signature`` signs it, ``reply`` writes and reads
answers strictly, ``catalogue`` knows every error code. The vendor's words (source, compare,
FACE_TOKEN, LiveControl) live here and nowhere else: source is our probe, compare our reference.
"""
