"""A small client of clamd: is anybody there, and is this stream clean?"""

import socket
import struct
import time
from collections.abc import Iterable
from contextlib import closing
from enum import Enum

from django.conf import settings

CONNECTING = 3.0
LONGEST = 40.0  # seconds for one file: below the time after which the database ends an idle transaction
PIECE = 256 * 1024
LONGEST_ANSWER = 4096


class NoAnswer(OSError):
    """The scanner is away, too slow, or says neither yes nor no: the file stays in quarantine."""


class Verdict(Enum):
    """What the scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"


def answers() -> bool:
    """Whether the scanner is there."""
    try:
        with closing(_connection()) as scanner:
            scanner.sendall(b"zPING\0")
            return _answer(scanner, time.monotonic() + CONNECTING) == b"PONG"
    except OSError:
        return False


def scan(chunks: Iterable[bytes]) -> Verdict:
    """Send the stream and read the verdict. Raises NoAnswer unless the scanner says clean or infected."""
    end = time.monotonic() + LONGEST
    try:
        with closing(_connection()) as scanner:
            answer = _streamed(scanner, chunks, end)
    except OSError as fault:
        raise NoAnswer(type(fault).__name__) from None
    if answer == b"stream: OK":
        return Verdict.CLEAN
    if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
        return Verdict.INFECTED
    raise NoAnswer("The scanner could not judge the file.")


def _streamed(scanner: socket.socket, chunks: Iterable[bytes], end: float) -> bytes:
    scanner.sendall(b"zINSTREAM\0")
    for chunk in chunks:
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE]
            scanner.settimeout(_left(end))
            scanner.sendall(struct.pack("!L", len(piece)) + piece)
    scanner.sendall(struct.pack("!L", 0))
    return _answer(scanner, end)


def _connection() -> socket.socket:
    """`unix:/run/clamav/clamd.ctl`, or `host:port`. Raises OSError."""
    kind, _colon, rest = settings.CLAMD.partition(":")
    if kind == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(CONNECTING)
        try:
            scanner.connect(rest)
        except OSError:
            scanner.close()
            raise
    else:
        scanner = socket.create_connection((kind, int(rest)), timeout=CONNECTING)
    return scanner


def _answer(scanner: socket.socket, end: float) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        scanner.settimeout(_left(end))
        more = scanner.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n")


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
