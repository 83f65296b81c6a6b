"""Which files hold words for the public. All do, but for those that only officers, partners or operators read.

A new file counts as public until it is named here: forgetting to name one asks for a translation too many,
never for one too few.
"""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from config.environment import CLONE

# Casework, the partners' interface and the demonstration's mail are English. `*` also stands for folders.
ENGLISH_ONLY = (
    "agencies/access.py",
    "agencies/actions/*",
    "agencies/administration.py",
    "agencies/api/*",
    "agencies/areas.py",
    "agencies/forms/absences.py",
    "agencies/forms/administration.py",
    "agencies/forms/endpoint.py",
    "agencies/forms/factors.py",
    "agencies/forms/key.py",
    "agencies/forms/password.py",
    "agencies/forms/sign_in.py",
    "agencies/forms/targets.py",
    "agencies/models/*",
    "agencies/permissions.py",
    "agencies/policies.py",
    "agencies/purposes.py",
    "agencies/roles.py",
    "agencies/scopes.py",
    "agencies/states.py",
    "agencies/signin/*",
    "agencies/views/*",
    "agencies/webhooks/*",
    "agencies/working_days.py",
    "audit/*",
    "config/catalogue/*",
    "config/demo/*",
    "config/embedded/*",
    "config/management/*",
    "config/run/*",
    "desk/*",
    "documents/forms/document.py",
    "documents/forms/export.py",
    "documents/exporting.py",
    "documents/kinds.py",
    "documents/models/*",
    "documents/permissions.py",
    "documents/policies.py",
    "documents/states.py",
    "documents/views/*",
    "people/*",
    "referrals/actions/add_file.py",
    "referrals/actions/ask_to_read.py",
    "referrals/actions/break_glass.py",
    "referrals/actions/detach_note.py",
    "referrals/actions/detach_referral.py",
    "referrals/actions/name_successors.py",
    "referrals/actions/receive_referral.py",
    "referrals/actions/share_referral.py",
    "referrals/actions/withdraw_referral.py",
    "referrals/api/*",
    "referrals/exports/*",
    "referrals/forms/asking.py",
    "referrals/forms/entering.py",
    "referrals/forms/opening.py",
    "referrals/forms/purpose.py",
    "referrals/forms/putting_right.py",
    "referrals/forms/quarantine.py",
    "referrals/forms/restricted.py",
    "referrals/forms/search.py",
    "referrals/forms/succeeding.py",
    "referrals/forms/tasks.py",
    "referrals/forms/work.py",
    "referrals/masking.py",
    "referrals/models/*",
    "referrals/other_side.py",
    "referrals/permissions.py",
    "referrals/policies.py",
    "referrals/preview.py",
    "referrals/restricting.py",
    "referrals/states.py",
    "referrals/succeeding.py",
    "referrals/views/asking.py",
    "referrals/views/colleagues.py",
    "referrals/views/detaching.py",
    "referrals/views/documents.py",
    "referrals/views/emergencies.py",
    "referrals/views/enter.py",
    "referrals/views/inbox.py",
    "referrals/views/joining.py",
    "referrals/views/named.py",
    "referrals/views/offering.py",
    "referrals/views/opening.py",
    "referrals/views/quarantine.py",
    "referrals/views/restricted.py",
    "referrals/views/showing.py",
    "referrals/views/succeeding.py",
    "referrals/views/tasks.py",
    "referrals/views/withdrawing.py",
    "referrals/views/work.py",
    "referrals/waiting.py",
    "triage/*",
    "*/management/*",
    "*/migrations/*",
    "templates/account/*",
    "templates/agencies/*",
    "templates/demo/*",
    "templates/desk/*",
    "templates/emails/account_changed.txt",
    "templates/documents/*",
    "templates/emails/document_detached.txt",
    "templates/emails/endpoint_trouble.txt",
    "templates/emails/glass_broken.txt",
    "templates/emails/immediate_alert.txt",
    "templates/emails/invitation.txt",
    "templates/emails/join_undone.txt",
    "templates/emails/known_to_nobody.txt",
    "templates/emails/ledger_trouble.txt",
    "templates/emails/match_answered.txt",
    "templates/emails/match_asked.txt",
    "templates/emails/new_referral.txt",
    "templates/emails/nobody_to_name.txt",
    "templates/emails/note_detached.txt",
    "templates/emails/offer_accepted.txt",
    "templates/emails/offer_declined.txt",
    "templates/emails/offer_made.txt",
    "templates/emails/offer_taken_back.txt",
    "templates/emails/overdue.txt",
    "templates/emails/partnership_*.txt",
    "templates/emails/proceeded_urgently.txt",
    "templates/emails/quarantine.txt",
    "templates/emails/receiver_changed.txt",
    "templates/emails/referral_detached.txt",
    "templates/emails/referral_opened.txt",
    "templates/emails/referral_resumed.txt",
    "templates/emails/referrals_joined.txt",
    "templates/emails/request_*.txt",
    "templates/emails/successor_named.txt",
    "templates/emails/withdrawal_decided.txt",
    "templates/emails/withdrawal_reported.txt",
    "templates/emails/work_released.txt",
    "templates/emails/worry_raised.txt",
    "templates/emails/new_task.txt",
    "templates/front_door/enter.html",
    "templates/front_door/entered.html",
    "templates/front_door/parts/entered_for.html",
    "templates/layouts/casework.html",
    "templates/layouts/parts/casework_*",
    "templates/layouts/parts/header_search.html",
    "templates/referrals/*",
    "templates/triage/*",
)
NOT_OURS = {"tests", "benchmarks", "static", "locale", "docs", "requirements", "docker", "node_modules"}


def public_files(folder: Path = CLONE) -> Iterator[Path]:
    """Every file whose marked words the public may read, relative to the clone, in order."""
    for path in sorted(found(folder), key=str):
        if not is_english_only(path):
            yield path


def is_english_only(path: Path) -> bool:
    """Whether only readers of English ever see the words of this file."""
    return any(fnmatch(path.as_posix(), pattern) for pattern in ENGLISH_ONLY)


def found(folder: Path) -> Iterator[Path]:
    """The Python files and templates of the house."""
    for top in folder.iterdir():
        if not top.is_dir() or top.name.startswith(".") or top.name in NOT_OURS:
            continue
        for path in top.rglob("*"):
            if path.suffix in {".py", ".html", ".txt"} and "__pycache__" not in path.parts:
                yield path.relative_to(folder)
