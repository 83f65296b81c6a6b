"""Handing a file out: always as a download, never to be shown by the browser."""

from collections.abc import Callable, Iterator
from datetime import datetime
from time import monotonic
from urllib.parse import quote

from django.http import StreamingHttpResponse

from agencies.models import User
from documents.exporting import kind_of
from documents.kinds import Kind
from documents.models import Document, Export
from documents.names import clean_name
from documents.paper import MARKING
from documents.permissions import check_can_export
from documents.policies import check_has_a_file, check_may_be_opened, check_tells_of_nothing_hidden
from documents.selectors import opened, read_export, tells_of_nothing_hidden

# A download that lasts asks again whether it may go on, so often at least, in seconds.
ASKED_EVERY = 0.5
SENT_AT_ONCE = 64 * 1024


class NoLongerAllowed(Exception):
    """The reader's access ended while the file was sent: it is broken off, and the browser sees that."""


def download(document: Document, *, still: Callable[[], bool]) -> StreamingHttpResponse:
    """The response. The first piece is opened before it begins, so that what cannot be opened is an honest error.

    `still` says whether the reader may have the rest: it is asked again and again while the file is sent.

    Raises:
        NotNow: the file is being checked, or was refused.
        FileNotFoundError, InvalidTag: the store has lost or changed it.
    """
    check_may_be_opened(document)
    kind = Kind(document.kind)
    pieces = while_allowed(opened(document), still)
    return _attached(pieces, kind.content_type, document.size, disposition(document.name, kind))


def download_export(export: Export, *, reader: User, still: Callable[[], bool], now: datetime) -> StreamingHttpResponse:
    """The file of an export, as `download` answers.

    Raises:
        Forbidden: the reader may not have the list any more.
        NotNow: there is no file, or it tells of a record that the reader may no longer read.
        FileNotFoundError, InvalidTag: the store has lost or changed it.
    """
    check_has_a_file(export, now=now)
    check_can_export(reader, export.agency, kind_of(export.kind).needed)
    check_tells_of_nothing_hidden(tells_of_nothing_hidden(export, reader))
    name = f"{MARKING}-{export.kind}-{export.number}.csv"
    pieces = while_allowed(read_export(export), still)
    return _attached(pieces, "text/csv; charset=utf-8", export.size or 0, f'attachment; filename="{name}"')


def _attached(pieces: Iterator[bytes], content_type: str, size: int, attachment: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = attachment
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def while_allowed(pieces: Iterator[bytes], still: Callable[[], bool]) -> Iterator[bytes]:
    """The pieces, cut small. Raises NoLongerAllowed, within moments, once `still` says no."""
    asked = monotonic()
    for piece in pieces:
        for start in range(0, len(piece), SENT_AT_ONCE):
            if monotonic() - asked >= ASKED_EVERY:
                if not still():
                    raise NoLongerAllowed
                asked = monotonic()
            yield piece[start : start + SENT_AT_ONCE]


def disposition(name: str, kind: Kind) -> str:
    """An attachment with a neutral name in ASCII, and its own name for browsers that read RFC 5987."""
    return (
        f"attachment; filename=\"document{kind.endings[0]}\"; filename*=UTF-8''{quote(clean_name(name, kind), safe='')}"
    )
