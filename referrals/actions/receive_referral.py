"""A referral that another organisation's system sends: however often it is sent, one referral comes of it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from audit.action import action
from audit.locks import lock_name
from audit.refusals import Refused
from referrals.actions.start_draft import start_draft
from referrals.actions.submit_referral import Submitted, submit_referral
from referrals.holding import Holder, keyed_hash
from referrals.models import Draft, Referral
from referrals.permissions import check_can_submit

# How long a repetition gets the very same answer. The row then goes; the key stays spent.
KEPT = timedelta(days=7)
_KEYS = UUID("0b1f1a7e-6f0d-4b39-9a44-0f6f5f2f6a10")


class KeyReused(Refused):
    """The idempotency key came with other content before."""


class KeySpent(Refused):
    """The idempotency key made a referral longer ago than answers are kept."""

    def __init__(self, referral: Referral) -> None:
        super().__init__(_("This idempotency key made a referral more than 7 days ago. Nothing new was stored."))
        self.referral = referral


@dataclass(frozen=True)
class Received:
    """The referral, the code for later contact, and whether it was there already."""

    referral: Referral
    code: str
    repeated: bool


@action
def receive_referral(
    *, idempotency_key: str, form_version: str, language: str, answers: dict[str, Any], by: User, now: datetime
) -> Received:
    """Store and send a referral, once for each system and idempotency key. Locks the key.

    The draft's id is made of both, so that what makes a submission idempotent at the form does it here; the draft
    keeps a keyed hash of the content, the reference and the sealed code for 7 days, and nothing else.

    Raises:
        Forbidden: `by` may not submit referrals.
        Incomplete: something required is missing or wrong; nothing was stored.
        KeyReused: the key came with other content before.
        KeySpent: the key made a referral longer ago than answers are kept.
    """
    check_can_submit(by)
    draft_id = uuid5(_KEYS, f"{by.pk}:{idempotency_key}")
    lock_name(f"received:{draft_id}")  # there is no row to lock before the first request with this key has made one
    holder = Holder(by=by)
    digest = _digest(form_version, language, answers)
    draft: Draft | None = holder.drafts(now=now).filter(pk=draft_id).first()
    if draft is not None and draft.body_digest != digest:
        raise KeyReused(_("This idempotency key was used with other content. Send this with a new key."))
    if draft is None:
        spent = Referral.objects.filter(draft_id=draft_id).first()
        if spent is not None:
            raise KeySpent(spent)
        draft = _begin(draft_id, digest, form_version, language, answers, holder, by=by, now=now)
    repeated = draft.is_sent
    outcome: Submitted = submit_referral(draft_id=draft_id, holder=holder, by=by, now=now)
    referral: Referral = Referral.objects.get(draft_id=draft_id)
    return Received(referral, outcome.code, repeated)


def _begin(
    draft_id: UUID,
    digest: str,
    form_version: str,
    language: str,
    answers: dict[str, Any],
    holder: Holder,
    *,
    by: User,
    now: datetime,
) -> Draft:
    draft: Draft = start_draft(
        holder=holder,
        language=language,
        answers=answers,
        agency=agencies_where(by, Permission.REFERRAL_SUBMIT)[0],
        draft_id=draft_id,
        form_version=form_version,
        body_digest=digest,
        lives=KEPT,
        by=by,
        now=now,
    )
    return draft


def _digest(form_version: str, language: str, answers: dict[str, Any]) -> str:
    """What tells one content from another without telling what it is."""
    content = json.dumps([form_version, language, answers], sort_keys=True, ensure_ascii=True)
    return keyed_hash(content, of="api-content")
