"""One's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.forms.password import PasswordForm
from agencies.permissions import Permission
from agencies.signin.answering import took_password
from audit.refusals import NotNow


@permission(Permission.HOME_READ, step_up=True)
@require_safe_or_post
def change_password(request: Request) -> HttpResponse:
    """Change it, for whoever has one: others sign in by their organisation's account or a passkey."""
    if not request.user.has_usable_password():
        raise NotNow(_("You have no password here: you sign in in another way."))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and took_password(request, form):
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Wherever else you were signed in, you no longer are."))
        return redirect("agencies:account")
    return render(request, "agencies/change_password.html", {"form": form})
