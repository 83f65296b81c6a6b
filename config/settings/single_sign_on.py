"""Providers of OpenID Connect, with which organisations' people sign in by their own accounts.

OIDC_PROVIDERS is a JSON list. Each has an "id" (in addresses), a "name" (on the button), a "server" (its issuer), a
"client_id" and "secret", and the "domains" of e-mail addresses for which it may speak. "vouches_for_emails" says that
it checks addresses although it sends no email_verified. "second_factor" says which values of "amr" (by default "mfa")
or "acr" in its token prove one.
"""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.environment import is_loopback, text


def read(setting: str) -> list[dict[str, Any]]:
    """The providers in the setting. Raises ImproperlyConfigured for one that is not to be trusted like this."""
    found: list[dict[str, Any]] = json.loads(setting)
    for each in found:
        if not each["server"].startswith("https://") and not is_loopback(each["server"]):
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: {each['id']} must be asked by HTTPS.")
        if not each["domains"]:
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: {each['id']} may speak for no domain.")
    return found


def library_settings(providers: list[dict[str, Any]]) -> dict[str, Any]:
    """The same as the library reads it. A sign-in at the provider from long ago proves nothing: it asks anew."""
    apps = [
        {
            "provider_id": each["id"],
            "name": each["name"],
            "client_id": each["client_id"],
            "secret": each["secret"],
            "settings": {"server_url": each["server"]},
        }
        for each in providers
    ]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "AUTH_PARAMS": {"max_age": "600"}, "APPS": apps}}


OIDC_PROVIDERS = read(text("OIDC_PROVIDERS", "[]"))
SOCIALACCOUNT_PROVIDERS = library_settings(OIDC_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "agencies.signin.providers.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that is sent may lead to no other site (form-action)
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
