"""What is kept from a user although their role would show it: asked wherever anything of a referral is read."""

from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import Exclusion, Restriction, User
from agencies.names import NamesIn
from agencies.permissions import NOT_ALLOWED, Permission, agencies_where
from audit.actors import Actor
from audit.keys import load_keys
from audit.refusals import Forbidden


class Names(Protocol):
    """Finds whom the wall around a restricted record lets in: rows with `user` and `about`."""

    def __call__(self, *, to_read: bool) -> QuerySet[Any]:
        """Those who are named; `to_read`, those as well to whom one of the named has opened it to read."""


# Kept by the room that has the records.
_names: list[Names] = []


def names_people(function: Names) -> Names:
    """Register the function of a higher room that finds who may know of restricted records."""
    _names.append(function)
    return function


def hidden_from(user: User, *, to_read: bool = False) -> QuerySet[Any, Any]:
    """The ids of the referrals that `user` must not know of, to be left out: `.exclude(referral__in=...)`.

    `to_read` is asked by those who show what is opened to somebody by name, and by nobody else: a record that is
    restricted is worked by the named alone.
    """
    return _walls(user, to_read=to_read).values("about")


def _walls(user: User, *, to_read: bool = False) -> QuerySet[Restriction]:
    excluded = Q(pk__in=Exclusion.objects.filter(user=user).values("restriction"))
    unnamed = Q(closed=True)
    for names in _names:
        unnamed &= ~Q(about__in=names(to_read=to_read).filter(user=user).values("about"))
    return Restriction.objects.filter(excluded | unnamed, released_at=None)


def kept_from(user: OuterRef, about: OuterRef) -> Q:
    """The condition that a referral is kept from somebody, both of them columns: for lists of what others work."""
    standing = Restriction.objects.filter(about=about, released_at=None)
    excluded = Exclusion.objects.filter(user=user, restriction__about=about, restriction__released_at=None)
    unnamed = Q(Exists(standing.filter(closed=True)))
    for names in _names:
        unnamed &= ~Q(Exists(names(to_read=False).filter(user=user, about=about)))
    return Q(Exists(excluded)) | unnamed


def restricted_now() -> QuerySet[Any, Any]:
    """The ids of the referrals on which any restriction stands: in no list that leaves the house."""
    return Restriction.objects.filter(released_at=None).values("about")


def is_restricted(about: UUID) -> bool:
    """Whether a restriction stands on the referral: at a restricted desk, or to named people."""
    return Restriction.objects.filter(about=about, released_at=None).exists()


def works_at_restricted_desk(reader: User) -> bool:
    """Whether the reader reads the referrals of a restricted desk today. No query."""
    return any(agency.is_restricted for agency in agencies_where(reader, Permission.DISPATCH_READ))


def is_named_only(about: UUID) -> bool:
    """Whether the referral is restricted to named people now."""
    return Restriction.objects.filter(about=about, closed=True, released_at=None).exists()


def may_know(about: UUID, users: list[User]) -> list[User]:
    """Those of the users from whom the referral is not kept. Three queries at most."""
    excluded = set(excluded_from(about).values_list("user_id", flat=True))
    found = [user for user in users if user.pk not in excluded]
    if not is_named_only(about):
        return found
    named = {
        pk for names in _names for pk in names(to_read=False).filter(about=about).values_list("user_id", flat=True)
    }
    return [user for user in found if user.pk in named]


def is_hidden_from(actor: Actor, about: UUID) -> bool:
    """Whether `actor` must not know of the referral `about`."""
    return isinstance(actor, User) and _walls(actor).filter(about=about).exists()


def check_not_hidden(actor: Actor, about: UUID) -> None:
    """Raise Forbidden, in the words of any other refusal, where `actor` must not know of the referral."""
    if is_hidden_from(actor, about):
        raise Forbidden(NOT_ALLOWED)


def check_tells_of_nothing_kept(user: User, about: Collection[UUID]) -> None:
    """Raise Forbidden, in the same words, where what tells of these referrals would tell `user` of such a one."""
    if hidden_from(user).filter(about__in=about).exists():
        raise Forbidden(NOT_ALLOWED)


def excluded_from(about: UUID) -> QuerySet[Exclusion]:
    """Who is kept from a referral while its restriction stands, by name. One query."""
    standing = Exclusion.objects.filter(restriction__about=about, restriction__released_at=None)
    return standing.select_related("user", "restriction").order_by("user__name", "pk")


def namesakes(names: NamesIn) -> list[User]:
    """The users whose name stands in `names`. One query, of those who share a word with it."""
    pool = sorted(names.pool)
    found = (
        User.objects.filter(name_words__overlap=pool, is_system=False).order_by("pk") if pool else User.objects.none()
    )
    return [user for user in found if names.meet(user.name)]


def restrictions_naming(user: User) -> list[Restriction]:
    """The restrictions that stand on referrals in which the user's name stands."""
    standing = list(Restriction.objects.filter(released_at=None, closed=False).order_by("pk"))
    load_keys({restriction.person for restriction in standing})
    return [each for each in standing if NamesIn(**each.names).meet(user.name)]
