"""Widgets that know no window.

Each shows values and reports what people did; words come from ``Words`` and are asked for again
when the language changes, colours from ``Look`` and are asked for again when the theme does. Text
is plain text everywhere.
"""
