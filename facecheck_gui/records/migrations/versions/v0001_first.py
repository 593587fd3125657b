"""The first form: people, their photos, check-ins with their chains, consents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make all tables."""
    _people()
    _person_words()
    _photos()
    _check_ins()
    _chain_heads()
    _consents()
    _notes()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("pk", COUNTED, nullable=False),
        sa.Column("person_id", WORD, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("grouped", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("added_us", sa.BigInteger(), nullable=False),
        sa.Column("changed_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name="pk_people"),
        sa.UniqueConstraint("person_id", name="uq_people_person_id"),
    )


def _person_words() -> None:
    op.create_table(
        "person_words",
        sa.Column("word", WORD, nullable=False),
        sa.Column("person_pk", COUNTED, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_pk"], ["people.pk"], name="fk_person_words_person_pk", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word", "person_pk", name="pk_person_words"),
    )
    op.create_index("ix_person_words_person_pk", "person_words", ["person_pk", "word"])


def _photos() -> None:
    op.create_table(
        "photos",
        sa.Column("pk", COUNTED, nullable=False),
        sa.Column("person_pk", COUNTED, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=True),
        sa.Column("face_type", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("embedding", sa.LargeBinary(), nullable=True),
        sa.Column("embedded_by", sa.String(), nullable=False),
        sa.Column("added_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_pk"], ["people.pk"], name="fk_photos_person_pk", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pk", name="pk_photos"),
    )
    op.create_index("ix_photos_added_us", "photos", ["purpose", "added_us"])
    op.create_index("ix_photos_person_pk", "photos", ["person_pk", "purpose"])


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("pk", COUNTED, nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("station_name", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("started_us", sa.BigInteger(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("person_id", WORD, nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("transport", sa.String(), nullable=False),
        sa.Column("threshold", sa.Float(precision=53), nullable=False),
        sa.Column("unsure_band", sa.Float(precision=53), nullable=False),
        sa.Column("liveness_asked", sa.String(), nullable=False),
        sa.Column("probe_kind", sa.String(), nullable=False),
        sa.Column("reference_kind", sa.String(), nullable=False),
        sa.Column("despite_quality", sa.Boolean(), nullable=False),
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("intent_mac", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_number", sa.BigInteger(), nullable=True),
        sa.Column("ended_us", sa.BigInteger(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("score", sa.Float(precision=53), nullable=True),
        sa.Column("liveness", sa.String(), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("findings", sa.String(), nullable=True),
        sa.Column("elapsed_ms", sa.Float(precision=53), nullable=True),
        sa.Column("ending_mac", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("pk", name="pk_check_ins"),
        sa.UniqueConstraint("attempt_id", name="uq_check_ins_attempt_id"),
        sa.UniqueConstraint(
            "station_id", "ended_number", name="uq_check_ins_station_id_ended_number"
        ),
        sa.UniqueConstraint("station_id", "number", name="uq_check_ins_station_id_number"),
    )
    op.create_index("ix_check_ins_engine", "check_ins", ["engine", "started_us", "pk"])
    op.create_index("ix_check_ins_open", "check_ins", ["station_id", "state"])
    op.create_index("ix_check_ins_person_id", "check_ins", ["person_id", "started_us", "pk"])
    op.create_index("ix_check_ins_started_us", "check_ins", ["started_us", "pk"])
    op.create_index("ix_check_ins_verdict", "check_ins", ["verdict", "started_us", "pk"])
    pair = ["verdict", "engine", "started_us", "pk"]
    op.create_index("ix_check_ins_verdict_engine", "check_ins", pair)


def _chain_heads() -> None:
    op.create_table(
        "chain_heads",
        sa.Column("station_id", sa.String(), nullable=False),
        sa.Column("intents", sa.BigInteger(), nullable=False),
        sa.Column("intent_mac", sa.LargeBinary(), nullable=False),
        sa.Column("endings", sa.BigInteger(), nullable=False),
        sa.Column("ending_mac", sa.LargeBinary(), nullable=False),
        sa.Column("purged_intents", sa.BigInteger(), nullable=False),
        sa.Column("purged_intent_mac", sa.LargeBinary(), nullable=False),
        sa.Column("purged_endings", sa.BigInteger(), nullable=False),
        sa.Column("purged_ending_mac", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("station_id", name="pk_chain_heads"),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("consent_id", sa.String(), nullable=False),
        sa.Column("person_id", WORD, nullable=False),
        sa.Column("purposes", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("given_us", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("consent_id", name="pk_consents"),
    )
    op.create_index("ix_consents_person_id", "consents", ["person_id", "given_us"])


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notes"),
    )
