"""How good the picture of a face is, measure by measure, with the limits it is held to.

Everything is taken from pixels and five landmarks, of one face brought upright and to one size;
what those do not tell is reported as not measured, never as good. Formulas follow ISO/IEC 29794-5
as its open reference implementation OFIQ has them, where five landmarks suffice.
"""
