"""Whether this machine can do what the program wants of it, and what is missing where it cannot.

``examination.examine`` runs every check-up and returns plain values: for the command line, for a
details page, for JSON. No check-up changes anything, spends a cloud call or raises. Words for
people are made elsewhere, under the keys that ``checkup.word_keys`` lists. Qt is only ever started
in a child process.
"""
