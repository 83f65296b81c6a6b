"""Handing a file out: always as a download, never to be shown by the browser."""

from urllib.parse import quote

from django.http import StreamingHttpResponse

from documents.kinds import Kind
from documents.models import Document
from documents.names import clean_name
from documents.policies import check_may_be_opened
from documents.selectors import opened


def download(document: Document) -> StreamingHttpResponse:
    """The response. The first piece is opened before it begins, so that what cannot be opened is an honest error.

    Raises:
        NotNow: the file is being checked, or was refused.
        FileNotFoundError, InvalidTag: the store has lost or changed it.
    """
    check_may_be_opened(document)
    kind = Kind(document.kind)
    response = StreamingHttpResponse(opened(document), content_type=kind.content_type)
    response["Content-Length"] = str(document.size)
    response["Content-Disposition"] = disposition(document.name, kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def disposition(name: str, kind: Kind) -> str:
    """An attachment with a neutral name in ASCII, and its own name for browsers that read RFC 5987."""
    return (
        f"attachment; filename=\"document{kind.endings[0]}\"; filename*=UTF-8''{quote(clean_name(name, kind), safe='')}"
    )
