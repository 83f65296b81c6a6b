"""The second place: where checkpoints lie out of reach of whoever can change the database.

`LEDGER_CHECKPOINTS` names it: `file:///folder`, `s3://bucket/prefix` or `mailto:address`. A checkpoint holds the name
of the ledger, how many entries it has and a hash: nothing about anybody, so it may lie with anybody.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.mail import EmailMessage

ENDING = ".note"
# Objects of a bucket that are asked for beside each other, and asked for before the first of them is read.
AT_ONCE, BATCH = 16, 1000
ANOTHER = "Another checkpoint of as many entries lies there: the ledger, or its key, was changed."


class NotPublished(OSError):
    """The second place did not take a checkpoint, or does not give any; the message names no secret."""


class Contradicted(NotPublished):
    """What lies there is no checkpoint of this ledger as it is: it, or its key, was changed, or it was cut."""


class Place(Protocol):
    """What every kind of second place can do."""

    # How often at most it is sent one: what nobody can keep is no evidence.
    pause: ClassVar[timedelta]
    readable: ClassVar[bool]

    def publish(self, note: str, size: int) -> None:
        """Keep a checkpoint of so many entries. Raises OSError."""

    def published(self) -> Iterator[str]:
        """All checkpoints that lie there, the shortest ledger first. Raises OSError."""

    def published_from(self, size: int) -> Iterator[tuple[int, str]]:
        """Those named for so many entries or more, the shortest first, each with its size. Raises OSError."""


def publish(note: str, size: int) -> None:
    """Send a checkpoint of `size` entries to the second place. One that lies there already is as good.

    Raises:
        Contradicted: another checkpoint of as many entries lies there.
        OSError: it is away, or full; or there is none.
    """
    found = place()
    if found is None:
        raise NotPublished("LEDGER_CHECKPOINTS is not set: there is no second place.")
    found.publish(note, size)


def published() -> Iterator[str]:
    """All checkpoints in the second place, the shortest ledger first; none where it cannot be read.

    Raises:
        OSError: it is away.
    """
    found = place()
    return found.published() if found else iter(())


def published_from(size: int) -> Iterator[tuple[int, str]]:
    """What lies in the second place for so many entries or more, shortest first, with sizes; as `published` else.

    Raises:
        OSError: it is away.
    """
    found = place()
    return found.published_from(size) if found else iter(())


def named() -> Iterator[tuple[str, str]]:
    """The same, each with what it is called where one of them cannot be relied on."""
    for number, note in enumerate(published(), start=1):
        yield f"No. {number} in the second place", note


def readable() -> bool:
    """Whether there is a second place and the house can read there what it has published."""
    found = place()
    return found is not None and found.readable


def waits(last_published_at: datetime | None, now: datetime) -> bool:
    """Whether it is too early for the next checkpoint: a mailbox gets one an hour, the other places one a minute.

    What was published ahead of the present, by a clock that was wrong, keeps nothing waiting.
    """
    found = place()
    return found is not None and last_published_at is not None and timedelta(0) <= now - last_published_at < found.pause


def place() -> Place | None:
    """The second place that the settings name.

    Raises:
        ImproperlyConfigured: it is none of the three kinds.
    """
    named = urlsplit(settings.LEDGER_CHECKPOINTS)
    path = unquote(named.path)
    match named.scheme:
        case "":
            if not path:
                return None
        case "file":
            if not named.netloc and path.strip("/"):
                return Folder(Path(path))
        case "s3":
            if named.netloc and "checkpoints" in settings.STORAGES:
                return Bucket()
        case "mailto":
            if path.count("@") == 1:
                return Mailbox(path)
    raise ImproperlyConfigured("LEDGER_CHECKPOINTS must be file:///folder, s3://bucket/prefix or mailto:address.")


@dataclass(frozen=True)
class Folder:
    """A folder, one file for each checkpoint. It must be on a file system that knows links."""

    path: Path
    pause: ClassVar = timedelta(minutes=1)
    readable: ClassVar = True

    def publish(self, note: str, size: int) -> None:
        """Write it whole or not at all, and never in the place of another."""
        # Its parent is not made: a disk that is not mounted is no second place.
        self.path.mkdir(exist_ok=True)
        target = self.path / _name(size)
        with tempfile.NamedTemporaryFile(dir=self.path, suffix=".draft") as draft:
            draft.write(note.encode())
            draft.flush()
            os.fchmod(draft.fileno(), 0o444)
            os.fsync(draft.fileno())
            try:
                os.link(draft.name, target)
            except FileExistsError:
                _check_same(target.read_bytes(), note)

    def published(self) -> Iterator[str]:
        """Read every file that is named like a checkpoint."""
        try:
            files = sorted(self.path.iterdir())
        except FileNotFoundError:
            self.path.parent.stat()  # not mounted; else none was ever published
            return
        for file in files:
            if file.suffix == ENDING:
                yield _text(file.read_bytes())

    def published_from(self, size: int) -> Iterator[tuple[int, str]]:
        """Read the files that our own names are on."""
        self.path.parent.stat()
        files = self.path.iterdir() if self.path.exists() else ()
        for found, name in _ours((file.name for file in files), size):
            yield found, _text((self.path / name).read_bytes())


@dataclass(frozen=True)
class Bucket:
    """S3-compatible storage, one object for each checkpoint: the storage "checkpoints" of the settings."""

    pause: ClassVar = timedelta(minutes=1)
    readable: ClassVar = True

    def publish(self, note: str, size: int) -> None:
        """Store it, unless something lies there, and see what does now."""
        store, name = storages["checkpoints"], _name(size)
        with _faults():
            if not store.exists(name):
                store.save(name, ContentFile(note.encode()))
            with store.open(name) as file:
                _check_same(file.read(), note)

    def published(self) -> Iterator[str]:
        """Read every object that is named like a checkpoint."""
        with _faults():
            names = sorted(name for name in storages["checkpoints"].listdir("")[1] if name.endswith(ENDING))
        return self._read(names)

    def published_from(self, size: int) -> Iterator[tuple[int, str]]:
        """Ask for names behind that of a smaller one: a year of them is half a million."""
        store: Any = storages["checkpoints"]
        prefix = f"{store.location.strip('/')}/".lstrip("/")
        before = prefix + _name(size).removesuffix(ENDING)
        with _faults():
            objects = store.bucket.objects.filter(Prefix=prefix, Delimiter="/", Marker=before)
            names = [each.key.removeprefix(prefix) for each in objects]
        ours = _ours(names, size)
        return zip((found for found, _name in ours), self._read([name for _found, name in ours]), strict=True)

    def _read(self, names: Sequence[str]) -> Iterator[str]:
        """What each of them says, some beside each other: of years there are a million, and each is waited for."""
        with ThreadPoolExecutor(AT_ONCE) as readers:
            for start in range(0, len(names), BATCH):
                yield from readers.map(self._note, names[start : start + BATCH])

    def _note(self, name: str) -> str:
        with _faults(), storages["checkpoints"].open(name) as file:
            return _text(file.read())


@dataclass(frozen=True)
class Mailbox:
    """Somebody who keeps what they are sent. It goes by SMTP, also where other mail goes by GOV.UK Notify."""

    address: str
    pause: ClassVar = timedelta(hours=1)
    readable: ClassVar = False

    def publish(self, note: str, size: int) -> None:
        """Send it as a file of its own, which no mail server breaks into other lines."""
        letter = EmailMessage(
            subject=f"Checkpoint of {settings.LEDGER_ORIGIN}: {size} entries",
            body="Please keep the file. It proves later what the ledger held now. It says nothing about anybody.\n",
            to=[self.address],
            attachments=[(_name(size), note.encode(), "application/octet-stream")],
        )
        letter.send()

    def published(self) -> Iterator[str]:
        """Nothing: only its owner reads it."""
        return iter(())

    def published_from(self, size: int) -> Iterator[tuple[int, str]]:
        """Nothing either."""
        return iter(())


@contextmanager
def _faults() -> Iterator[None]:
    """Each kind of storage has faults of its own, some with addresses and names of keys in them."""
    try:
        yield
    except OSError:
        raise
    except Exception as fault:  # noqa: BLE001
        raise NotPublished(type(fault).__name__) from None


def _name(size: int) -> str:
    """So written that names are in the order of sizes."""
    return f"{size:016d}{ENDING}"


def _ours(names: Iterable[str], size: int) -> list[tuple[int, str]]:
    """Sizes and names of so many entries or more, in order; what else lies there is none of ours."""
    ours = re.compile(rf"([0-9]{{16}}){re.escape(ENDING)}")
    found = ((int(match[1]), name) for name in names if (match := ours.fullmatch(name)))
    return sorted(each for each in found if each[0] >= size)


def _text(data: bytes) -> str:
    # What is no UTF-8 is no checkpoint either: whoever reads it finds that out.
    return data.decode(errors="replace")


def _check_same(there: bytes, note: str) -> None:
    if there != note.encode():
        raise Contradicted(ANOTHER)
