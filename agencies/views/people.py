"""People's accounts: found, invited, suspended, closed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.invite_user import invite_user
from agencies.actions.keep_suspended import keep_suspended
from agencies.actions.resume_user import resume_user
from agencies.actions.send_invitation import send_invitation
from agencies.actions.suspend_user import suspend_user
from agencies.actions.withdraw_invitation import withdraw_invitation
from agencies.administration import Account, account_of, accounts, waiting_proposals
from agencies.forms.administration import FindForm, InviteForm
from agencies.models import User
from agencies.permissions import Permission, check_can_close_account
from agencies.roles import RoleName, takes_two
from agencies.views.trying import tried

SHOWN = 200


@permission(Permission.USER_CREATE)
@require_safe_or_post
def people(request: Request) -> HttpResponse:
    """Everybody by name, or those who were looked for: by POST, because a name does not belong in an address."""
    form = FindForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = accounts(on=timezone.localdate(), words=words, shown=SHOWN + 1)
    if words and not found:
        form.add_error("words", _("Nobody here is called that"))
    context = {"form": form, "searched": bool(words), "accounts": found[:SHOWN], "more": len(found) > SHOWN}
    return render(request, "agencies/people.html", context)


@permission(Permission.USER_CREATE, step_up=True)
@require_safe_or_post
def invite(request: Request) -> HttpResponse:
    """Make an account with its first role, and send the link, at once or when the role is approved."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[User] = []
        if tried(form, lambda: made.append(invite_user(**form.given, by=request.user, now=timezone.now()))):
            messages.success(request, said_of_role(form.given["role"], invited=True))
            return redirect("agencies:user", made[0].pk)
    return render(request, "agencies/invite.html", {"form": form})


@permission(Permission.USER_CREATE)
@require_safe
def user(request: Request, user_id: UUID) -> HttpResponse:
    """One account: how it stands, its roles, and what can be done."""
    account = persons_account(user_id)
    now = timezone.now()
    link = account.user.invitations.order_by("-made_at", "-pk").first()
    context = {
        "account": account,
        "proposals": list(waiting_proposals().filter(user=account.user)),
        "link": link,
        "link_works": link is not None and link.works(now),
        "now": now,
        "oneself": account.user.pk == request.user.pk,
        "asked_oneself": account.user.resume_asked_by_id == request.user.pk,
    }
    return render(request, "agencies/user.html", context)


@permission(Permission.USER_CREATE, step_up=True)
@require_safe_or_post
def send_link(request: Request, user_id: UUID) -> HttpResponse:
    """Send the link to set a password, for the first time or again."""
    return _done(request, user_id, send_invitation, _("The link is on its way. Any link sent before opens nothing."))


@permission(Permission.USER_CREATE)
@require_safe_or_post
def withdraw_link(request: Request, user_id: UUID) -> HttpResponse:
    """Let the link that was sent open nothing."""
    return _done(request, user_id, withdraw_invitation, _("The link opens nothing any more."))


@permission(Permission.USER_DEACTIVATE, step_up=True)
@require_safe_or_post
def resume(request: Request, user_id: UUID) -> HttpResponse:
    """Open an account again that was suspended or closed, or ask for it where it takes a second administrator."""
    account = persons_account(user_id)
    if request.method == "POST":
        resumed = resume_user(user_id=account.user.pk, by=request.user, now=timezone.now())
        asked = _("You have asked to open the account. Another administrator has to open it too.")
        messages.success(request, _("The account is open again.") if resumed.is_active else asked)
    return redirect("agencies:user", account.user.pk)


@permission(Permission.USER_DEACTIVATE)
@require_safe_or_post
def stay_suspended(request: Request, user_id: UUID) -> HttpResponse:
    """Decline to open an account again, or take back that one asked."""
    return _done(request, user_id, keep_suspended, _("The account stays suspended."))


@permission(Permission.USER_DEACTIVATE, step_up=True)
@require_safe_or_post
def suspend(request: Request, user_id: UUID) -> HttpResponse:
    """Shut an account for a while: asked once, then done at once."""
    account = _of_another(request, user_id)
    if request.method == "POST":
        return _done(request, user_id, suspend_user, _("The account is suspended. Their sessions have ended."))
    return render(request, "agencies/suspend.html", {"account": account})


@permission(Permission.USER_DEACTIVATE, step_up=True)
@require_safe_or_post
def leave(request: Request, user_id: UUID) -> HttpResponse:
    """Somebody has left for good: asked once, then done at once."""
    account = _of_another(request, user_id)
    if request.method == "POST":
        return _done(request, user_id, deactivate_user, _("The account is closed, and its roles have ended."))
    return render(request, "agencies/close_account.html", {"account": account})


def persons_account(user_id: UUID) -> Account:
    """Somebody's account, not a system's; otherwise the page of an absent one."""
    found = get_object_or_404(User.objects.filter(is_system=False), pk=user_id)
    return account_of(found, on=timezone.localdate())


def said_of_role(role: RoleName, *, invited: bool = False) -> str:
    """What happens next with a role that was given."""
    if takes_two(role):
        said = _("The role is proposed. Another administrator has to approve it.")
        return f"{said} {_('Then the link is sent to them.')}" if invited else said
    return _("They have the role, and the link is on its way.") if invited else _("They have the role.")


def _of_another(request: Request, user_id: UUID) -> Account:
    account = persons_account(user_id)
    check_can_close_account(request.user, account.user)
    return account


def _done(request: Request, user_id: UUID, do: Callable[..., Any], said: str) -> HttpResponse:
    """Who had to prove themselves first comes back by GET, to the account."""
    account = persons_account(user_id)
    if request.method == "POST":
        do(user_id=account.user.pk, by=request.user, now=timezone.now())
        messages.success(request, said)
    return redirect("agencies:user", account.user.pk)
