"""Every form that somebody finds, filled in and sent by who means it: so that what is tried with bad input is tried.

Nearly everything that people do is done here once.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.house.reading import name_of, undone
from tests.house.shadow import differences
from tests.house.walked.test_bad_input import ERROR, Tried, sent, tried

__all__ = ["tried"]


def test_what_is_honest_is_taken_and_told_by_ledger_and_history_alike(tried: Tried) -> None:
    refused = set()
    for form in tried.forms():
        # Of each agency somebody must be named: the first of the list may be of one's own.
        named = {field.name: list(field.options) for field in form.fields if field.name == "named"}
        given = tried.honest(form) | named
        files = [SimpleUploadedFile("a.txt", b"Words")] if form.multipart else None
        with undone(form.client):
            answer = sent(form, given, files=files)
            if answer.status_code >= 400 or (answer.status_code == 200 and ERROR in answer.content):
                refused.add(name_of(form.action))
            assert (form.name, differences()) == (form.name, [])
    # Most ask for a secret, one warns that the colleague is away, and one's only second factor stays.
    secrets = {
        "account_login", "agencies:change-password", "agencies:confirm", "agencies:invitation", "front-door:resume",
        "dialogue:come-back", "dialogue:use-link", "mfa_authenticate",
    }  # fmt: skip
    new_factors = {"agencies:set-up-app", "agencies:set-up-passkey"}
    # Nothing is opened to an address that nobody has, nobody is left to be named, no glass is broken for one’s own.
    by_name = {"referrals:share", "referrals:open-review", "referrals:name", "referrals:emergency"}
    # Contact to come has a day that lies ahead, as contact that was has not; no referrer's address is verified here.
    not_here = {"desk:plan-contact", "referrals:tell-referrer"}
    # Who asked not to be named is shown first before anybody succeeds them, and none is invited without clearance.
    not_here |= {"referrals:succeed-referrer", "referrals:invite-successor"}
    # Of colleagues of one name the first of the list is now one who is named already, now one who is not.
    refused |= {"referrals:name"}
    assert refused == {*secrets, *new_factors, *by_name, *not_here, "referrals:assign", "agencies:remove-factor"}
