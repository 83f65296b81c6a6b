"""What is new information about a person: of which referrals FIMU has to be asked again."""

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import POLICE_KINDS
from audit.events import Event
from audit.models import EventRecord
from people.clearance import suspends_clearance
from people.keeping import NOBODY
from people.models import Match
from people.states import MatchState
from referrals.models import Referral
from referrals.together import together_with
from triage.models import Deconfliction
from triage.states import DeconflictionState as State


def referrals_told_more_of(event: EventRecord) -> list[UUID]:
    """The referrals about whose persons an event tells something new, ids ascending.

    Of a match both persons, when it was confirmed and is so still, and when that was undone. Only of what FIMU was
    asked about: whatever was not comes to its agencies later, with all that is known then.
    """
    asked = Referral.objects.filter(pk__in=Deconfliction.objects.values("referral"))
    return list(asked.filter(_concerned(event)).order_by("pk").values_list("pk", flat=True))


def _concerned(event: EventRecord) -> Q:
    match event.kind:
        case Event.REFERRALS_JOINED | Event.JOIN_UNDONE:
            return Q(pk__in=[event.ids["earlier"], event.ids["later"]])
        case Event.MATCH_DECIDED:
            confirmed = Match.objects.filter(pk=event.object_id, state=MatchState.CONFIRMED)
            return Q(person__in=confirmed.values("one")) | Q(person__in=confirmed.values("other"))
        case Event.MATCH_UNDONE:
            return Q(person__in=[event.subject, event.ids["other"]])
        case Event.RESTRICTION_RELEASED:
            return Q(pk=event.object_id)
        case Event.OFFER_ACCEPTED:
            here = {"pk": event.ids["referral"], "dispatches": event.ids["dispatch"]}
            return Q(**here, dispatches__agency__kind__in=POLICE_KINDS)
        case _:
            return Q(person=event.subject)


# The handlers that ask FIMU again, by their names in the duties of events.
ASKS_AGAIN = "triage.handlers.deconflict_again"
ASKS_ELSEWHERE = "triage.handlers.deconflict_where_it_went"
ASKS_AFTER_RELEASE = "triage.handlers.deconflict_after_release"
# Told of referrals, not of a person.
_OF_REFERRALS = (Event.JOIN_UNDONE, Event.OFFER_ACCEPTED, Event.REFERRALS_JOINED, Event.RESTRICTION_RELEASED)


@suspends_clearance
def held_with_others(among: Collection[UUID]) -> set[UUID]:
    """Those among the persons who are not to be contacted because of somebody who would be contacted with them.

    Somebody on the record or in a referral that is joined is not cleared; or something new is known of anybody there.
    Three queries, whoever they are.
    """
    together = together_with(among, on=timezone.localdate())
    overtaken = overtaken_by_news({person for each in together.values() for person in each})
    return {
        person
        for person, each in together.items()
        if overtaken & each.keys() or not all(stands for other, stands in each.items() if other != person)
    }


def overtaken_by_news(among: Collection[UUID]) -> set[UUID]:
    """Those among the persons of whom something has happened about which the worker has not asked FIMU yet.

    Whatever FIMU has answered: nobody may be contacted on it meanwhile. Two queries, whoever they are.
    """
    asks = Q(handlings__done=None, handlings__handler__in=[ASKS_AGAIN, ASKS_ELSEWHERE, ASKS_AFTER_RELEASE])
    waiting = list(EventRecord.objects.filter(asks, _about(among, []) | Q(kind__in=_OF_REFERRALS)))
    concerned = reduce(or_, map(_concerned, waiting), Q(pk=NOBODY))
    asked = Referral.objects.filter(person__in=among, pk__in=Deconfliction.objects.values("referral"))
    return set(asked.filter(concerned).values_list("person", flat=True))


def is_overtaken_by_news(referral: Referral) -> bool:
    """Whether something is known of which FIMU has not said what it means, of whoever is contacted with the person.

    The worker has not asked yet; or FIMU is asked about another referral of theirs.
    """
    persons = together_with([referral.person_id], on=timezone.localdate())[referral.person_id].keys()
    waiting = Deconfliction.objects.filter(person__in=persons, referral__person=F("person"), state=State.OPEN)
    return bool(overtaken_by_news(persons)) or waiting.exclude(referral=referral).exists()


# Of what kind it is; what it says is asked of those who work the referral.
NEWS: dict[str, str | Promise] = {
    Event.ADDRESS_WRITTEN: _("An address was written down."),
    Event.DOCUMENT_ADDED: _("A document was added."),
    Event.JOIN_UNDONE: _("Another referral is not joined with it any more."),
    Event.MATCH_DECIDED: _("Officers said whether somebody else is the same person."),
    Event.MATCH_UNDONE: _("Somebody else is not said to be the same person any more."),
    Event.PERSON_NAMED: _("Another name was written down, or struck out."),
    Event.QUESTION_ANSWERED: _("The referrer answered a question."),
    Event.REFERRALS_JOINED: _("Another referral was joined with it."),
    Event.REFERRER_ADDED: _("The referrer added something."),
    Event.REQUEST_ANSWERED: _("Another agency answered a request for information."),
    Event.WHEREABOUTS_WRITTEN: _("Where the person is was written down."),
}


def news_about(deconfliction: Deconfliction) -> list[tuple[str | Promise, datetime]]:
    """What is new about its person since FIMU answered last, newest first. Two queries."""
    answers = Deconfliction.objects.filter(person=deconfliction.person_id).exclude(pk=deconfliction.pk)
    last = answers.filter(answered_at__isnull=False).aggregate(at=Max("answered_at"))["at"]
    events = EventRecord.objects.filter(_about([deconfliction.person_id], [deconfliction.referral_id]), kind__in=NEWS)
    since = events.filter(happened__gt=last) if last else events
    return [(NEWS[event.kind], event.happened) for event in since.order_by("-happened", "-pk")]


def _about(persons: Collection[UUID], referrals: Collection[UUID]) -> Q:
    others, earlier = [str(pk) for pk in persons], [str(pk) for pk in referrals]
    return Q(subject__in=persons) | Q(ids__other__in=others) | Q(ids__earlier__in=earlier)
