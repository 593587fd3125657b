"""What the product does, without Qt: loading a reference, one verification, one attempt.

Collaborators (comparer, clock, face finder, downloader) are passed in; ``wiring`` chooses them.
Nothing here knows a window, a thread or a word for people.
"""
