"""A referral is opened to one person by name."""

from datetime import datetime

from django.contrib.auth.models import Permission as Right

from agencies.models import Agency, User
from audit.access import disclosed_to
from audit.action import action
from audit.actors import Actor
from referrals.models import READ, AccessKind, NamedAccess, Referral


@action
def open_access(
    *,
    referral: Referral,
    to: User,
    agency: Agency,
    kind: AccessKind,
    reason: str,
    ends_at: datetime | None,
    by: Actor,
    now: datetime,
) -> NamedAccess:
    """Let `to` read a locked referral for `agency` until `ends_at`: the one place where such rows are made.

    A part of the actions that share, name and break glass: they have checked who may, and why.
    """
    access = NamedAccess(
        user=to,
        permission=Right.objects.select_related("content_type").get(
            codename=READ, content_type__app_label=Referral._meta.app_label
        ),
        content_object=referral,
        agency=agency,
        kind=kind,
        reason=reason,
        granted_at=now,
        granted_by=by.pk,
        ends_at=ends_at,
    )
    access.save(force_insert=True)
    if to.pk != by.pk:
        disclosed_to(to.pk, access, form=kind, agency=agency.pk)
    return access
