"""The packed postcodes: one sorted file, searched where it lies, never read into memory.

First a line of JSON (format, version of the source, number of records, GSS codes of the districts), then
records of six bytes in ascending order: the postcode in base 36 shifted left by eleven bits, plus the index
of its district.
"""

import json
import mmap
import os
import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from random import Random

FORMAT = 1
WIDTH = 6
_DISTRICT_BITS = 11


class PostcodesUnavailable(Exception):
    """The packed postcodes are missing, damaged or of an older format."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is missing or damaged. Make it with: manage.py pack_postcodes")


class PackedPostcodes:
    """An open packed file. A search touches a few pages of it; processes share them."""

    def __init__(self, path: Path) -> None:
        """Open a packed file.

        Raises:
            PostcodesUnavailable: there is none, or it is not whole.
        """
        try:
            with path.open("rb") as file:
                head = json.loads(file.readline())
                self._start = file.tell()
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.version, self.count = str(head["version"]), int(head["count"])
            self.districts: list[str] = head["districts"]
            whole = head["format"] == FORMAT and len(self._bytes) == self._start + self.count * WIDTH
        except (OSError, ValueError, KeyError, TypeError):
            raise PostcodesUnavailable(path) from None
        if not whole:
            raise PostcodesUnavailable(path)

    def district_of(self, postcode: str) -> str | None:
        """The GSS code for a normalised postcode, or None."""
        wanted = _number(postcode) << _DISTRICT_BITS
        place = bisect_left(range(self.count), wanted, key=self._record)
        if place == self.count:
            return None
        found = self._record(place)
        if found >> _DISTRICT_BITS != wanted >> _DISTRICT_BITS:
            return None
        return self.districts[found - wanted]

    def sample(self, rng: Random, count: int) -> Iterator[tuple[str, str]]:
        """Postcodes drawn by chance, each with the GSS code of its district; the same one may come twice."""
        for _time in range(count):
            found = self._record(rng.randrange(self.count))
            number, district = found >> _DISTRICT_BITS, self.districts[found & ((1 << _DISTRICT_BITS) - 1)]
            yield _postcode(number), district

    def _record(self, place: int) -> int:
        at = self._start + place * WIDTH
        return int.from_bytes(self._bytes[at : at + WIDTH], "big")


def opened(path: Path) -> PackedPostcodes:
    """The packed file, kept open until another takes its place. Raises PostcodesUnavailable."""
    try:
        state = path.stat()
    except OSError:
        raise PostcodesUnavailable(path) from None
    return _opened(path, state.st_ino, state.st_mtime_ns)


@lru_cache(maxsize=2)
def _opened(path: Path, inode: int, changed: int) -> PackedPostcodes:
    return PackedPostcodes(path)


def write_packed(path: Path, postcodes: Iterable[tuple[str, str]], *, version: str) -> int:
    """Write pairs of postcode and GSS code, in any order, and put the file in place at once when it is whole.

    Returns the number of records.
    """
    districts: dict[str, int] = {}
    records = sorted(
        _number(postcode) << _DISTRICT_BITS | districts.setdefault(district, len(districts))
        for postcode, district in postcodes
    )
    if len(districts) >> _DISTRICT_BITS:
        raise ValueError("More districts than the packed format can hold.")
    head = {"format": FORMAT, "version": version, "count": len(records), "districts": list(districts)}
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(json.dumps(head).encode() + b"\n")
            file.writelines(record.to_bytes(WIDTH, "big") for record in records)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)  # public data, and the server may run under another user
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return len(records)


def _number(postcode: str) -> int:
    # No postcode begins with a digit, so no two of different length give the same number.
    return int(postcode.replace(" ", ""), 36)


def _postcode(number: int) -> str:
    joined = ""
    while number:
        number, digit = divmod(number, 36)
        joined = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + joined
    return f"{joined[:-3]} {joined[-3:]}"
