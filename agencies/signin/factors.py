"""Second factors: an app that shows codes, passkeys, and recovery codes for the day when neither is at hand."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from agencies.models import User

Kind = Authenticator.Type
# Recovery codes help whoever has lost a factor; they are none themselves.
FACTORS = (Kind.TOTP, Kind.WEBAUTHN)
NAMES = {Kind.TOTP: _("Authenticator app"), Kind.WEBAUTHN: _("Passkey"), Kind.RECOVERY_CODES: _("Recovery codes")}
# Until which step of time an app's codes were used up: a code that somebody overlooked opens nothing.
_USED_UP = "used_up"


def has_factor(user: User) -> bool:
    """Whether somebody has a second factor."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def new_secret() -> str:
    """A secret for an authenticator app."""
    return generate_totp_secret()


def step_of(secret: str, code: str, *, after: int = 0) -> int | None:
    """The step of time to which a code belongs, if that is about now and later than `after`; else None."""
    for step in yield_hotp_counters_from_time():
        if step > after and constant_time_compare(format_hotp_value(hotp_value(secret, step)), code):
            return int(step)
    return None


def next_code(authenticator: Authenticator) -> str:
    """The first code of an app that is good now and was not used: for the demonstration, and for tests."""
    used_up = authenticator.data.get(_USED_UP, 0)
    step = next(step for step in yield_hotp_counters_from_time() if step > used_up)
    return str(format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), step)))


def add_totp(user: User, secret: str, *, used_up: int = 0) -> Authenticator:
    """Store an app's secret, in the running action; `used_up` is the step of the code that proved it."""
    made: Authenticator = TOTP.activate(user, secret).instance
    _use_up(made, used_up)
    return made


def answered_by(user: User, code: str) -> Authenticator | None:
    """Which of somebody's factors a code answers, in the running action: that code answers it never again."""
    typed = "".join(code.split())
    for each in Authenticator.objects.select_for_update().filter(user=user).exclude(type=Kind.WEBAUTHN):
        if _answers(each, typed):
            return each
    return None


def _answers(authenticator: Authenticator, typed: str) -> bool:
    if authenticator.type == Kind.RECOVERY_CODES:
        return bool(RecoveryCodes(authenticator).validate_code(typed))
    step = step_of(decrypt(authenticator.data["secret"]), typed, after=authenticator.data.get(_USED_UP, 0))
    if step is not None:
        _use_up(authenticator, step)
    return step is not None


def _use_up(authenticator: Authenticator, step: int) -> None:
    authenticator.data[_USED_UP] = step
    authenticator.save(update_fields=["data"])


def renewed_codes(user: User) -> list[str]:
    """Fresh recovery codes in place of the old ones, in the running action. They are shown this once."""
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def first_codes(user: User) -> list[str]:
    """Recovery codes for whoever has none yet, in the running action; no codes for others."""
    return [] if Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).exists() else renewed_codes(user)


def factors_of(user: User) -> list[dict[str, Any]]:
    """Somebody's factors, as a page lists them."""
    found = Authenticator.objects.filter(user=user).order_by("created_at", "pk")
    return [
        {
            "pk": each.pk,
            "kind": each.type,
            "name": each.data.get("name") or NAMES[Kind(each.type)],
            "added": each.created_at,
            "used": each.last_used_at,
            "codes_left": len(RecoveryCodes(each).get_unused_codes()) if each.type == Kind.RECOVERY_CODES else None,
        }
        for each in found
    ]
