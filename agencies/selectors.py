"""Reads of the agencies room."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from agencies.models import Absence, Agency, ApiKey, Delivery, Endpoint, Membership, Notice, Session, Target, User
from agencies.permissions import Permission, agencies_where, can
from agencies.restricted import hidden_from, restricted_now
from agencies.roles import roles_with
from agencies.signin.browsers import called
from agencies.targets import DEFAULT, Targets
from audit.models import Handling


def notices_of(reader: User) -> QuerySet[Notice]:
    """E-mails of the reader's agencies, all for who oversees them; not what tells of what is kept from the reader."""
    known = Notice.objects.exclude(tells_of__overlap=hidden_from(reader))
    if can(reader, Permission.NOTICE_OVERSEE):
        return known
    return known.filter(agency__in=agencies_where(reader, Permission.NOTICE_READ))


def undelivered_notices(reader: User) -> QuerySet[Notice]:
    """Those that were given up, longest dead first.

    `withheld` says of which the reference is not shown: others' mail about a referral that is kept from some.
    """
    others = ~Q(agency__in=agencies_where(reader, Permission.NOTICE_READ))
    found = notices_of(reader).filter(dead__isnull=False).order_by("dead", "pk")
    return found.annotate(withheld=others & Q(tells_of__overlap=restricted_now()))


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of the users with these ids, for rows that know who did something by id alone. One query at most."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def colleagues(agency: Agency, *, on: date) -> QuerySet[User]:
    """People with a membership of the agency in force on the day, by name; its systems are nobody's colleagues."""
    people = User.objects.filter(is_system=False)
    return people.filter(pk__in=agency.memberships.in_force(on).values("user_id")).order_by("name", "pk")


def holding(agency: Agency, permission: Permission, *, on: date) -> QuerySet[User]:
    """Users whose role in the agency gives the permission on the day, by name."""
    members = agency.memberships.in_force(on).filter(role__in=roles_with(permission))
    return User.objects.filter(pk__in=members.values("user_id")).order_by("name", "pk")


def memberships_of(agencies: list[Agency], *, on: date) -> QuerySet[Membership]:
    """Who works in these agencies today, by agency and name."""
    found: QuerySet[Membership] = Membership.objects.in_force(on).filter(agency__in=agencies)
    people = found.filter(user__is_system=False)
    return people.select_related("user", "agency").order_by("agency__name", "user__name", "user_id", "role")


def absences_of(agencies: list[Agency], *, on: date) -> QuerySet[Absence]:
    """Absences of these agencies that last until the day or later, the nearest first."""
    found: QuerySet[Absence] = Absence.objects.standing().filter(agency__in=agencies, ends_on__gte=on)
    return found.select_related("user", "cover", "agency").order_by("starts_on", "user__name", "pk")


def away_now(*agencies: Agency) -> list[Absence]:
    """Who is away from these agencies today, and who covers. One query."""
    found = Absence.objects.in_force(timezone.localdate()).filter(agency__in=agencies)
    return list(found.select_related("user", "cover").order_by("pk"))


def covered_by(reader: User, *, on: date) -> QuerySet[Absence]:
    """Absences of the day in which the reader stands in, in agencies whose referrals they read."""
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    found: QuerySet[Absence] = Absence.objects.in_force(on).filter(cover=reader, agency__in=theirs)
    return found


def targets_of(agency: Agency) -> Targets:
    """The agency's own targets, or the default. One query."""
    rows = {row.agency_id: row for row in Target.objects.filter(Q(agency=agency) | Q(agency=None))}
    row = rows.get(agency.pk) or rows.get(None)
    return row.targets if row else DEFAULT


def all_targets() -> Mapping[UUID | None, Targets]:
    """What was set, by agency; under None the default. One query."""
    return {None: DEFAULT} | {row.agency_id: row.targets for row in Target.objects.all()}


def unfinished_handlings(reader: User) -> QuerySet[Handling]:
    """Reactions to events that were given up, longest dead first, for who oversees them; none for others."""
    if not can(reader, Permission.NOTICE_OVERSEE):
        return Handling.objects.none()
    return Handling.objects.filter(dead__isnull=False).select_related("event").order_by("dead", "pk")


def endpoints_with_work(now: datetime) -> list[UUID]:
    """Endpoints for which an event is due: those that answered last time first, then by how long it has been due."""
    due = Q(deliveries__due__lte=now, deliveries__done=None, deliveries__dead=None) & _not_kept()
    found = Endpoint.objects.callable(now).filter(due).annotate(oldest=Min("deliveries__due", filter=due))
    return list(found.order_by("failures", "oldest", "pk").values_list("pk", flat=True))


def endpoints(agency: Agency | None = None) -> QuerySet[Endpoint]:
    """Endpoints, of one agency or all, with what waits for each and what was given up."""
    found = Endpoint.objects.select_related("agency").annotate(
        waiting=Count("deliveries", filter=Q(deliveries__done=None, deliveries__dead=None) & _not_kept()),
        given_up=Count("deliveries", filter=Q(deliveries__dead__isnull=False) & _not_kept()),
    )
    if agency is not None:
        found = found.filter(agency=agency)
    return found.order_by("agency__name", "created_at", "pk")


def _not_kept() -> Q:
    """What is restricted waits until it is not, and is counted nowhere meanwhile."""
    return Q(deliveries__in=tellable_events())


def tellable_events() -> QuerySet[Delivery]:
    """Events of which a system may hear now: none about what is restricted."""
    found: QuerySet[Delivery] = Delivery.objects.exclude(subject__in=restricted_now())
    return found


def events_of(endpoint: Endpoint) -> QuerySet[Delivery]:
    """Events for an endpoint, the latest first; none about what is restricted now."""
    return tellable_events().filter(endpoint=endpoint).order_by("-since", "-pk")


def undelivered_events() -> QuerySet[Delivery]:
    """Events that were given up, longest dead first; none about what is restricted now."""
    dead = tellable_events().filter(dead__isnull=False)
    return dead.select_related("endpoint__agency").order_by("dead", "pk")


def api_keys(*, now: datetime) -> list[ApiKey]:
    """Every key with its system, organisation and last use, those that work first, by name. Three queries."""
    found = ApiKey.objects.select_related("system", "use").prefetch_related("system__memberships__agency")
    keys = list(found.annotate(is_replaced=Exists(ApiKey.objects.filter(replaces=OuterRef("pk")))))
    for key in keys:
        memberships = key.system.memberships.all()
        key.organisation = memberships[0].agency.name if memberships else ""
        key.is_working = key.works(now)
        key.is_waiting = key.waits and not key.is_over(now)
    return sorted(
        keys, key=lambda key: (not key.is_waiting, not key.is_working, key.organisation, key.system.name, key.made_at)
    )


def sessions_of(user: User, *, here: str | None) -> list[Session]:
    """Where somebody is signed in: the session that asks (its number is `here`) first, then the one used last."""
    found = list(Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen", "session_key"))
    for session in found:
        session.is_this_one = str(session.number) == here
        session.called = called(session.browser)
    return sorted(found, key=lambda session: not session.is_this_one)
