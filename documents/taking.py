"""The files of one request, each taken or answered with a sentence."""

from collections.abc import Callable, Iterable
from typing import Any, cast

import structlog
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from audit.refusals import NotNow
from documents.checks.refusing import NO_ROOM, NOT_KEPT, TOO_LARGE, NotTaken
from documents.kinds import LARGEST
from documents.names import clean_name
from documents.receiving import Received
from documents.storing import Kept, NotStored, keep

log = structlog.get_logger(__name__)


def take(files: Iterable[Any], *, room: int, store: Callable[[Kept], object]) -> list[SafeString]:
    """Judge, seal and `store` each file, as long as there is room. Returns what was not taken and why, for a page.

    `store` makes the row; if that fails the bytes go again.
    """
    problems = []
    for file in files:
        try:
            _check_room(room)
            _take_one(cast(Received, file), store)
            room -= 1
        except NotTaken as refusal:
            problems.append(format_html("{}: {}", clean_name(file.name), refusal.reason))
        finally:
            file.close()
    return problems


def together(problems: list[SafeString]) -> SafeString:
    """All of them as one error, a line each."""
    return format_html_join(SafeString("<br>"), "{}", ((problem,) for problem in problems))


def _check_room(room: int) -> None:
    if room <= 0:
        raise NotTaken(NO_ROOM)


def _take_one(file: Received, store: Callable[[Kept], object]) -> None:
    if not file.whole:
        raise NotTaken(TOO_LARGE if (file.size or 0) > LARGEST else NOT_KEPT)
    try:
        kept = keep(file.name or "", file.bytes())
    except NotStored as fault:
        log.error("file_not_stored", error=str(fault))
        raise NotTaken(NOT_KEPT) from None
    try:
        store(kept)
    except NotNow as refusal:
        kept.forget()
        raise NotTaken(refusal.message) from None
    except BaseException:
        kept.forget()
        raise
