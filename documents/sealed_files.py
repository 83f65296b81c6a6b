"""A file as it lies in the store: AES-256-GCM under a key of its own, in chunks that cannot change places.

Each chunk's nonce is its number and whether it is the last, so one left out, moved or cut off does not open. A key
seals one file and no other, so no nonce is used twice. The file's id is authenticated: it opens in no other's place.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 1024 * 1024
TAG = 16
HEADER = b"PCF1"


def new_key() -> bytes:
    """The key of one file."""
    return AESGCM.generate_key(256)


def seal_file(data: bytes, *, key: bytes, file_id: UUID) -> bytes:
    """The whole file, sealed."""
    cipher, place = AESGCM(key), HEADER + file_id.bytes
    starts = range(0, max(len(data), 1), CHUNK)
    sealed = [
        cipher.encrypt(_nonce(number, last=start + CHUNK >= len(data)), data[start : start + CHUNK], place)
        for number, start in enumerate(starts)
    ]
    return b"".join((HEADER, *sealed))


def open_file(sealed: BinaryIO, *, key: bytes, file_id: UUID) -> Iterator[bytes]:
    """The file chunk by chunk, each authenticated before it is given. Raises InvalidTag after any change."""
    if sealed.read(len(HEADER)) != HEADER:
        raise ValueError("This is no sealed file.")
    cipher, place = AESGCM(key), HEADER + file_id.bytes
    number, chunk = 0, sealed.read(CHUNK + TAG)
    while True:
        following = sealed.read(CHUNK + TAG)
        yield cipher.decrypt(_nonce(number, last=not following), chunk, place)
        if not following:
            return
        number, chunk = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">7xI?", number, last)
