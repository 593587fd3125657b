"""Alembic's entry: runs in the transaction of whoever asked for it."""

from alembic import context

from facecheck_gui.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
)
context.run_migrations()
