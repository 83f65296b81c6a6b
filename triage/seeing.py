"""Who sees which part of a deconfliction in which phase: the whole rule, pure, as a table (docs/triage.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Viewer(TextChoices):
    """How somebody stands to a referral."""

    POLICE = "police", _("The police agency that has it, FIMU and officers")
    AUTHORITY = "authority", _("The local authority that has it")
    OTHERS = "others", _("Anybody else, whoever opened it to them")


class Phase(TextChoices):
    """Where a deconfliction stands. What came before the latest is past."""

    WAITING = "waiting", _("Waiting for an answer")
    CLEARED = "cleared", _("Answered: contact is cleared")
    HELD = "held", _("Answered: contact is not cleared")
    PAST = "past", _("Answered, and asked again since")
    OVERTAKEN = "overtaken", _("Overtaken before it was answered")


class Part(TextChoices):
    """What there is to see."""

    STATE = "state", _("State")
    CAUSE = "cause", _("Why it was asked")
    INSTRUCTION = "instruction", _("Handling instruction")
    REVIEW = "review", _("Review date")
    ANSWERED_BY = "answered_by", _("Who answered, and when")
    OUTCOME = "outcome", _("Which of the four answers")


_NOTHING: frozenset[Part] = frozenset()
_ASKED = frozenset({Part.STATE, Part.CAUSE})
_WHOLE = frozenset(Part)
_TO_HEED = frozenset({Part.STATE, Part.INSTRUCTION})

# To hold contact and to refer to the investigation team are one state to the authority: the second tells of one. The
# police assess the referral, and say how they weighed the answer.
SEEN: dict[Viewer, dict[Phase, frozenset[Part]]] = {
    Viewer.POLICE: {
        Phase.WAITING: _ASKED,
        Phase.CLEARED: _WHOLE,
        Phase.HELD: _WHOLE,
        Phase.PAST: _WHOLE,
        Phase.OVERTAKEN: _ASKED,
    },
    Viewer.AUTHORITY: {
        Phase.WAITING: frozenset({Part.STATE}),
        Phase.CLEARED: _TO_HEED,
        Phase.HELD: _TO_HEED,
        Phase.PAST: _NOTHING,
        Phase.OVERTAKEN: _NOTHING,
    },
    Viewer.OTHERS: dict.fromkeys(Phase, _NOTHING),
}


def parts_seen(viewer: Viewer, phase: Phase) -> frozenset[Part]:
    """What somebody who stands so to a referral sees of a deconfliction in this phase."""
    return SEEN[viewer][phase]
