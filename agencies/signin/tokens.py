"""What a provider of OpenID Connect says is believed by its signature, and only of the issuer that was agreed.

The library skips both, as the standard allows where the token came over TLS. But whoever stands in that one connection,
or changes where the provider's document of itself points, could then be anybody here.
"""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from agencies.signin.providers import refuse


class CheckedTokens(OpenIDConnectOAuth2Adapter):
    """Takes the answer of one provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's document of itself. Raises OAuth2Error where it names another issuer than was agreed."""
        told: dict[str, Any] = super().openid_config
        agreed = str(self.get_provider().app.settings["server_url"])
        if str(told.get("issuer")).rstrip("/") != agreed.rstrip("/"):
            raise OAuth2Error("The provider names another issuer.")
        return told

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        self.did_fetch_access_token = False  # by this the library decides to skip the signature
        told: dict[str, Any] = super()._decode_id_token(app, id_token)
        return told


def take_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what a provider answers; one that cannot be believed or asked leads back to the sign-in page.

    Raises Http404 where none is so called.
    """
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(CheckedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (OAuth2Error, RequestException):
        refuse(request, provider_id)
    return answer
