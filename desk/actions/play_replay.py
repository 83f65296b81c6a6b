"""A replay is played through the real actions, and nothing of it stays."""

from dataclasses import dataclass
from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from desk.replays.stage import ALLOWED, REFUSED, Stage, Step
from desk.replays.stories import STORIES


@dataclass(frozen=True)
class Played:
    """What came of a replay: of what it asks, and of every step."""

    name: str
    asks: str
    steps: tuple[Step, ...]

    @property
    def outcome(self) -> str:
        """Allowed where all that it asks was done."""
        return REFUSED if self.reasons else ALLOWED

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why what it asks was refused, each code and sentence once."""
        return list(dict.fromkeys(reason for step in self.steps if step.asked for reason in step.reasons))


def replay(name: str, *, by: Actor, now: datetime) -> Played:
    """Play it, take all of it back, and say what came of it.

    Raises:
        KeyError: there is no replay of this name.
        Forbidden: `by` may not seed.
        NotSo: it did not go as it is told.
    """
    try:
        play_replay(name=name, by=by, now=now)
    except _TakenBack as end:
        return end.played
    raise AssertionError("A replay takes back what it did.")


class _TakenBack(Exception):
    """Raised when the curtain falls: the transaction goes back with it."""

    def __init__(self, played: Played) -> None:
        super().__init__(played.name)
        self.played = played


@action
def play_replay(*, name: str, by: Actor, now: datetime) -> None:
    """Play it in one transaction, which is always taken back. Called by `replay`; raises what that does."""
    require(by, Permission.DEMONSTRATION_SEED)
    story = STORIES[name]
    stage = Stage(now)
    story(stage)
    raise _TakenBack(Played(name, story.__doc__ or "", tuple(stage.steps)))
