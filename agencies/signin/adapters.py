"""How the sign-in library behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.signin.proof import has_proven
from agencies.signin.sessions import wait_for_factor
from agencies.signin.tries import Payment, pay_back, pay_for_sign_in
from audit.access import looked
from audit.agents import Agent
from audit.keys import seal, unseal
from audit.models import Entry

_PLACE = "second-factor"
_PASSWORD = "password"  # noqa: S105  # where a fingerprint of it waits
WRONG = _("The e-mail address or the password is not right. Check both and try again.")
WAIT = _("Too many tries. Wait 5 minutes, then try again. Nobody else is kept waiting by this.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators: nobody signs up at a page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": WAIT,
    }
    paid: Payment

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. Raises ValidationError, the same for known and unknown accounts, where it is one too many."""
        email = str(credentials.get("email") or "")
        self.paid = pay_for_sign_in(request, email, now=timezone.now())
        if self.paid.must_wait:
            tried = email[:254]
            looked(kind=Entry.Kind.SIGN_IN_FAILED, by=Agent.VISITOR, now=timezone.now(), tried=tried, waits=True)
            raise self._must_wait()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user, or None: also for who has left, and for a service account, answered as with a wrong password.

        Raises ValidationError where somebody has to wait: after a wrong password too where the address has to.
        """
        found: User | None = super().authenticate(request, **credentials)
        if found is None or not found.is_active or found.is_system:
            if self.paid.silent:
                raise self._must_wait()
            return None
        pay_back(self.paid)
        return found

    def _must_wait(self) -> ValidationError:
        return ValidationError(WAIT, code="too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The library's own count is off."""

    def get_login_stages(self) -> list[str]:
        """With our stage in the place of the library's."""
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__qualname__}"
        ours = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]


class SecondFactorStage(AuthenticateStage):
    """The step of signing in that asks for the second factor: of everybody who has one and has not shown it yet."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Ask for it, or go on. Meanwhile it is known by which password they came this far."""
        asked, goes_on = super().handle()
        if asked is not None:
            self.state[_PASSWORD] = self.login.user.get_session_auth_hash()
            wait_for_factor(self.request, now=timezone.now())
        return asked, goes_on

    def stands(self) -> bool:
        """Whether the account is open still, with the same password: the session itself ends with all others."""
        user = self.login.user
        return user.is_active and constant_time_compare(self.state.get(_PASSWORD, ""), user.get_session_auth_hash())

    def _should_handle(self, request: HttpRequest) -> bool:
        return not has_proven(request, self.login.user) and bool(super()._should_handle(request))


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed under the house's own data key."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return seal(None, text.encode(), bound_to=_PLACE).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return unseal(None, bytes.fromhex(encrypted_text), bound_to=_PLACE).decode()
