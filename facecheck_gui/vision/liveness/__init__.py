"""Whether a living person is in front of the camera, told by how things move.

A challenge is passed by geometry: points all over the face are followed from the frame in which it
was asked, what a plane or a bent sheet could do is taken off their motion, and what is left over at
the nose must be what a nose would do. Everything here is pure: clock, chance and embeddings are
passed in, and no session keeps more than one grey chip of a face.

This tells a head from a flat picture. It does not tell a head from a mask, and not from a video of
a turning head that is answered in time; it is no certified detection of presentation attacks.
"""
