"""The staff window: live camera, reference, verdict, settings, details.

``window`` lays the parts out and nothing more; ``desk`` connects them with workers and flows; each
panel or dialog is one module.
"""
