"""Questions to referrers, as officers and as the referrer may see them."""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from agencies.models import RESTRICTED_KINDS, User
from agencies.permissions import Permission
from agencies.restricted import works_at_restricted_desk
from people.clearance import cleared_among
from referrals.models import Message, Question, Referral, Succession
from referrals.models.question import SHOWN
from referrals.responsible import assigned_still, of_agencies_with, worked_still
from referrals.selectors import dispatches_of
from referrals.states import QuestionState

# How many held questions one home page looks through.
MOST = 200


def questions_to_referrer(reader: User, referral: Referral) -> list[Question]:
    """What was asked about a referral that the reader reads; what a restricted desk asked is its own. One query."""
    found = referral.questions.select_related("agency", "asked_by", "released_by", "withdrawn_by")
    if not works_at_restricted_desk(reader):
        found = found.exclude(agency__kind__in=RESTRICTED_KINDS)
    return _beside(referral, found)


def questions_shown(referral: Referral) -> list[Question]:
    """Those that the referrer's page shows, oldest first. It asks for nothing that is not its own. One query."""
    return _beside(referral, referral.questions.filter(state__in=SHOWN))


def messages_shown(referral: Referral) -> list[Message]:
    """What was released to who answers now, for their page, oldest first: nothing that others were told. One query."""
    since = Succession.objects.filter(
        referral=OuterRef("referral"), struck_at=None, recorded_at__gt=OuterRef("released_at")
    )
    return list(referral.messages.filter(~Exists(since)).order_by("released_at", "id"))


def messages_to(reader: User, referral: Referral) -> list[Message]:
    """The same for officers: what a restricted desk released is its own. One query."""
    found = referral.messages.select_related("agency", "released_by")
    if not works_at_restricted_desk(reader):
        found = found.exclude(agency__kind__in=RESTRICTED_KINDS)
    return list(found.order_by("released_at", "id"))


def questions_settled_by(reader: User) -> QuerySet[Question]:
    """Those that the reader may send or withdraw: what their agency asks, or asked that had the referral before it."""
    found: QuerySet[Question] = Question.objects.filter(of_agencies_with(reader, Permission.REFERRER_ASK))
    return found.select_related("referral__person", "agency")


def ready_to_send(reader: User) -> QuerySet[Question]:
    """Held questions that wait for nothing but the reader: theirs to send, and contact is cleared. Two queries.

    Theirs is what they asked, what is about a referral that they work, and what nobody else is left for: `teams`.
    """
    held = _standing_with(reader, "asked_by").filter(state=QuestionState.HELD)
    first = dict(held.order_by("asked_at", "id").values_list("pk", "referral__person")[:MOST])
    cleared = cleared_among(first.values())
    return held.filter(pk__in=[pk for pk, person in first.items() if person in cleared]).order_by("asked_at", "id")


def waiting_for_answer(reader: User) -> QuerySet[Question]:
    """Questions that the referrer was sent and has not answered, the oldest first. Not executed.

    They stand with whoever sent them, with who works the referral, and, where neither is left, with the team: `teams`.
    """
    sent = _standing_with(reader, "released_by").filter(state=QuestionState.RELEASED).select_related("released_by")
    return sent.order_by("released_at", "id")


def _standing_with(reader: User, column: str) -> QuerySet[Question]:
    working = dispatches_of(reader, needed=Permission.REFERRER_ASK).filter(assigned_to=reader)
    theirs = Q(**{column: reader}) | Q(referral__in=working.values("referral_id")) | Q(teams=True)
    somebodys = worked_still(column, Permission.REFERRER_ASK) | assigned_still(Permission.REFERRER_ASK)
    nobody_left = Case(When(somebodys, then=Value(False)), default=Value(True))
    found = questions_settled_by(reader).select_related("referral__person", "agency").annotate(teams=nobody_left)
    return found.filter(theirs)


def _beside(referral: Referral, found: QuerySet[Question]) -> list[Question]:
    rows = list(found.order_by("asked_at", "id"))
    for row in rows:
        row.referral = referral
    return rows
