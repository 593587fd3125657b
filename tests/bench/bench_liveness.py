"""How many flat pictures pass for living people, and how many living people do not.

APCER: of flat attacks, the share that passed. BPCER: of living people, the share that did not. Both
at NORMAL (or ``--level``), on synthetic scenes: a portrait on planes and bent sheets, and over
head-shaped depths, with grain, wavering light and landmarks, at 10 to 30 frames a second.
"""

import argparse
import collections
import functools
import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from facecheck_gui.domain.face import Pose
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.domain.observation import Observation
from facecheck_gui.opencv import cv2
from facecheck_gui.vision.liveness.session import LivenessSession
from tests.vision.acts import Act, Clock, Flat, Person, Replay, frames
from tests.vision.stage import Anatomy, Sheet

LIVING = "living"
REPLAYED = "replayed video of a left turn"
Job = tuple[str, int, str]
# Every act is over by then; the rest is waiting for the time to run out.
_OVER_S = {"low": 4.0, "normal": 5.0, "high": 9.0}


def person(chance: random.Random, seed: int) -> Act:
    """Somebody, anyhow."""
    distance_cm = chance.uniform(38, 75)
    anatomy = Anatomy(
        nose=chance.uniform(1.5, 3.0),
        nose_width=chance.uniform(1.2, 1.8),
        depth=chance.uniform(7.5, 10.0),
        roundness=chance.uniform(2.1, 2.6),
        sockets=chance.uniform(0.4, 0.9),
        chin=chance.uniform(0.2, 1.0),
    )
    return Person(
        name=chance.choice(("collins", "hopper")),
        anatomy=anatomy,
        distance_cm=distance_cm,
        at=Pose(chance.uniform(-5, 5), chance.uniform(-6, 6), chance.uniform(-4, 4)),
        turn_deg=chance.uniform(19, 30),
        nod_deg=chance.uniform(-5, 5),
        closer_cm=chance.uniform(0.27, 0.38) * distance_cm,
        takes_s=chance.uniform(0.8, 2.5),
        waits_s=chance.uniform(0.3, 0.9),
        seed=seed,
    ).act()


def _held(chance: random.Random, seed: int) -> Flat:
    """A sheet of any size, held anyhow."""
    scale = chance.choice((1.0, 1.0, 0.4, 0.6))
    half = chance.uniform(9, 15)
    return Flat(
        name=chance.choice(("collins", "hopper")),
        sheet=Sheet(half_width=half, above=half + 1, below=half + 3, scale=scale),
        distance_cm=scale * chance.uniform(38, 75),
        at=Pose(chance.uniform(-8, 8), chance.uniform(-8, 8), chance.uniform(-4, 4)),
        takes_s=chance.uniform(0.8, 2.5),
        waits_s=chance.uniform(0.3, 0.9),
        seed=seed,
    )


def _replayed(chance: random.Random, seed: int) -> Act:
    return Replay(Person(chance.choice(("collins", "hopper")), turn_deg=24), seed=seed).act()


def _attack(kind: str) -> Callable[[random.Random, int], Act]:
    return functools.partial(attack, kind)


def attack(kind: str, chance: random.Random, seed: int) -> Act:
    """One attack of a kind, anyhow."""
    held = _held(chance, seed)
    angle = chance.uniform(15, 55)
    side = chance.choice((-1, 1))
    bent = replace(
        held.sheet,
        radius=chance.choice((-1, 1, 1)) * held.sheet.scale * chance.uniform(8, 30),
        axis_deg=chance.choice((90.0, 0.0, chance.uniform(0, 180))),
    )
    oblique = replace(
        held, yaw_deg=angle, pitch_deg=chance.uniform(0.6, 1.2) * angle, both_ways=True
    )
    acts = {
        "still": replace(held, wavers=chance.choice((0.0, 1.0))),
        "tilted": replace(held, yaw_deg=side * angle),
        "nodded": replace(held, pitch_deg=side * angle),
        "oblique": oblique,
        "leaned": replace(oblique, roll_deg=chance.uniform(-15, 15)),
        "bent, turned": replace(held, sheet=bent, yaw_deg=side * angle),
        "bent, oblique": replace(oblique, sheet=bent),
        "bending": replace(
            oblique,
            yaw_deg=0.6 * angle,
            bends_to=held.sheet.scale * chance.uniform(8, 20),
            sheet=replace(held.sheet, axis_deg=chance.uniform(0, 180)),
        ),
        "slid": replace(held, slide_cm=chance.uniform(3, 8) * held.sheet.scale),
        "nearer": replace(held, closer_cm=0.3 * held.distance_cm, yaw_deg=side * angle / 2),
    }
    return acts[kind].act()


ATTACKS = (
    "still",
    "tilted",
    "nodded",
    "oblique",
    "leaned",
    "bent, turned",
    "bent, oblique",
    "bending",
    "slid",
    "nearer",
)


def run(job: Job) -> tuple[str, str, float]:
    """One check: its kind, how it ended, and the median cost of a frame in ms."""
    kind, seed, level = job
    cv2.setNumThreads(1)
    chance = random.Random(seed)
    act = {LIVING: person, REPLAYED: _replayed}.get(kind, _attack(kind))(chance, seed)
    clock, costs = Clock(), []
    session = LivenessSession(LivenessLevel(level), clock=clock, chance=random.Random(~seed))
    rate, noise = chance.uniform(10, 30), chance.uniform(1.5, 5.0)
    shots = frames(act, session, clock, rate=rate, seed=seed, noise=noise, over_s=_OVER_S[level])
    for shot, frame in shots:
        began_s = time.perf_counter()
        session.see(Observation(frame, (shot.face,), shot.pose))
        costs.append((time.perf_counter() - began_s) * 1000)
    report = session.report
    assert report is not None
    signs = " ".join(sign.value for sign in report.signs) or report.result.value
    passed = report.result is LivenessResult.PASSED
    return kind, "passed" if passed else signs, statistics.median(costs)


def main() -> None:
    """Print both rates with their n, then how each kind ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=600, help="of each, living and flat")
    parser.add_argument("--level", default="normal")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    first = asked.seed * 1_000_000
    jobs: list[Job] = [(LIVING, first + i, asked.level) for i in range(asked.n)]
    jobs += [(ATTACKS[i % len(ATTACKS)], first + 500_000 + i, asked.level) for i in range(asked.n)]
    # A head on a screen turns as a head does: geometry cannot refuse it, so it is told apart.
    jobs += [(REPLAYED, first + 900_000 + i, asked.level) for i in range(max(1, asked.n // 20))]
    with multiprocessing.Pool() as pool:
        ended = pool.map(run, jobs, chunksize=8)
    tally: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for kind, how, _ in ended:
        tally[kind][how] += 1
    refused = asked.n - tally[LIVING]["passed"]
    let_in = sum(tally[kind]["passed"] for kind in ATTACKS)
    cost = statistics.median(ms for _, _, ms in ended)
    print(
        f"liveness {asked.level}: APCER {100 * let_in / asked.n:.1f} % of {asked.n} flat attacks, "
        f"BPCER {100 * refused / asked.n:.1f} % of {asked.n} living, {cost:.1f} ms a frame"
    )
    for kind, counter in tally.items():
        print(f"  {kind}: " + ", ".join(f"{how} {n}" for how, n in counter.most_common()))


if __name__ == "__main__":
    main()
