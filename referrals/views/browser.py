"""The cookie that binds drafts to one browser: a random secret, signed, gone when the browser closes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.agents import Agent
from referrals.holding import Holder, keyed_hash, new_secret

SALT = "referrals.front-door"


def cookie_name() -> str:
    """`__Host-` keeps other hosts of the domain from setting it, where there is TLS."""
    return "__Host-front-door" if settings.SESSION_COOKIE_SECURE else "front-door"


def holder_of(request: HttpRequest) -> Holder:
    """Whoever sits at this browser; without a cookie of ours they hold nothing."""
    secret = request.get_signed_cookie(cookie_name(), default="", salt=SALT)
    return Holder(Agent.REFERRER, keyed_hash(secret, of="browser") if secret else "")


def remember(request: HttpRequest, secret: str, response: HttpResponse) -> HttpResponse:
    """Put the secret into the browser, for as long as it stays open."""
    response.set_signed_cookie(
        cookie_name(), secret, salt=SALT, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def secret_for(request: HttpRequest) -> str:
    """The browser's secret, a new one where it has none."""
    return request.get_signed_cookie(cookie_name(), default="", salt=SALT) or new_secret()


def forget(response: HttpResponse) -> HttpResponse:
    """Take the secret away, and ask the browser to drop everything else of ours."""
    for name in (cookie_name(), settings.LANGUAGE_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
