"""WHEN a change to an agency, user or membership is allowed: what the records permit."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import Absence, Agency, ApiKey, Endpoint, EndpointSecret, Membership, User
from agencies.permissions import can
from agencies.roles import ROLES, RoleName
from agencies.scopes import PERMISSIONS, Scope
from agencies.targets import FEWEST_MINUTES, MOST_DAYS, MOST_MINUTES, Targets
from agencies.webhooks.addresses import AddressRefused, parted
from audit.refusals import NotNow


def check_role_is_theirs(role: RoleName, user: User) -> None:
    """Raise NotNow for a system's role on somebody who signs in, and the other way round."""
    if ROLES[role].for_systems is not user.is_system:
        raise NotNow(_("The role “{role}” is not for this kind of account.").format(role=RoleName(role).label))


def check_key_works(key: ApiKey, *, now: datetime) -> None:
    """Raise NotNow for a key that has ended or was revoked."""
    if not key.works(now):
        raise NotNow(_("This key no longer works. Make a new one."))


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
    if not why.strip():
        raise NotNow(_("Say why the key is revoked."))


def check_role_fits(role: RoleName, agency: Agency) -> None:
    """Raise NotNow unless the role hangs on agencies of this kind."""
    if agency.kind not in ROLES[role].agency_kinds:
        raise NotNow(
            _("The role “{role}” does not exist in an agency like {agency}.").format(
                role=RoleName(role).label, agency=agency.name
            )
        )


def check_targets_within_reason(targets: Targets) -> None:
    """Raise NotNow for days or minutes that no page offers."""
    days = (targets.acknowledge_days, targets.supervisor_days, targets.desk_days)
    if not all(1 <= each <= MOST_DAYS for each in days):
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
