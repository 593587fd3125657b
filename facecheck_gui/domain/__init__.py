"""Values and laws of face comparison: standard library and numpy only.

Everything here is frozen. What a verdict is, and when a score becomes one, is decided in
``comparison.py`` and nowhere else; every error of the program is a class in ``errors.py``.
"""
