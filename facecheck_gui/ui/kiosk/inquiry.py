"""What the station's machine asks, answered from the records; on a lane."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from facecheck_gui.bookkeeping import visits
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.errors import RecordsError
from facecheck_gui.settings.schema import BadgeSettings

_MOST_FOUND, _FEWEST_TYPED = 4, 2


@dataclass(frozen=True, slots=True)
class Inquiry:
    """``right_code`` says whether staff's code is right; ``now`` has the zone of this place."""

    ledger: Callable[[], LateLedger]
    badges: BadgeSettings
    right_code: Callable[[str], bool]
    now: Callable[[], datetime]

    def answer(self, asked: k.LookUp | k.Search | k.JudgeCode) -> k.Event:
        """The event that answers. Records that cannot be read close the station."""
        try:
            if isinstance(asked, k.LookUp):
                return self._look_up(asked)
            if isinstance(asked, k.Search):
                return self._search(asked)
            return k.CodeJudged(asked.ticket, right=self.right_code(asked.code))
        except RecordsError:
            return k.BrokeDown()

    def _look_up(self, asked: k.LookUp) -> k.Event:
        known = visits.visitor(self.ledger(), asked.code, self.badges, self.now())
        return k.PersonKnown(asked.ticket, known) if known else k.PersonNotKnown(asked.ticket)

    def _search(self, asked: k.Search) -> k.Event:
        """Nobody for a single letter: the roster is not to be read off letter by letter."""
        long_enough = len(asked.text) >= _FEWEST_TYPED
        people = visits.people_called(self.ledger(), asked.text, _MOST_FOUND)
        return k.PeopleFound(asked.ticket, people if long_enough else ())
