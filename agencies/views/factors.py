"""One's own second factors: set up, confirm, remove."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_post, require_safe, require_safe_or_post
from agencies.actions.add_app import add_app
from agencies.actions.add_passkey import add_passkey
from agencies.actions.remove_factor import remove_factor
from agencies.actions.renew_recovery_codes import renew_recovery_codes
from agencies.forms.factors import AppForm, CodeForm, PasskeyForm
from agencies.permissions import Permission
from agencies.selectors import sessions_of
from agencies.signin.answering import took_answer
from agencies.signin.demanding import before_changing_factors, way_back
from agencies.signin.factors import factors_of, has_factor, new_secret
from agencies.signin.passkeys import can_have_passkeys, question_to_make_one
from agencies.signin.proof import prove
from agencies.signin.qr import picture_of
from agencies.views.sign_in import asking
from audit.refusals import NotNow

SECRET = "secret_of_new_app"  # noqa: S105  # where in the session it waits


@permission(Permission.HOME_READ)
@require_safe
def account(request: Request) -> HttpResponse:
    """One's second factors and sessions."""
    here = request.session.get("number")
    shown = {"factors": factors_of(request.user), "sessions": sessions_of(request.user, here=here)}
    return render(request, "agencies/account.html", shown)


@permission(Permission.HOME_READ, before_second_factor=True)
@require_safe_or_post
def confirm(request: Request) -> HttpResponse:
    """Answer the second factor once more, then go on."""
    form = CodeForm(request.POST or None)
    if not has_factor(request.user):
        return render(request, "agencies/sign_in_again.html")
    if request.method == "POST" and took_answer(request, request.user, form):
        request.session.cycle_key()  # whoever has seen the old one has nothing of the fresh proof
        return HttpResponseRedirect(way_back(request))
    shown = asking(request, request.user, form) | {"next": way_back(request)}
    return render(request, "agencies/confirm.html", shown)


@permission(Permission.HOME_READ, before_second_factor=True)
@require_safe
def set_up(request: Request) -> HttpResponse:
    """Choose a second factor to set up."""
    elsewhere = before_changing_factors(request, request.user)
    shown = {"passkeys": can_have_passkeys(request), "is_first": not has_factor(request.user)}
    return elsewhere or render(request, "agencies/set_up.html", shown)


@permission(Permission.HOME_READ, before_second_factor=True)
@require_safe_or_post
def set_up_app(request: Request) -> HttpResponse:
    """Set up an authenticator app."""
    if elsewhere := before_changing_factors(request, request.user):
        return elsewhere
    form = AppForm(request.POST or None)
    secret = request.session.setdefault(SECRET, new_secret())
    if request.method == "POST" and form.is_valid():
        try:
            codes = add_app(secret=secret, code=form.cleaned_data["code"], by=request.user, now=timezone.now())
        except NotNow as refused:
            form.add_error("code", str(refused))
        else:
            del request.session[SECRET]
            return _was_set_up(request, codes, how="totp")
    shown = {"form": form, "secret": secret, "picture": picture_of(request.user, secret)}
    return render(request, "agencies/set_up_app.html", shown)


@permission(Permission.HOME_READ, before_second_factor=True)
@require_safe_or_post
def set_up_passkey(request: Request) -> HttpResponse:
    """Set up a passkey."""
    if elsewhere := before_changing_factors(request, request.user):
        return elsewhere
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        codes = add_passkey(name=given["name"], credential=given["credential"], by=request.user, now=timezone.now())
        return _was_set_up(request, codes, how="webauthn")
    shown = {"form": form, "asked": question_to_make_one(request.user)}
    return render(request, "agencies/set_up_passkey.html", shown)


def _was_set_up(request: Request, codes: list[str], *, how: str) -> HttpResponse:
    prove(request, request.user, how=how)
    if codes:
        return render(request, "agencies/recovery_codes.html", {"codes": codes})
    messages.success(request, _("The second factor is set up."))
    return redirect("agencies:account")


@permission(Permission.HOME_READ, step_up=True)
@require_post
def remove(request: Request, number: int) -> HttpResponse:
    """Remove an app or a passkey."""
    remove_factor(number=number, by=request.user, now=timezone.now())
    messages.success(request, _("The second factor is removed."))
    return redirect("agencies:account")


@permission(Permission.HOME_READ, step_up=True)
@require_post
def new_codes(request: Request) -> HttpResponse:
    """Take new recovery codes."""
    codes = renew_recovery_codes(by=request.user, now=timezone.now())
    return render(request, "agencies/recovery_codes.html", {"codes": codes})
