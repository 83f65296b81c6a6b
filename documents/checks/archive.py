"""The zip archive that a Word or ODT document is: nothing before, behind or between, and no bomb."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from documents.checks.refusing import DAMAGED, PASSWORD, TOO_MUCH_INSIDE, TWO_IN_ONE, Deadline, NotTaken

MOST_PARTS = 3_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_TIMES = 200  # unpacked against packed, where a part is larger than ORDINARY
ORDINARY = 1024 * 1024
CHUNK = 256 * 1024
END = 22  # length of the record that ends an archive without a comment
LOCKED = 0x1


class Archive:
    """An archive whose parts can be read without surprise. Raises NotTaken."""

    def __init__(self, data: bytes) -> None:
        self.deadline = Deadline()
        self.unpacked = 0
        if data[-END : -END + 4] != b"PK\x05\x06" or data[-2:] != b"\0\0":
            raise NotTaken(TWO_IN_ONE if b"PK\x05\x06" in data[-66_000:] else DAMAGED)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise NotTaken(DAMAGED) from None
        self.parts = {part.filename: part for part in self.zip.infolist()}
        self._check_parts()

    def _check_parts(self) -> None:
        listed = self.zip.infolist()
        if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
            raise NotTaken(TOO_MUCH_INSIDE)
        if len(self.parts) != len(listed) or min((part.header_offset for part in listed), default=1) != 0:
            raise NotTaken(TWO_IN_ONE)
        for part in listed:
            if part.flag_bits & LOCKED:
                raise NotTaken(PASSWORD)
            if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or _leads_out(part.filename):
                raise NotTaken(DAMAGED)
            if part.file_size > ORDINARY and part.file_size > MOST_TIMES * max(part.compress_size, 1):
                raise NotTaken(TOO_MUCH_INSIDE)

    def read(self, name: str) -> Iterator[bytes]:
        """One part in chunks, counted: what the archive says of its size is not believed."""
        try:
            with self.zip.open(name) as part:
                while chunk := part.read(CHUNK):
                    self.deadline.check()
                    self.unpacked += len(chunk)
                    if self.unpacked > MOST_UNPACKED:
                        raise NotTaken(TOO_MUCH_INSIDE)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, KeyError):
            raise NotTaken(DAMAGED) from None


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")
