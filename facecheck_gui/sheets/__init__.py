"""Lists and photos that people bring along or take away: CSV and XLSX read as rows of text and
written from rows of anything, folders and ZIP archives as photos by their names.

What comes in is from outside: sizes are capped before anything is unpacked, nothing is written to
the disk, and names inside an archive are names, never paths. What goes out appears whole or not at
all, and a cell that begins like a formula is never one. Floor 1: knows the domain alone.
"""
