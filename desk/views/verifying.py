"""Whether the ledger is still what was sealed: verified when an auditor asks, and once a day anyway."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from agencies.selectors import names_of
from audit.actions.verify_ledger import progress_of
from audit.models import Verification
from desk.actions.ask_to_verify import ask_to_verify
from desk.audit.sentences import name_of

SHOWN = 10


@permission(Permission.AUDIT_VERIFY)
@require_safe_or_post
def audit_verify(request: Request) -> HttpResponse:
    """What the last verifications found, how far one is, and a button that asks for one."""
    if request.method == "POST":
        ask_to_verify(by=request.user, now=timezone.now())
        return redirect("desk:audit-verify")
    rows = list(Verification.objects.order_by("-asked_at")[:SHOWN])
    names = names_of({row.asked_by for row in rows})
    asked = [(row, name_of(row.asked_by, names)) for row in rows]
    waiting = next((row for row in rows if row.is_waiting), None)
    last = next((row for row in rows if row.done), None)
    context = {"waiting": waiting, "read": progress_of(waiting) if waiting else 0, "last": last, "asked": asked}
    return render(request, "desk/audit/verify.html", context)
