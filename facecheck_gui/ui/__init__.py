"""Everything that is a window: the only widgets of the program.

``theme`` and ``icons`` give the look, ``widgets/`` the parts that staff and kiosk share, ``staff/``
the staff window. Widgets show values and report what people did; they decide nothing.
"""
