"""How uploads arrive: only where a page asks for files, no larger than is taken, and never under a name on disk."""

import tempfile
from collections.abc import Callable
from typing import IO, Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from documents.kinds import LARGEST, MOST

# What one request may bring in all: more than ten files of 20 MB, so that somebody who chose twenty of them by
# mistake is told so on the page instead of being cut off.
LARGEST_REQUEST = 25 * LARGEST
IN_MEMORY = 512 * 1024

View = TypeVar("View", bound=Callable[..., Any])


def receives_files(view: View) -> View:
    """Let files that are sent to this page through; to any other page they are thrown away as they arrive."""
    view.receives_files = True  # type: ignore[attr-defined]
    return view


class Received(UploadedFile):
    """One file of a request. `whole` is false where it was too large, or there was no room to keep it."""

    whole = True

    def bytes(self) -> bytes:
        """All of it."""
        self.seek(0)
        data: bytes = self.read()
        return data


class Receiver(FileUploadHandler):
    """Keeps small files in memory and larger ones in a file without a name, which ends with the process.

    Such a file lies in TMPDIR (/tmp, a file system in memory in docker-compose.yml) as it came, for the length of the
    request. What is too large, or one too many, is read and dropped, so that the rest of the form is not lost.
    """

    file: "IO[bytes] | None"

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803  # Django's word
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse what no page could make sense of. Raises RequestDataTooBig."""
        self.kept = 0
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("The request is larger than all files that are taken.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins. Django passes its name, type and length as the sender says them."""
        super().new_file(*args, **kwargs)
        match = self.request.resolver_match if self.request else None
        self.wanted = bool(match and getattr(match.func, "receives_files", False))
        self.whole, self.length, self.file = True, 0, None
        if self.wanted and self.kept < MOST:
            self.file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed with the request
            self.kept += 1
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless the file has grown too large."""
        self.length += len(raw_data)
        if self.file is None or not self.whole:
            return
        if self.length > LARGEST:
            self._drop()
            return
        try:
            self.file.write(raw_data)
        except OSError:  # no room left
            self._drop()

    def file_complete(self, file_size: int) -> Received | None:
        """Hand the file over."""
        if not self.wanted:
            return None
        if self.file is None:
            self.file = tempfile.SpooledTemporaryFile(max_size=1)  # noqa: SIM115
        received = Received(self.file, self.file_name, self.content_type, file_size, self.charset)
        received.whole = self.whole
        return received

    def upload_interrupted(self) -> None:
        """The sender went away in the middle."""
        if getattr(self, "file", None) is not None:
            self.file.close()  # type: ignore[union-attr]

    def _drop(self) -> None:
        self.whole = False
        if self.file is not None:
            self.file.close()
            self.file = tempfile.SpooledTemporaryFile(max_size=1)  # noqa: SIM115
