"""WHEN a change to an agency, user or membership is allowed: what the records permit."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import (
    Absence,
    Agency,
    AgencyKind,
    ApiKey,
    Endpoint,
    EndpointSecret,
    Invitation,
    Membership,
    Proposal,
    User,
)
from agencies.permissions import can
from agencies.roles import ROLES, RoleName
from agencies.scopes import PERMISSIONS, Scope
from agencies.states import ProposalState
from agencies.targets import DAYS, FEWEST_MINUTES, MOST_DAYS, MOST_MINUTES, Targets
from agencies.webhooks.addresses import AddressRefused, parted
from agencies.words import says_something
from audit.refusals import NotNow

# Agencies that administrators make: those that answer for an area come with it (`load_places`), partners with a key.
MADE_BY_HAND = (AgencyKind.PROVIDER, AgencyKind.HOME_OFFICE)


def check_has_reason(text: str) -> None:
    """Raise NotNow for a decision without a reason that can be read."""
    if not says_something(text):
        raise NotNow(_("Give the reason."))


def check_role_is_theirs(role: RoleName, user: User) -> None:
    """Raise NotNow for a system's role on somebody who signs in, and the other way round."""
    if ROLES[role].for_systems is not user.is_system:
        raise NotNow(_("The role “{role}” is not for this kind of account.").format(role=RoleName(role).label))


def check_key_works(key: ApiKey, *, now: datetime) -> None:
    """Raise NotNow for a key that has ended, was revoked or waits for approval."""
    check_key_stands(key, now=now)
    if key.waits:
        raise NotNow(_("This key waits for another administrator to approve it."))


def check_key_stands(key: ApiKey, *, now: datetime) -> None:
    """Raise NotNow for a key that has ended or was revoked; one that waits for approval stands."""
    if key.is_over(now):
        raise NotNow(_("This key no longer works. Make a new one."))


def check_key_waits(key: ApiKey) -> None:
    """Raise NotNow for a key that needs no approval, or has it."""
    if not key.waits:
        raise NotNow(_("This key does not wait for approval."))


def check_not_replaced(key: ApiKey) -> None:
    """Raise NotNow for a key that has been rotated already: its successor is the one to rotate."""
    if ApiKey.objects.filter(replaces=key).exists():
        raise NotNow(_("This key has a successor already. Rotate that one, or revoke this one."))


def check_scopes_fit(scopes: Iterable[str], system: User) -> None:
    """Raise NotNow unless something is opened, and nothing beyond what the account's role allows."""
    wanted = list(scopes)
    if not wanted:
        raise NotNow(_("Choose what the key may be used for."))
    for scope in wanted:
        if not all(can(system, permission) for permission in PERMISSIONS[scope]):
            raise NotNow(
                _("A system of this organisation cannot have “{scope}”: nothing is dispatched to it.").format(
                    scope=Scope(scope).label
                )
            )


def check_reason_given(why: str) -> None:
    """Raise NotNow for an empty reason."""
    if not says_something(why):
        raise NotNow(_("Say why the key is revoked."))


def check_role_fits(role: RoleName, agency: Agency) -> None:
    """Raise NotNow unless the role hangs on agencies of this kind."""
    if agency.kind not in ROLES[role].agency_kinds:
        raise NotNow(
            _("The role “{role}” does not exist in an agency like {agency}.").format(
                role=RoleName(role).label, agency=agency.name
            )
        )


def check_days_make_sense(starts_on: date, ends_on: date | None, *, today: date) -> None:
    """Raise NotNow for a first day that is over, or a last day before the first."""
    if starts_on < today:
        raise NotNow(_("The first day must be today or later."))
    if ends_on is not None and ends_on < starts_on:
        raise NotNow(_("The last day must not be before the first."))


def check_not_held(user: User, agency: Agency, role: RoleName, *, starts_on: date, ends_on: date | None) -> None:
    """Raise NotNow where somebody has this role in this agency already on one of these days."""
    if _held_between(user, starts_on, ends_on).filter(agency=agency, role=role).exists():
        raise NotNow(_("They have this role there already on some of these days."))


def check_roles_agree(user: User, role: RoleName, *, starts_on: date, ends_on: date | None) -> None:
    """Raise NotNow where a role that reads no case would meet one that does, on one of these days."""
    for held in _held_between(user, starts_on, ends_on):
        if ROLES[held.role].reads_cases is not ROLES[role].reads_cases:
            raise NotNow(
                _(
                    "They are “{held}” on some of these days. Nobody has that role and “{role}” at once, because one "
                    "of the two reads no case. End “{held}” first, or pick other days."
                ).format(held=RoleName(held.role).label, role=RoleName(role).label)
            )


def _held_between(user: User, starts_on: date, ends_on: date | None) -> QuerySet[Membership]:
    """What somebody has on one of these days, in the order in which it began."""
    held = user.memberships.filter(ended_at=None).filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    return held.order_by("starts_on", "pk")


def check_may_begin(
    user: User, agency: Agency, role: RoleName, *, starts_on: date, ends_on: date | None, today: date
) -> None:
    """Raise NotNow where the records do not permit a role: asked when it is proposed, and again when it is given."""
    check_is_open(user)
    check_role_fits(role, agency)
    check_role_is_theirs(role, user)
    check_days_make_sense(starts_on, ends_on, today=today)
    check_not_held(user, agency, role, starts_on=starts_on, ends_on=ends_on)
    check_roles_agree(user, role, starts_on=starts_on, ends_on=ends_on)


def check_not_proposed(user: User, agency: Agency, role: RoleName) -> None:
    """Raise NotNow while the same waits for approval."""
    if Proposal.objects.filter(user=user, agency=agency, role=role, state=ProposalState.PROPOSED).exists():
        raise NotNow(_("This role is proposed already, and waits for another administrator."))


def check_is_open(user: User) -> None:
    """Raise NotNow for an account that is suspended or closed."""
    if not user.is_active:
        raise NotNow(_("This account is suspended or closed."))


def check_is_shut(user: User) -> None:
    """Raise NotNow for an account that is open."""
    if user.is_active:
        raise NotNow(_("This account is open already."))


def check_resume_asked(user: User) -> None:
    """Raise NotNow for an account that nobody has asked to open again."""
    if user.resume_asked_at is None:
        raise NotNow(_("Nobody asks to open this account again. Load its page to see how it stands."))


def check_asked_by_another(user: User, by: User) -> None:
    """Raise NotNow where the same administrator has asked already to open the account again."""
    if user.resume_asked_by_id == by.pk:
        raise NotNow(_("You have asked for this already. Another administrator has to open the account."))


def check_proposer_still_may(may: bool) -> None:
    """Raise NotNow where whoever proposed a role could not propose it any more."""
    if not may:
        raise NotNow(_("Who proposed this role may not do so any more. Decline it, and have it proposed anew."))


def check_signs_in(user: User) -> None:
    """Raise NotNow for a system's account: nobody signs in with it."""
    if user.is_system:
        raise NotNow(_("This is the account of a system. It has keys, and nobody signs in with it."))


def check_link_works(invitation: Invitation | None, *, now: datetime) -> Invitation:
    """The same. Raises NotNow for a link that was used, withdrawn, replaced, has run out, or never was."""
    if invitation is None or not invitation.works(now) or not invitation.user.is_active:
        raise NotNow(_("This link opens nothing any more. Ask your system administrator for a new one."))
    return invitation


def check_name_is_free(name: str, *, other_than: Agency | None = None) -> None:
    """Raise NotNow where another agency is called that."""
    if any(agency != other_than for agency in Agency.objects.filter(name__iexact=name)):
        raise NotNow(_("{name} is known already.").format(name=name))


def check_can_be_made(kind: AgencyKind) -> None:
    """Raise NotNow for a kind of agency that comes with the areas it answers for, or of which there is one."""
    if kind not in MADE_BY_HAND:
        raise NotNow(_("Agencies of this kind come with the reference data, or with a system’s key."))


def check_targets_within_reason(targets: Targets) -> None:
    """Raise NotNow for days or minutes that no page offers."""
    if not all(1 <= getattr(targets, name) <= MOST_DAYS for name in DAYS):
        raise NotNow(_("Give between 1 and {most} working days.").format(most=MOST_DAYS))
    if not FEWEST_MINUTES <= targets.immediate_minutes <= MOST_MINUTES:
        raise NotNow(_("Give between {fewest} and {most} minutes.").format(fewest=FEWEST_MINUTES, most=MOST_MINUTES))


def check_has_not_ended(membership: Membership) -> None:
    """Raise NotNow for a membership that somebody has ended."""
    if membership.ended_at is not None:
        raise NotNow(_("This membership has ended already."))


def check_absence_makes_sense(
    *, away: User, cover: User, agency: Agency, starts_on: date, ends_on: date, today: date
) -> None:
    """Raise NotNow for days that are over, overlap another absence, or for which the cover is away too."""
    if ends_on < starts_on or ends_on < today:
        raise NotNow(_("The last day away must be today or later, and not before the first."))
    if cover.pk == away.pk:
        raise NotNow(_("Somebody who is away cannot cover for themselves. Pick a colleague."))
    meanwhile = Absence.objects.standing().filter(agency=agency, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if meanwhile.filter(user=away).exists():
        raise NotNow(_("An absence is entered for these days already. Call it off first."))
    if meanwhile.filter(user=cover).exists():
        raise NotNow(_("This colleague is away themselves on some of these days. Pick another one."))


def check_absence_stands(absence: Absence, *, today: date) -> None:
    """Raise NotNow for an absence that is over or called off."""
    if absence.ended_at is not None or absence.ends_on < today:
        raise NotNow(_("This absence is over or was called off already."))


def check_may_be_called(url: str) -> None:
    """Raise NotNow for an address of a kind that no endpoint has; where its name leads is checked at each call."""
    try:
        parted(url)
    except AddressRefused as refused:
        raise NotNow(refused.why) from None


def check_enabled(endpoint: Endpoint) -> None:
    """Raise NotNow when the endpoint is disabled."""
    if endpoint.disabled_at is not None:
        raise NotNow(_("This endpoint is disabled. Enable it first."))


def check_disabled(endpoint: Endpoint) -> None:
    """Raise NotNow unless the endpoint is disabled."""
    if endpoint.disabled_at is None:
        raise NotNow(_("This endpoint is enabled already."))


def check_one_secret_holds(holding: Sequence[EndpointSecret]) -> None:
    """Raise NotNow while an old secret still signs beside a new one: a third would only confuse."""
    if len(holding) > 1:
        raise NotNow(
            _("The secret was changed a short while ago and the old one still holds. Wait, or end it at once.")
        )
