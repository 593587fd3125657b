"""Alembic's folder: one file in ``versions`` for each form that the database has had."""
