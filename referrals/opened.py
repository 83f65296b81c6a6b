"""What is opened to people by name, beside what their agencies have: the exceptions that django-guardian carries."""

from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user

from agencies.models import Agency, AgencyKind, Exclusion, Membership, Restriction, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import hidden_from, names_people
from agencies.roles import roles_with
from referrals.models import READ, AccessKind, Dispatch, NamedAccess, Referral
from referrals.models.dispatch import STANDING

_DESKS = (AgencyKind.NATIONAL_POLICE_DESK, AgencyKind.NATIONAL_AUTHORITY_DESK)


def opened_to(reader: User) -> QuerySet[Referral]:
    """The referrals opened to the reader by name, without those that are kept from them.

    Guardian is asked for rows of this one person about single records: rights of groups, of superusers and over the
    whole model are never taken into account, and a test holds that there are none.
    """
    opened: QuerySet[Referral] = get_objects_for_user(
        reader, READ, Referral, use_groups=False, with_superuser=False, accept_global_perms=False
    )
    return opened.exclude(pk__in=hidden_from(reader, to_read=True))


@names_people
def named(*, to_read: bool) -> QuerySet[Any]:
    """Who may know of which record although it is restricted. Breaking glass breaks no restriction.

    Whom it is shared with, or opened to for a review, reads it `to_read` and is not named by that: they work nothing,
    and are told nothing, whatever their role in an agency that has it.
    """
    kinds = [AccessKind.NAMED, *((AccessKind.SHARE, AccessKind.REVIEW) if to_read else ())]
    found: QuerySet[Any] = NamedAccess.objects.filter(kind__in=kinds)
    return found.annotate(about=F("content_object_id"))


def without_anybody() -> QuerySet[Dispatch]:
    """How agencies have restricted records of which nobody who works for them knows: left, suspended, or ended."""
    walled = Restriction.objects.filter(closed=True, released_at=None).values("about")
    theirs = NamedAccess.objects.filter(
        kind=AccessKind.NAMED, content_object=OuterRef("referral"), agency=OuterRef("agency")
    )
    found: QuerySet[Dispatch] = Dispatch.objects.filter(STANDING, ~Exists(theirs), referral__in=walled)
    return found.order_by("referral_id", "id")


def accesses_of(reader: User) -> QuerySet[NamedAccess]:
    """What is opened to the reader now, what ends first first, with the referrals at hand."""
    theirs: QuerySet[NamedAccess] = NamedAccess.objects.filter(user=reader).exclude(kind=AccessKind.NAMED)
    known = theirs.exclude(content_object__in=hidden_from(reader, to_read=True))
    return known.select_related("content_object").order_by("ends_at", "id")


def accesses_on(referral: Referral, *, kinds: tuple[AccessKind, ...] = ()) -> list[NamedAccess]:
    """To whom a referral is opened now, the latest last, with their names. One query."""
    found = NamedAccess.objects.filter(content_object=referral).select_related("user", "agency")
    if kinds:
        found = found.filter(kind__in=kinds)
    accesses = list(found.order_by("granted_at", "id"))
    for access in accesses:
        access.content_object = referral
    return accesses


def all_accesses_on(referral: Referral) -> list[NamedAccess]:
    """As `accesses_on`, with those that are over: what the timeline may tell of. One query."""
    accesses = list(NamedAccess.every.filter(content_object=referral).order_by("granted_at", "id"))
    for access in accesses:
        access.content_object = referral
    return accesses


def breakable(reference: str) -> QuerySet[Referral]:
    """The referral of this reference, if glass may be broken for it: an agency has it, and no restriction stands."""
    has_it = Dispatch.objects.filter(STANDING, referral=OuterRef("pk"))
    walled = Restriction.objects.filter(about=OuterRef("pk"), released_at=None)
    return Referral.objects.filter(Exists(has_it), ~Exists(walled), reference=reference)


def emergencies(reader: User) -> QuerySet[Any]:
    """The emergency accesses that the reader reviews: to what their agencies have; those of a national desk, all.

    `withheld` are those whose record was restricted since and is kept from the reader: they fall to the national desks,
    and where those have nobody who may review them, to the agencies that have the record. Shown is who and when, and
    nothing of the record; to whoever is excluded from it by name, nothing at all.
    """
    theirs = agencies_where(reader, Permission.GLASS_REVIEW)
    restrictions = Restriction.objects.filter(about=OuterRef("content_object"), released_at=None)
    restricted, excluded = Exists(restrictions), Exists(restrictions.filter(exclusions__user=reader))
    theirs_now = Exists(Dispatch.objects.filter(STANDING, referral=OuterRef("content_object"), agency__in=theirs))
    at_a_desk = any(agency.kind in _DESKS for agency in theirs)
    kept = Exclusion.objects.filter(
        restriction__about=OuterRef(OuterRef("content_object")), restriction__released_at=None, user=OuterRef("user")
    )
    others = _reviewing(timezone.localdate()).filter(~Exists(kept), agency__kind__in=_DESKS)
    others = others.exclude(user=OuterRef("user"))
    told = Q(theirs_now & ~Q(content_object__in=hidden_from(reader)))
    falls_to = Q(theirs_now & ~Exists(others))
    if at_a_desk:
        told, falls_to = told | Q(~restricted), Q()
    used = NamedAccess.every.filter(kind=AccessKind.BREAK_GLASS).exclude(user=reader).exclude(excluded)
    found = used.annotate(withheld=ExpressionWrapper(~told, output_field=BooleanField()))
    found = found.filter(Q(withheld=False) | restricted & falls_to)
    return found.select_related("content_object", "user", "agency", "reviewed_by")


def _reviewing(on: date) -> QuerySet[Membership]:
    """The memberships by which somebody who may sign in reviews emergency accesses on a day."""
    found: QuerySet[Membership] = Membership.objects.in_force(on).filter(role__in=roles_with(Permission.GLASS_REVIEW))
    return found


def privacy_officers(agencies: list[Agency], *, other_than: User, now: datetime) -> list[User]:
    """Who is told of an emergency access to what these agencies have: their own, else those of the national desks."""
    in_force = _reviewing(timezone.localdate(now))
    others = User.objects.exclude(pk=other_than.pk).order_by("pk")
    own = others.filter(pk__in=in_force.filter(agency__in=agencies).values("user_id"))
    return list(own) or list(others.filter(pk__in=in_force.filter(agency__kind__in=_DESKS).values("user_id")))


def reviewing_agencies(referral: Referral) -> list[Agency]:
    """The agencies whose privacy officers review emergency access to a referral: those that have it, and the desks."""
    has_it = Dispatch.objects.filter(STANDING, referral=referral).values("agency_id")
    return list(Agency.objects.filter(Q(pk__in=has_it) | Q(kind__in=_DESKS)).order_by("pk"))


def to_review(reader: User) -> list[Any]:
    """The emergency accesses that wait for the reader's review, the oldest first. One query."""
    return list(emergencies(reader).filter(reviewed_at=None).order_by("granted_at", "id"))


def lately_reviewed(reader: User) -> QuerySet[Any]:
    """Those that somebody has reviewed, the latest first."""
    return emergencies(reader).exclude(reviewed_at=None).order_by("-reviewed_at", "id")
