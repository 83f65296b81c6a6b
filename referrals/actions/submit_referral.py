"""A draft becomes a referral: person, referrer, two dispatches, event and entries in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.models import User
from audit.action import action
from audit.actors import Actor
from documents.actions.adopt_uploads import adopt_uploads
from people.actions.create_person import create_person
from referrals.actions.dispatch_referral import dispatch_referral
from referrals.actions.judge_likeness import judge_likeness
from referrals.concerning import Concern
from referrals.extracts import aside_of, person_details, referrer_details
from referrals.form import check_complete, clean, is_immediate
from referrals.holding import Holder
from referrals.models import Draft, ReceivedBy, Referral, Referrer
from referrals.permissions import check_can_submit
from referrals.reference import hash_contact_code, new_contact_code, new_reference
from referrals.routing import Route, route


@dataclass(frozen=True)
class Submitted:
    """What the referrer is shown: the reference, and the code for later contact."""

    reference: str
    code: str


@action
def submit_referral(*, draft_id: UUID, language: str = "", holder: Holder, by: Actor, now: datetime) -> Submitted:
    """Send a draft. Locks it: however often it is sent, one referral comes of it, with the same reference.

    Routing is decided here, from the stored answers; those to questions no longer asked are dropped. One of a flood is
    stored and held: who sends it sees the same page, and the national desk decides whether it goes on.
    `language` is the one the referrer reads while sending, in which they are written to; empty for the draft's.

    Raises:
        Draft.DoesNotExist: there is no such draft (never was, or swept), or the holder does not hold it.
        Incomplete: something required is missing or wrong; nothing was stored.
        Forbidden: `by` may not submit referrals.
        ImproperlyConfigured: there is no national desk to fall back on.
    """
    draft = holder.lock(draft_id, now=now)
    check_can_submit(by)
    if draft.outcome is not None:
        return Submitted(**draft.outcome)
    check_complete(draft.answers, draft.form_version)
    answers = clean(draft.answers, draft.form_version)
    decided = route(answers, Gazetteer.at(timezone.localdate(now)))
    draft.language = language or draft.language
    outcome = Submitted(reference=_free_reference(), code=new_contact_code())
    referral = _store_referral(draft, answers, decided, outcome, by=by, now=now)
    adopt_uploads(draft_id=draft.pk, referral_id=referral.pk, person=referral.person, by=by, now=now)
    concern = Concern.of(referral)
    # The national desk, which looks at floods, is to know nothing of what may concern a user.
    if concern.restricts or not judge_likeness(referral=referral, by=by, now=now):
        dispatch_referral(referral=referral, decided=decided, concern=concern, by=by, now=now)
    draft.changed(answers={}, outcome=vars(outcome), submitted_at=now, language=draft.language)
    return outcome


def _store_referral(
    draft: Draft, answers: dict[str, Any], decided: Route, outcome: Submitted, *, by: Actor, now: datetime
) -> Referral:
    referral = Referral(
        person=create_person(
            details=person_details(answers), aside=aside_of(answers, on=timezone.localdate(now)), by=by, now=now
        ),
        reference=outcome.reference,
        contact_code_hash=hash_contact_code(outcome.code),
        draft_id=draft.pk,
        form_version=draft.form_version,
        language=draft.language,
        received_by=ReceivedBy.API if draft.body_digest else answers.get("entry", ReceivedBy.FORM),
        submitted_at=now,
        submitted_by=by.pk,
        entered_by=by if isinstance(by, User) else None,
        immediate=is_immediate(answers),
        nation=decided.nation,
        routed_how=decided.how,
        flagged=decided.flagged,
        answers=answers,
    )
    referral.save(force_insert=True)
    Referrer(referral=referral, **referrer_details(answers)).save(force_insert=True)
    return referral


def _free_reference() -> str:
    """A reference nobody has: the unique constraint is the wall, this keeps people from meeting it."""
    while True:
        reference = new_reference()
        if not Referral.objects.filter(reference=reference).exists():
            return reference
