"""A few documents beside referrals of the demonstration, made up like everything else in it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from documents.clamd import Verdict
from referrals.models import Dispatch

LETTER = (
    "Dear colleague,\n\nas agreed on the telephone, these are our own notes of the last three weeks. "
    "Nobody has spoken with the family.\n\nSafeguarding, Hollybrook Academy\n"
)
MINUTES = "Early help, review of 3 November\n\nPresent: worker, school, mother.\nNext: the worker visits on Thursday.\n"

# Name, content, source, caveat, and what the scanner has said; None: it is still to say.
PAPERS: tuple[tuple[str, str, str, str, Verdict | None], ...] = (
    ("Letter from the school.txt", LETTER, "The school’s safeguarding lead", "", Verdict.CLEAN),
    ("Early help review.txt", MINUTES, "Early help, by e-mail", "Do not show to the family", Verdict.CLEAN),
    ("Screenshot.png", "I saw what he did.\nI would do it too.", "A friend of the person", "", Verdict.CLEAN),
    ("Forwarded attachment.txt", "Not what it seemed.\n", "Sent to the shared mailbox", "", Verdict.INFECTED),
    ("Attendance.txt", "Monday to Friday: absent\n", "The school’s office", "", None),
)


def papers_for(dispatches: list[Dispatch]) -> Iterator[tuple[Dispatch, str, bytes, str, str, Verdict | None, datetime]]:
    """One paper beside each of the first dispatches that somebody works; two beside the first."""
    worked = [dispatch for dispatch in dispatches if dispatch.assigned_at]
    for place, (name, text, source, caveat, verdict) in enumerate(PAPERS):
        if worked:
            dispatch = worked[max(place - 1, 0) % len(worked)]
            data = drawn(text) if name.endswith(".png") else text.encode()
            at = (dispatch.assigned_at or dispatch.sent_at) + timedelta(minutes=20)
            yield dispatch, name, data, source, caveat, verdict, at


def drawn(text: str) -> bytes:
    """A picture of a message."""
    picture = Image.new("RGB", (420, 120), "white")
    ImageDraw.Draw(picture).multiline_text((20, 30), text, fill="black", spacing=12)
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
