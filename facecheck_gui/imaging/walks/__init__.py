"""One walk for each picture format that is let in, in plain Python over the bytes.

A walk checks that every length lies within the file, says what the bytes claim to be, and gives
back the part of the file that a decoder needs: notes, previews, further pictures and whatever else
cameras and editors write are left out, so that no parser outside this folder ever sees them. A walk
also refuses what is legal and harmless in itself but costs a decoder minutes.
"""
