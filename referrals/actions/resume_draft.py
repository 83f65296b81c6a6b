"""A saved draft is opened again, on this or another machine, by its link and code."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from referrals.holding import Holder, keyed_hash
from referrals.models.draft import WRONG_CODES, Draft
from referrals.reference import contact_code_matches


@action
def resume_draft(*, token: str, code: str, holder: Holder, by: Actor, now: datetime) -> Draft | None:
    """Bind the draft to the holder's browser and use up link and code; None if they open nothing.

    A wrong code is counted, which is why it is no refusal: a refusal would be rolled back. The fifth closes the
    link; whoever has the draft open keeps it.
    """
    draft: Draft | None = (
        Draft.objects.filter(saved_link=keyed_hash(token, of="link"), expires_at__gt=now, submitted_at=None)
        .select_for_update(of=("self",))
        .first()
    )
    if draft is None or not holder.browser:
        return None
    if not contact_code_matches(code, draft.saved_code):
        _count_wrong_code(draft)
        return None
    return draft.changed(browser=holder.browser, saved_link="", saved_code="", wrong_codes=0, touched_at=now)


def _count_wrong_code(draft: Draft) -> None:
    draft.wrong_codes += 1
    if draft.wrong_codes >= WRONG_CODES:
        draft.changed(wrong_codes=0, saved_link="", saved_code="")
    else:
        draft.changed(wrong_codes=draft.wrong_codes)
