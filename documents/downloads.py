"""Handing a file out: always as a download, never to be shown by the browser."""

from collections.abc import Callable, Iterator
from time import monotonic
from urllib.parse import quote

from django.http import StreamingHttpResponse

from documents.kinds import Kind
from documents.models import Document
from documents.names import clean_name
from documents.policies import check_may_be_opened
from documents.selectors import opened

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
    response = StreamingHttpResponse(while_allowed(opened(document), still), content_type=kind.content_type)
    response["Content-Length"] = str(document.size)
    response["Content-Disposition"] = disposition(document.name, kind)
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
