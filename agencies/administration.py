"""What administrators see of accounts, roles and agencies: nothing of any case."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.geography import Gazetteer
from agencies.models import Agency, AgencyKind, Membership, Proposal, User
from agencies.roles import ROLES, RoleName, takes_two
from agencies.states import ProposalState


class Standing(models.TextChoices):
    """How an account stands."""

    OPEN = "open", _("Open")
    NO_PASSWORD = "no_password", _("No password yet")  # a standing, no secret
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


@dataclass(frozen=True)
class Account:
    """Somebody's account, and the roles that have not ended, those to come among them."""

    user: User
    memberships: list[Membership]

    @property
    def standing(self) -> Standing:
        """How it stands: one that is shut and has kept its roles is suspended."""
        if not self.user.is_active:
            return Standing.SUSPENDED if self.memberships else Standing.CLOSED
        return Standing.OPEN if self.user.has_usable_password() else Standing.NO_PASSWORD


def accounts(*, on: date, words: str = "", shown: int) -> list[Account]:
    """People's accounts by name, those in whose name or e-mail address the words stand. Two queries."""
    found = User.objects.filter(is_system=False).order_by("name", "pk")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    roles = Prefetch("memberships", queryset=standing_memberships(on=on), to_attr="standing_memberships")
    return [Account(user, user.standing_memberships) for user in found.prefetch_related(roles)[:shown]]


def account_of(user: User, *, on: date) -> Account:
    """One account. One query."""
    return Account(user, list(standing_memberships(on=on).filter(user=user)))


def standing_memberships(*, on: date) -> QuerySet[Membership]:
    """Memberships that hold on the day or later, also of accounts that are suspended."""
    found: QuerySet[Membership] = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), ended_at=None)
    return found.select_related("agency", "user").order_by("agency__name", "user__name", "role", "starts_on", "pk")


def waiting_proposals() -> QuerySet[Proposal]:
    """Roles that wait for a second administrator, the longest waiting first."""
    found = Proposal.objects.filter(state=ProposalState.PROPOSED)
    return found.select_related("user", "agency", "proposed_by").order_by("proposed_at", "pk")


def waiting_resumptions() -> QuerySet[User]:
    """Suspended accounts that one administrator asks to open again, the longest waiting first."""
    found = User.objects.filter(resume_asked_at__isnull=False)
    return found.select_related("resume_asked_by").order_by("resume_asked_at", "pk")


def all_agencies(*, on: date) -> QuerySet[Agency]:
    """Every agency with how many people work there on the day, by kind and name."""
    in_force = Membership.objects.in_force(on).filter(user__is_system=False)
    there = Q(memberships__in=in_force.values("pk"))
    return Agency.objects.annotate(people=Count("memberships__user", filter=there, distinct=True)).order_by(
        "kind", "name", "pk"
    )


def areas_of(agency: Agency, *, on: date) -> list[str]:
    """The names of the areas for which an agency answers: they come with the reference data."""
    areas = Gazetteer.at(on).authorities()
    return [area.official_name for area in areas if agency.code in {area.gss_code, area.police_code}]


@dataclass(frozen=True)
class RoleShown:
    """A role as its page shows it; `people` is how many have it today."""

    name: RoleName
    description: str
    kinds: list[str]
    permissions: list[str]
    takes_two: bool
    for_systems: bool
    people: int


def all_roles(*, on: date) -> list[RoleShown]:
    """Every role, what it may do, and how many have it. One query."""
    counted = Membership.objects.in_force(on).values("role").annotate(people=Count("user", distinct=True))
    people = dict(counted.values_list("role", "people"))
    return [
        RoleShown(
            name,
            str(ROLES[name].description),
            [str(AgencyKind(kind).label) for kind in sorted(ROLES[name].agency_kinds)],
            sorted(ROLES[name].permissions),
            takes_two(name),
            ROLES[name].for_systems,
            people.get(name, 0),
        )
        for name in RoleName
    ]
