"""An empty installation becomes one that looks alive: mailboxes, people who sign in, referrals at every stage."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actions.add_membership import add_membership
from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.create_user import create_user
from agencies.actions.set_mailboxes import set_mailboxes
from agencies.geography import Gazetteer
from agencies.models import Agency, User
from agencies.permissions import Permission, require
from agencies.selectors import all_targets
from agencies.signin.demonstration import give_shown_factor
from audit.action import action
from audit.actors import Actor
from audit.agents import Agent
from audit.models import EventRecord
from audit.refusals import NotNow
from desk.actions.connect_systems import connect_systems
from desk.actions.put_mistakes_right import put_mistakes_right
from desk.actions.seed_referrals import seed_referrals
from desk.actions.staff_agencies import staff_agencies
from desk.demonstration.accounts import ACCOUNTS, LEEDS, PASSWORD, colleagues
from desk.demonstration.assessing import assess
from desk.demonstration.conversing import converse, know_the_code
from desk.demonstration.deconflicting import deconflict
from desk.demonstration.flooding import copies, flood_of, held_events
from desk.demonstration.imagining import Imagination, Imagined
from desk.demonstration.localities import Localities
from desk.demonstration.matches import find_and_decide
from desk.demonstration.papers import papers_for
from desk.demonstration.partnering import partner
from desk.demonstration.planning import plan
from desk.demonstration.restricted import send_restricted
from desk.demonstration.rhythm import Rhythm
from desk.demonstration.rows import House, Rows, rows_of
from desk.demonstration.scenarios import (
    DAYS,
    REFERRALS,
    bring_forward,
    events_of,
    leave_overdue,
    make_urgent,
    notes_for,
    remind_of_overdue,
)
from desk.demonstration.standards import set_standards
from desk.demonstration.working import work_on
from documents.actions.conclude_scan import conclude_scan
from documents.storing import keep
from referrals.actions.add_document import add_document
from referrals.actions.write_note import write_note
from referrals.models import Referral

SEED = 2026


@action
def make_demonstration(
    *, places: Gazetteer, agencies: Mapping[str, UUID], localities: Localities, by: Actor, now: datetime
) -> int:
    """Fill an empty installation, all of it in one transaction. Returns how many referrals were made.

    Raises:
        Forbidden: `by` may not seed.
        NotNow: there are referrals or users already.
    """
    require(by, Permission.DEMONSTRATION_SEED)
    if User.objects.exists() or Referral.objects.exists():
        raise NotNow(_("The database is not empty."))
    connect_systems(agencies=agencies, by=by, now=now)
    _open_mailboxes(by=by, now=now)
    # Who acts in the demonstration was there before its first referral: by two days, since the last hour of a day in
    # winter was the next day in summer time.
    opened = now - timedelta(days=DAYS + 2)
    for account in [*ACCOUNTS, *colleagues()]:
        user = create_user(email=account.email, name=account.name, password=PASSWORD, by=by, now=opened)
        give_shown_factor(user)
        add_membership(user_id=user.pk, agency_id=agencies[account.agency], role=account.role, by=by, now=opened)
    set_standards(opened=opened, now=now)
    house = House(places, agencies, staff_agencies(by=by, now=opened), all_targets())
    imagined = _imagined(localities, now)
    rows = _referrals(imagined, house, now)
    know_the_code(rows.referrals)
    seed_referrals(rows=rows, by=by, now=now)
    EventRecord.objects.bulk_create(events_of(rows))
    deconflict(rows.referrals, now=now)
    _write_notes(rows, now=now)
    _add_documents(rows, now=now)
    _arrange_absence(agencies[LEEDS], now=now)
    put_mistakes_right(agencies=agencies, by=by, now=now)
    find_and_decide(rows.referrals, now=now)
    work_on(now=now)
    plan(now=now)
    assess(now=now)
    converse(now=now)
    partner(now=now)
    held = _hold_a_flood(imagined, house, by=by, now=now)
    return len(rows.referrals) + held + send_restricted(now=now)


def _open_mailboxes(*, by: Actor, now: datetime) -> None:
    """One for every agency: a visitor's referral may go to any of them."""
    for agency in Agency.objects.order_by("id"):
        domain = f"{agency.code.lower()}.example"
        set_mailboxes(agency_id=agency.pk, email=f"prevent@{domain}", duty_email=f"duty@{domain}", by=by, now=now)


def _imagined(localities: Localities, now: datetime) -> list[Imagined]:
    rhythm = Rhythm(timezone.localdate(now), days=DAYS)
    return list(Imagination(SEED, localities=localities, rhythm=rhythm, until=now).referrals(REFERRALS))


def _hold_a_flood(imagined: list[Imagined], house: House, *, by: Actor, now: datetime) -> int:
    """Store some near-identical referrals that nobody has received, and put them in the quarantine."""
    rows = rows_of(copies(imagined, now), house)
    rows.dispatches.clear()
    seed_referrals(rows=rows, by=by, now=now)
    flood, held = flood_of(rows.referrals)
    flood.save(force_insert=True)
    for row in held:
        row.save(force_insert=True)
    EventRecord.objects.bulk_create(held_events(rows.referrals))
    return len(held)


def _referrals(imagined: list[Imagined], house: House, now: datetime) -> Rows:
    urgent = make_urgent(imagined, now)
    rows = rows_of([*bring_forward(leave_overdue(imagined[:-1], now), now), urgent], house)
    # The only alert that the demonstration causes: the police side of the last one, again and again until received.
    waiting = rows.dispatches[-2]
    waiting.alert_due = now
    remind_of_overdue(rows, now)
    return rows


def _arrange_absence(agency_id: UUID, *, now: datetime) -> None:
    """A colleague of the lead in Leeds is away this week, and the lead covers."""
    lead = User.objects.get(email="lead@leeds.example")
    away = User.objects.get(email="colleague1@leeds.example")
    boss = User.objects.get(email="supervisor@leeds.example")
    today = timezone.localdate(now)
    arrange_absence(
        user_id=away.pk,
        cover_id=lead.pk,
        agency_id=agency_id,
        starts_on=today,
        ends_on=today + timedelta(days=6),
        by=boss,
        now=now,
    )


def _write_notes(rows: Rows, *, now: datetime) -> None:
    """In the name of whoever the referral is assigned to, where that is somebody of the demonstration."""
    writers = _writers()
    listed = [dispatch for dispatch in rows.dispatches if dispatch.assigned_to_id in writers]
    for dispatch, text, readers, at in notes_for(Random(SEED), listed):  # noqa: S311  # repeatable on purpose
        writer = writers[dispatch.assigned_to_id]
        at = min(at, now - timedelta(minutes=10))
        write_note(dispatch_id=dispatch.pk, text=text, readers=readers, by=writer, now=at)


def _add_documents(rows: Rows, *, now: datetime) -> None:
    """Files in the name of who works the referral. What the scanner has said of all but one is made up with them."""
    writers = _writers()
    listed = [dispatch for dispatch in rows.dispatches if dispatch.assigned_to_id in writers]
    for dispatch, name, data, source, caveat, verdict, at in papers_for(listed):
        at = min(at, now - timedelta(minutes=10))
        writer, kept = writers[dispatch.assigned_to_id], keep(name, data)
        add_document(dispatch_id=dispatch.pk, kept=kept, source=source, caveat=caveat, by=writer, now=at)
        if verdict is not None:
            conclude_scan(file_id=kept.id, verdict=verdict, by=Agent.SWEEPER, now=at)


def _writers() -> dict[UUID | None, User]:
    """Those of the demonstration who sign in."""
    known = [account.email for account in [*ACCOUNTS, *colleagues()]]
    return {user.pk: user for user in User.objects.filter(email__in=known)}
