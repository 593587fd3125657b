"""Who answers "how alike are these two?".

``base.py`` is the contract; each engine is one module. A comparer gives a score on its own scale
and never a verdict: deciding is the law in ``domain/comparison.py``.
"""
