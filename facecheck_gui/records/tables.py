"""The tables, once, for both kinds of database. Times are microseconds since 1970, UTC.

A change here needs a migration in ``migrations/versions``; a test holds the two together.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)

# SQLite counts by itself only in a column that is called INTEGER.
COUNTED = BigInteger().with_variant(Integer(), "sqlite")
# Compared byte by byte, so that a prefix is a range of the index.
WORD = String().with_variant(String(collation="C"), "postgresql")

people = Table(
    "people",
    metadata,
    Column("pk", COUNTED, primary_key=True),
    Column("person_id", WORD, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("grouped", String, nullable=False, default=""),
    Column("notes", String, nullable=False, default=""),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("added_us", BigInteger, nullable=False),
    Column("changed_us", BigInteger, nullable=False),
)

person_words = Table(
    "person_words",
    metadata,
    Column("word", WORD, primary_key=True),
    Column(
        "person_pk",
        COUNTED,
        ForeignKey("people.pk", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Index("ix_person_words_person_pk", "person_pk", "word"),
)
"""What a person is found by; see ``search_words``."""

photos = Table(
    "photos",
    metadata,
    Column("pk", COUNTED, primary_key=True),
    Column("person_pk", COUNTED, ForeignKey("people.pk", ondelete="CASCADE"), nullable=False),
    Column("purpose", String, nullable=False),
    Column("attempt_id", String),
    Column("face_type", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("embedding", LargeBinary),
    Column("embedded_by", String, nullable=False, default=""),
    Column("added_us", BigInteger, nullable=False),
    Index("ix_photos_person_pk", "person_pk", "purpose"),
    Index("ix_photos_added_us", "purpose", "added_us"),
)
"""Pictures and embeddings, sealed with the person's own key; see ``vault``."""

check_ins = Table(
    "check_ins",
    metadata,
    Column("pk", COUNTED, primary_key=True),
    Column("attempt_id", String, nullable=False, unique=True),
    Column("station_id", String, nullable=False),
    Column("station_name", String, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("session", String, nullable=False),
    Column("started_us", BigInteger, nullable=False),
    Column("operator", String, nullable=False),
    Column("person_id", WORD, nullable=False, default=""),
    Column("person_name", String, nullable=False, default=""),
    Column("engine", String, nullable=False),
    Column("transport", String, nullable=False),
    Column("threshold", Float(53), nullable=False),
    Column("unsure_band", Float(53), nullable=False),
    Column("liveness_asked", String, nullable=False),
    Column("probe_kind", String, nullable=False),
    Column("reference_kind", String, nullable=False),
    Column("despite_quality", Boolean, nullable=False),
    Column("consent_id", String, nullable=False, default=""),
    Column("intent_mac", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("ended_number", BigInteger),
    Column("ended_us", BigInteger),
    Column("verdict", String),
    Column("score", Float(53)),
    Column("liveness", String),
    Column("fault", String),
    Column("findings", String),
    Column("elapsed_ms", Float(53)),
    Column("ending_mac", LargeBinary),
    UniqueConstraint("station_id", "number"),
    UniqueConstraint("station_id", "ended_number"),
    Index("ix_check_ins_started_us", "started_us", "pk"),
    Index("ix_check_ins_person_id", "person_id", "started_us", "pk"),
    Index("ix_check_ins_verdict", "verdict", "started_us", "pk"),
    Index("ix_check_ins_engine", "engine", "started_us", "pk"),
    # Without it a verdict that is frequent on an engine that is rare goes through millions.
    Index("ix_check_ins_verdict_engine", "verdict", "engine", "started_us", "pk"),
    Index("ix_check_ins_open", "station_id", "state"),
)
"""One row for each attempt; see ``audit`` for the two chains that run through them."""

chain_heads = Table(
    "chain_heads",
    metadata,
    Column("station_id", String, primary_key=True),
    Column("intents", BigInteger, nullable=False),
    Column("intent_mac", LargeBinary, nullable=False),
    Column("endings", BigInteger, nullable=False),
    Column("ending_mac", LargeBinary, nullable=False),
    Column("purged_intents", BigInteger, nullable=False, default=0),
    Column("purged_intent_mac", LargeBinary, nullable=False),
    Column("purged_endings", BigInteger, nullable=False, default=0),
    Column("purged_ending_mac", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)
"""Where each station's chains begin and end."""

consents = Table(
    "consents",
    metadata,
    Column("consent_id", String, primary_key=True),
    Column("person_id", WORD, nullable=False),
    Column("purposes", String, nullable=False),
    Column("text_version", String, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("language", String, nullable=False),
    Column("given_us", BigInteger, nullable=False),
    Column("withdrawn_us", BigInteger),
    Index("ix_consents_person_id", "person_id", "given_us"),
)

notes = Table(
    "notes",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""Small things to remember, such as when was purged last."""


def to_us(moment: datetime) -> int:
    """Microseconds since 1970, UTC. ``moment`` must know its zone."""
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return since // timedelta(microseconds=1)


def from_us(microseconds: int) -> datetime:
    """The moment, in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
