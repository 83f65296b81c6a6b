"""Signing in: e-mail address and password, then a second factor; or a passkey, which is both. And signing out."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.views import LoginView, LogoutView
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from requests import RequestException

from agencies.access import public, require_safe, require_safe_or_post
from agencies.forms.factors import CodeForm
from agencies.models import User
from agencies.signin.answering import took_answer, user_by_passkey
from agencies.signin.demanding import forget_on_this_machine
from agencies.signin.demonstration import code_to_show
from agencies.signin.factors import Kind, factors_of
from agencies.signin.passkeys import can_have_passkeys, question
from agencies.signin.providers import providers, refuse
from agencies.signin.tokens import take_answer


class SignIn(LoginView):
    """The first step."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what else the page offers."""
        return super().get_context_data(**kwargs) | {
            "passkeys": can_have_passkeys(self.request),
            "providers": list(providers().values()),
        }


class SignOut(LogoutView):
    """Ends the session, and lets the browser forget what it has shown."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        return forget_on_this_machine(super().post(*args, **kwargs))


sign_in = public(require_safe_or_post(SignIn.as_view()))
sign_out = public(require_safe_or_post(SignOut.as_view()))
from_provider = public(require_safe(take_answer))


@public
@require_safe
def by_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to an organisation's own sign-in, unless that is down. Another site's page leads to ours first."""
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        return redirect("account_login")
    try:
        answer: HttpResponse = openid_connect.login(request, provider_id)
    except RequestException:
        refuse(request, provider_id)
    return answer


@public
@require_safe_or_post
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step, for whoever has given the right password."""
    stage = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001  # the library's decorator puts it there
    form = CodeForm(request.POST or None)
    answer: HttpResponse
    if not stage.stands():
        answer = stage.abort()
        return answer
    if request.method == "POST" and took_answer(request, stage.login.user, form):
        answer = stage.exit()
        return answer
    return render(request, "account/second_factor.html", asking(request, stage.login.user, form))


def asking(request: HttpRequest, user: User, form: CodeForm) -> dict[str, Any]:
    """What a page needs that asks for a second factor."""
    kinds = {each["kind"] for each in factors_of(user)}
    return {
        "form": form,
        "asked": question(user) if Kind.WEBAUTHN in kinds and can_have_passkeys(request) else None,
        "has_app": Kind.TOTP in kinds,
        "demonstration_code": code_to_show(user),
    }


@public
@require_safe_or_post
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: asked for by the script of the sign-in page, then sent by its form."""
    if request.method != "POST":
        return JsonResponse(question())
    user = user_by_passkey(request)
    answer: HttpResponse = perform_login(request, Login(user=user)) if user else redirect("account_login")
    return answer
