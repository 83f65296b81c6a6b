"""Making of things for tests, through the actions that make them in life."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.utils import timezone

from agencies.actions.add_partner import add_partner
from agencies.actions.set_mailboxes import set_mailboxes
from agencies.models import Agency, Membership, User
from agencies.roles import ROLES, RoleName
from agencies.signin.factors import add_totp
from audit.action import action
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from people.actions.give_clearance import give_clearance
from people.models import Clearance
from referrals.actions.start_draft import start_draft
from referrals.actions.submit_referral import Submitted, submit_referral
from referrals.handlers import tell_mailboxes
from referrals.holding import Holder
from referrals.models import Dispatch, Draft, Referral
from tests.audit.acts import within
from tests.signing_in import PASSWORD, SECRET

BARNSLEY = "E08000038"
# About somebody in Barnsley: its council, South Yorkshire Police, CTP North East.
TEACHER: dict[str, Any] = {
    "danger": "no",
    "referrer_kind": "work",
    "referrer_name": "Ffion O’Shea-Nowak",
    "referrer_role": "Designated safeguarding lead",
    "referrer_organisation": "Hollybrook Academy",
    "referrer_email": "ffion@hollybrook.example",
    "referrer_phone": "01632 960983",
    "concern": "He has told two classmates that he admires an attacker and wants to be like him.",
    "how_known": ["told_by_other", "work"],
    "when_noticed": "month",
    "given_names": "Tomasz",
    "family_name": "Ó Briain-Łukasik",
    "adult_or_child": "child",
    "approximate_age": "15",
    "work_and_family": ["none"],
    "postcode": "S70 1GW",
    "told": ["nobody"],
}
PUBLIC: dict[str, Any] = {
    "danger": "no",
    "referrer_kind": "public",
    "concern": "A man at the bus stop hands out leaflets that praise an attack.",
    "how_known": ["seen"],
    "when_noticed": "week",
    "description": "A man of about thirty with a green rucksack, every morning at the bus stop by the library.",
    "adult_or_child": "adult",
    "authority": "unknown",
    "told": ["nobody"],
}


@action
def make_user(*, agency: Agency | None, role: RoleName, name: str, by: Agent, now: datetime) -> User:
    """A user with a membership that began long ago, who signs in with PASSWORD and the codes of SECRET."""
    user = User(email=f"{uuid4().hex[:12]}@officers.example", name=name)
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    add_totp(user, SECRET)
    if agency is not None:
        Membership(user=user, agency=agency, role=role, starts_on=datetime(2020, 1, 1, tzinfo=UTC).date()).save()
    return user


def agency_for(role: RoleName, *, other_than: Agency | None = None) -> Agency:
    """An agency on which the role may hang; a partner, of which none comes with the house, is added."""
    kind = min(ROLES[role].agency_kinds)
    others = Agency.objects.filter(kind=kind).order_by("code")
    found = next((agency for agency in others if agency != other_than), None)
    return found or add_partner(name="Hollybrook Trust", by=Agent.OPERATOR, now=timezone.now())


def officer_of(agency: Agency, *, name: str = "Osian Achterberg") -> User:
    """An officer who works the agency's referrals."""
    roles = {
        "police": RoleName.CTP_OFFICER,
        "restricted_police_desk": RoleName.RESTRICTED_DESK_OFFICER,
        "restricted_authority_desk": RoleName.RESTRICTED_DESK_OFFICER,
        "authority": RoleName.AUTHORITY_LEAD,
        "system": RoleName.SYSTEM_ADMINISTRATOR,
    }
    role = roles.get(agency.kind, RoleName.NATIONAL_DESK_OFFICER)
    return make_user(agency=agency, role=role, name=name, by=Agent.OPERATOR, now=timezone.now())


def has_too(user: User, role: RoleName, agency: Agency) -> Membership:
    """A second role, also one that nobody is given beside the first: it may stand from before that was refused."""
    second = Membership(user=user, agency=agency, role=role, starts_on=timezone.localdate())
    within(do=second.save, by=Agent.OPERATOR, now=timezone.now())
    return second


def reread(user: User) -> User:
    """The same user as the next request knows them."""
    return User.objects.get(pk=user.pk)


def analyst_of(agency: Agency, *, name: str = "Ottilie Nakamura-Rees") -> User:
    """A FIMU analyst, who answers what the agency is asked about its referrals."""
    return make_user(agency=agency, role=RoleName.FIMU_ANALYST, name=name, by=Agent.OPERATOR, now=timezone.now())


def cleared(
    referral: Referral, *, with_conditions: bool = False, review_on: date | None = None, by: User | None = None
) -> Clearance:
    """The clearance of contact about the referral's person, by an analyst of the police agency that has it."""
    police = dispatch_to_police(referral).agency
    day = review_on or timezone.localdate() + timedelta(days=90)
    given: Clearance = give_clearance(
        person_id=referral.person_id, agency_id=police.pk, with_conditions=with_conditions, review_on=day,
        by=by or analyst_of(police), now=timezone.now(),
    )  # fmt: skip
    return given


BROWSER = Holder(by=Agent.REFERRER, browser="b" * 64)


def with_mailboxes(agency: Agency) -> Agency:
    """The agency, with a mailbox and a duty contact."""
    return set_mailboxes(
        agency_id=agency.pk,
        email=f"{agency.code.lower()}@agencies.example",
        duty_email=f"duty.{agency.code.lower()}@agencies.example",
        by=Agent.OPERATOR,
        now=timezone.now(),
    )


def draft_with(answers: dict[str, Any]) -> Draft:
    """A draft at the front door with these answers, held by BROWSER."""
    return start_draft(holder=BROWSER, language="en", answers=answers, by=Agent.REFERRER, now=timezone.now())


def submitted(answers: dict[str, Any] | None = None, *, now: datetime | None = None) -> Referral:
    """A referral sent through the front door; the teacher's about Barnsley unless told otherwise."""
    draft = draft_with(answers or TEACHER)
    outcome: Submitted = submit_referral(
        draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=now or timezone.now()
    )
    return Referral.objects.get(reference=outcome.reference)


def mail_queued(referral: Referral) -> Referral:
    """The same, once the handler has run that queues the e-mails to its agencies."""
    sent = EventRecord.objects.get(object_id=referral.pk, kind=Event.REFERRAL_SUBMITTED)
    tell_mailboxes(sent, by=Agent.SWEEPER, now=timezone.now())
    return referral


def dispatch_to_police(referral: Referral) -> Dispatch:
    """The dispatch to the police side; of several the one sent last."""
    return next(each for each in _dispatches(referral) if each.agency.is_police)


def dispatch_to_authority(referral: Referral) -> Dispatch:
    """The dispatch to the authority side; of several the one sent last."""
    return next(each for each in _dispatches(referral) if not each.agency.is_police)


def _dispatches(referral: Referral) -> QuerySet[Dispatch]:
    return referral.dispatches.select_related("agency", "referral").order_by("-sent_at", "agency__name")
