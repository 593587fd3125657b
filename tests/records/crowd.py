"""Many check-ins at once, for tests and benches of the history: rows as the audit writes them but
for the seals, which nobody looks at there."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert

from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import check_ins, people, person_words, to_us

BEGAN = datetime(2021, 3, 1, tzinfo=UTC)
SURNAMES = ("Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu")
GIVEN = ("Wei", "Fang", "Na", "Min", "Jing", "Qiang", "Lei", "Yan", "Tao", "Xiuying", "Hua")
_VERDICTS = ("match", "non_match", "unsure", "not_checked", "attack_suspected")
_WEIGHTS = (9000, 500, 300, 195, 5)


def person_id(number: int) -> str:
    """The ``number``-th person's."""
    return f"P{number:06d}"


def name(number: int) -> str:
    """The ``number``-th person's; each is borne by several."""
    surname = SURNAMES[number % len(SURNAMES)]
    return f"{surname} {GIVEN[number // len(SURNAMES) % len(GIVEN)]} {number % 997}"


def rows(count: int, *, persons: int, every_us: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """So many attempts in the order of their beginning. The cloud was asked in the first tenth
    alone, training goes on now and then, one in 500 was left open, one in 20 knows no person."""
    chance = random.Random(seed)
    ended = 0
    for number in range(1, count + 1):
        began_us = to_us(BEGAN) + number * every_us + chance.randrange(every_us // 2 + 1)
        who = chance.randrange(persons) if chance.random() > 0.05 else None
        engine = "kuaidi100" if number <= count // 10 else "device"
        engine = "training" if chance.random() < 0.001 else engine
        row = {
            "attempt_id": f"{number:08x}-{seed:04x}-4000-8000-000000000000",
            "station_id": "station-1",
            "station_name": "Front desk",
            "number": number,
            "session": "run",
            "started_us": began_us,
            "operator": "Li",
            "person_id": person_id(who) if who is not None else "",
            "person_name": name(who) if who is not None else "",
            "engine": engine,
            "transport": "https" if engine == "kuaidi100" else "none",
            "threshold": 80.0,
            "unsure_band": 5.0,
            "liveness_asked": "none",
            "probe_kind": "live",
            "reference_kind": "idcard",
            "despite_quality": False,
            "consent_id": "",
            "intent_mac": bytes(32),
        }
        if chance.random() < 0.002:
            yield {**row, **dict.fromkeys(_ENDING), "state": "open"}
            continue
        ended += 1
        yield {**row, **_ending(chance, began_us, ended)}


_ENDING = ("ended_number", "ended_us", "verdict", "score", "liveness", "fault", "findings")
_ENDING += ("elapsed_ms", "ending_mac")


def _ending(chance: random.Random, began_us: int, ended: int) -> dict[str, Any]:
    verdict = chance.choices(_VERDICTS, _WEIGHTS)[0]
    compared = verdict in {"match", "non_match", "unsure"}
    lowest, highest = {"match": (80, 100), "unsure": (75, 79.99)}.get(verdict, (0, 74.99))
    return {
        "state": "ended",
        "ended_number": ended,
        "ended_us": began_us + 700_000,
        "verdict": verdict,
        "score": round(chance.uniform(lowest, highest), 2) if compared else None,
        "liveness": "not_checked",
        "fault": "" if compared else "no_face",
        "findings": '["several_faces:reference"]' if ended % 10 == 0 else "[]",
        "elapsed_ms": round(chance.uniform(200, 900), 2),
        "ending_mac": bytes(32),
    }


def roster(persons: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """People, and the words they are found by."""
    on_it, words = [], []
    for number in range(persons):
        on_it.append(
            {
                "pk": number + 1,
                "person_id": person_id(number),
                "name": name(number),
                "grouped": "",
                "notes": "",
                "added_us": 0,
                "changed_us": 0,
            }
        )
        found_by = {person_id(number).casefold(), *name(number).casefold().split()}
        words += [{"word": word, "person_pk": number + 1} for word in sorted(found_by)]
    return on_it, words


def fill(database: Database, count: int, *, persons: int, every_us: int) -> None:
    """A roster and its check-ins, through SQLAlchemy: for thousands of them."""
    on_it, words = roster(persons)
    with database.writing() as connection:
        connection.execute(insert(people), on_it)
        connection.execute(insert(person_words), words)
        made = rows(count, persons=persons, every_us=every_us)
        while batch := list(islice(made, 5000)):
            connection.execute(insert(check_ins), batch)
