"""Single sign-on: an organisation's own provider of OpenID Connect says who somebody is.

What it says counts for the domains of e-mail addresses that were agreed with it, and its second factor only where its
signed token proves one. Everybody else answers ours.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actions.sign_in_by_provider import Claims, sign_in_by_provider
from agencies.models import User
from agencies.signin.proof import FRESH, prove
from audit.access import looked
from audit.agents import Agent
from audit.models import Entry
from audit.refusals import Forbidden

FAILED = _("Signing in with your organisation’s account did not work. Try again, or use your password.")
# Between the provider's clock and ours.
SKEW = 60


@dataclass(frozen=True)
class Provider:
    """One provider, as the setting OIDC_PROVIDERS names it."""

    id: str
    name: str
    domains: tuple[str, ...]
    vouches_for_emails: bool
    amr: frozenset[str]
    acr: frozenset[str]

    def address_of(self, token: Mapping[str, Any], about: Mapping[str, Any]) -> str:
        """The e-mail address in what the provider says, if it may speak for it; else nothing.

        Address and whether it is verified are of one source: the signed token, or what stands beside it where that
        names none.
        """
        said = token if token.get("email") else about
        email = str(said.get("email") or "").strip()
        vouched = self.vouches_for_emails or said.get("email_verified") is True
        name, _at, domain = email.rpartition("@")
        return email if vouched and name and domain.casefold() in self.domains else ""

    def second_factor_at(self, token: Mapping[str, Any]) -> float | None:
        """When a second factor was answered, as the signed token says: a moment ago. Else nothing."""
        at, methods, level = token.get("auth_time"), token.get("amr"), token.get("acr")
        by_method = isinstance(methods, list) and bool(self.amr & {str(each) for each in methods})
        by_level = isinstance(level, str) and level in self.acr
        if not isinstance(at, int) or not (by_method or by_level):
            return None
        now = time.time()
        return min(at, now) if -SKEW < now - at < FRESH.total_seconds() + SKEW else None


def contradict(token: Mapping[str, Any], about: Mapping[str, Any]) -> bool:
    """Whether what stands beside the signed token says otherwise of somebody than the token does."""
    if about.get("sub", token.get("sub")) != token.get("sub"):
        return True
    return any(len(_said_of(name, token, about)) > 1 for name in ("email", "email_verified"))


def providers() -> dict[str, Provider]:
    """Those of this installation, by id."""
    return {
        each["id"]: Provider(
            id=each["id"],
            name=each["name"],
            domains=tuple(str(domain).casefold() for domain in each["domains"]),
            vouches_for_emails=each.get("vouches_for_emails") is True,
            amr=frozenset(each.get("second_factor", {}).get("amr", ["mfa"])),
            acr=frozenset(each.get("second_factor", {}).get("acr", [])),
        )
        for each in settings.OIDC_PROVIDERS
    }


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Takes what the library has fetched, and goes our own way: it stores nothing, and nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> NoReturn:
        """Sign in whom the provider names, or say that it did not work."""
        said = sociallogin.account.extra_data
        token, about = said.get("id_token") or {}, said.get("userinfo") or {}
        provider = providers()[sociallogin.account.provider]
        if not token.get("sub") or contradict(token, about):
            refuse(request, provider.id)
        claims = Claims(provider.id, str(token["sub"])[:255], provider.address_of(token, about))
        try:
            user = sign_in_by_provider(claims=claims, by=Agent.VISITOR, now=timezone.now())
        except Forbidden as refused:
            messages.error(request, str(refused))
            raise ImmediateHttpResponse(redirect("account_login")) from None
        _note(request, user, provider, factor_at=provider.second_factor_at(token))
        raise ImmediateHttpResponse(perform_login(request, Login(user=user)))

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """Back to the sign-in page; a reply that nobody here has asked for ends there too."""
        refuse(request, str(getattr(provider, "sub_id", "")))


def refuse(request: HttpRequest, provider: str) -> NoReturn:
    """Lead back to the sign-in page, on the record: it did not work."""
    looked(kind=Entry.Kind.SIGN_IN_FAILED, by=Agent.VISITOR, now=timezone.now(), provider=provider)
    messages.error(request, FAILED)
    raise ImmediateHttpResponse(redirect("account_login"))


def _said_of(name: str, *claims: Mapping[str, Any]) -> set[str]:
    said = (each.get(name) for each in claims)
    return {str(each).strip().casefold() for each in said if each is not None and each != ""}


def _note(request: HttpRequest, user: User, provider: Provider, *, factor_at: float | None) -> None:
    record_authentication(request, user, "provider", provider=provider.id)
    if factor_at is not None:
        prove(request, user, how=f"provider {provider.id}", at=factor_at)
