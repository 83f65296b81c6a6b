"""What is kept from a user although their role would show it: asked wherever anything of a referral is read."""

from typing import Any
from uuid import UUID

from django.db.models import F, Func, QuerySet, UUIDField

from agencies.models import Exclusion, Restriction, User
from agencies.names import NamesIn
from agencies.permissions import NOT_ALLOWED
from audit.actors import Actor
from audit.keys import load_keys
from audit.refusals import Forbidden


def hidden_from(user: User) -> QuerySet[Any, Any]:
    """The ids of the referrals that `user` must not know of, to be left out: `.exclude(referral__in=...)`."""
    return _walls(user).values("about")


def telling_of_hidden(user: User) -> QuerySet[Any, Any]:
    """The ids of all rows (referral, dispatches, tasks) that would tell `user` of such a referral."""
    each = Func(F("covers"), function="unnest", output_field=UUIDField())
    return _walls(user).annotate(one=each).values("one")


def _walls(user: User) -> QuerySet[Restriction]:
    return Restriction.objects.filter(released_at=None, exclusions__user=user)


def is_hidden_from(actor: Actor, about: UUID) -> bool:
    """Whether `actor` must not know of the referral `about`."""
    return isinstance(actor, User) and _walls(actor).filter(about=about).exists()


def check_not_hidden(actor: Actor, about: UUID) -> None:
    """Raise Forbidden, in the words of any other refusal, where `actor` must not know of the referral."""
    if is_hidden_from(actor, about):
        raise Forbidden(NOT_ALLOWED)


def check_not_told_of(user: User, row: UUID) -> None:
    """Raise Forbidden, in the same words, where the row with this id would tell `user` of such a referral."""
    if telling_of_hidden(user).filter(covers__contains=[row]).exists():
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
    standing = list(Restriction.objects.filter(released_at=None).order_by("pk"))
    load_keys({restriction.person for restriction in standing})
    return [each for each in standing if NamesIn(**each.names).meet(user.name)]
