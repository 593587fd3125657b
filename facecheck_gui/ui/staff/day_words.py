"""A day at a glance in words, and its two pictures as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from facecheck_gui import messages
from facecheck_gui.domain.comparison import EngineName, Threshold, Verdict
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.records.history import DayAtAGlance
from facecheck_gui.ui.widgets.charts import Bars, Turn

_TOP_SCORE = 100.0
_TICK_POINTS, _TICK_HOURS = 20, 3


@dataclass(frozen=True, slots=True)
class Scale:
    """The engine that is in use, and where its threshold stands."""

    engine: EngineName
    threshold: Threshold


@dataclass(frozen=True, slots=True)
class Day:
    """One day here, and what was counted on it."""

    day: date
    glance: DayAtAGlance
    scale: Scale

    @property
    def total(self) -> int:
        """All attempts that began."""
        return sum(self.glance.by_hour)


def score_bars(day: Day, words: Words) -> Bars:
    """How many had which score, with the threshold."""
    counts, threshold = day.glance.scores, day.scale.threshold
    ticks = tuple((float(s), str(s)) for s in range(0, int(_TOP_SCORE) + 1, _TICK_POINTS))
    turn = Turn(threshold.score, threshold.unsure_from, _turn_label(day, words))
    return Bars(counts, 0.0, _TOP_SCORE / max(len(counts), 1), ticks, turn)


def hour_bars(day: Day, days: LocalDays) -> Bars:
    """How many began in which hour, as the clock on the wall showed it."""
    hours = _hours(day, days)
    ticks = [(float(i), f"{h:02d}") for i, h in enumerate(hours) if h % _TICK_HOURS == 0]
    return Bars(day.glance.by_hour, 0.0, 1.0, (*ticks, (float(len(hours)), "24")))


def score_summary(day: Day, words: Words) -> str:
    """The histogram in a sentence."""
    counts = day.glance.scores
    if not sum(counts):
        return words.text("history.scores_none")
    low, high = _score_range(counts, counts.index(max(counts)))
    return words.text("history.scores_summary", count=f"{sum(counts):,}", low=low, high=high)


def hour_summary(day: Day, days: LocalDays, words: Words) -> str:
    """The hours in a sentence."""
    counts = day.glance.by_hour
    busiest = counts.index(max(counts))
    begins = _hours(day, days)[busiest]
    return words.text(
        "history.hours_summary",
        begins=f"{begins:02d}:00",
        ends=f"{begins + 1:02d}:00",
        count=f"{counts[busiest]:,}",
    )


def score_lines(day: Day, words: Words) -> list[str]:
    """The histogram in words, the empty bars left out."""
    counts = day.glance.scores
    lines = [
        words.text("history.scores_line", low=low, high=high, count=f"{count:,}")
        for index, count in enumerate(counts)
        if count
        for low, high in (_score_range(counts, index),)
    ]
    return [_turn_label(day, words), *lines]


def hour_lines(day: Day, days: LocalDays) -> list[str]:
    """The hours in words, the empty ones left out."""
    pairs = zip(_hours(day, days), day.glance.by_hour, strict=True)
    return [f"{hour:02d}:00 – {hour + 1:02d}:00: {count:,}" for hour, count in pairs if count]


def as_text(day: Day, days: LocalDays, words: Words) -> str:
    """All of it, for the clipboard."""
    counts = day.glance.by_verdict
    verdicts = [
        f"{messages.verdict_word(verdict, words)}: {counts.get(verdict, 0):,}"
        for verdict in Verdict
    ]
    blocks = (
        [f"{day.day:%Y-%m-%d}", words.text("history.total", count=f"{day.total:,}"), *verdicts],
        [words.text("history.scores_title"), *score_lines(day, words)],
        [words.text("history.hours_title"), *hour_lines(day, days)],
    )
    return "\n\n".join("\n".join(block) for block in blocks)


def _turn_label(day: Day, words: Words) -> str:
    return words.text(
        "history.turn",
        threshold=f"{day.scale.threshold.score:g}",
        engine=words.text(f"engine_phrase.{day.scale.engine.value}"),
    )


def _score_range(counts: Sequence[int], index: int) -> tuple[str, str]:
    points = _TOP_SCORE / len(counts)
    return f"{index * points:g}", f"{(index + 1) * points:g}"


def _hours(day: Day, days: LocalDays) -> list[int]:
    start, _ = days.day(day.day)
    return [
        days.local(start + timedelta(hours=index)).hour for index in range(len(day.glance.by_hour))
    ]
