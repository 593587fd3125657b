"""Settings and flows -> records: the one door through which the program remembers.

What the records need takes 0.2 s to load, so it comes with the first row that is written or read,
on the thread that asks. Everything here may be slow and raises RecordsError; words for people are
made elsewhere.
"""
