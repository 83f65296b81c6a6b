"""How much one browser, address, e-mail domain or key may do before it is asked to wait. All local settings, all here.

They keep a machine from filling the database, and nothing else. What is *said* too often is judged by likeness
(`referrals/actions/judge_likeness.py`): a flood is better stored, held and looked at by a person than turned away by a
count. So each number stands above the worst day we can think of: 300 honest referrals from one school in an hour, and
700 copies from one script in ten minutes, which shall all arrive in the quarantine. Nothing here ever closes the form:
who is over a limit is told to press the button again in some seconds, and nothing that was typed is lost.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Limit:
    """`at_once` may be done without a pause; then so many an hour, evenly."""

    at_once: int
    an_hour: int


class Key(StrEnum):
    """By what is counted. A school is one address with many browsers; a script may be one browser, or many."""

    ADDRESS = "address"
    API_KEY = "api_key"
    BROWSER = "browser"
    DRAFT = "draft"
    EMAIL_DOMAIN = "email_domain"
    LINK = "link"
    REFERENCE = "reference"


class Doing(StrEnum):
    """What is counted."""

    BEGIN = "begin"
    GUESS = "guess"
    KEEP = "keep"
    SAVE = "save"
    SEND = "send"
    UPLOAD = "upload"
    USE_API = "use_api"


LIMITS: dict[Doing, dict[Key, Limit]] = {
    # "Start now" costs a row and a key. A whole school at a training day presses it at the same moment, some twice.
    Doing.BEGIN: {
        Key.BROWSER: Limit(at_once=800, an_hour=400),
        Key.ADDRESS: Limit(at_once=2_000, an_hour=2_000),
    },
    # One page of answers. The longest road has 14 pages; going back and forth between them for an hour is honest.
    Doing.SAVE: {
        Key.DRAFT: Limit(at_once=300, an_hour=1_200),
        Key.ADDRESS: Limit(at_once=30_000, an_hour=30_000),
    },
    # The button on check-your-answers. Twenty times for one draft is an impatient finger: it makes one referral anyway.
    # An e-mail domain may be a whole county's schools, or everybody's free mailbox: a few an hour come, at most.
    Doing.SEND: {
        Key.DRAFT: Limit(at_once=20, an_hour=120),
        Key.BROWSER: Limit(at_once=800, an_hour=400),
        Key.ADDRESS: Limit(at_once=1_500, an_hour=1_500),
        Key.EMAIL_DOMAIN: Limit(at_once=3_000, an_hour=3_000),
    },
    # Files that are sent together count once: ten files, each taken away and chosen again, are below 60. A file costs
    # what a scan and a place in the store cost, so an address has fewer of them than pages.
    Doing.UPLOAD: {
        Key.DRAFT: Limit(at_once=60, an_hour=120),
        Key.BROWSER: Limit(at_once=800, an_hour=400),
        Key.ADDRESS: Limit(at_once=3_000, an_hour=3_000),
    },
    # Keeping a draft for seven days may send an e-mail to an address that somebody typed: a stranger's, perhaps.
    Doing.KEEP: {
        Key.DRAFT: Limit(at_once=10, an_hour=20),
        Key.ADDRESS: Limit(at_once=200, an_hour=400),
    },
    # A code that goes with a link or a reference. The fifth wrong one closes a link (`resume_draft`) and a code has 58
    # bits, so this only keeps one address from trying many; staff of a school who each open their own are far below.
    Doing.GUESS: {
        Key.LINK: Limit(at_once=20, an_hour=20),
        Key.REFERENCE: Limit(at_once=10, an_hour=10),
        Key.ADDRESS: Limit(at_once=200, an_hour=200),
    },
    # A partner's system, by its key: one that sends what it has gathered over a week-end, and fetches each afterwards.
    Doing.USE_API: {
        Key.API_KEY: Limit(at_once=3_000, an_hour=12_000),
    },
}
