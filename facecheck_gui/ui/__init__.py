"""Everything that is a window: the only widgets of the program.

``theme`` and ``icons`` give the look, ``widgets/`` the parts of windows, ``staff/``
the staff window. Widgets show values and report what people did; they decide nothing.
"""
