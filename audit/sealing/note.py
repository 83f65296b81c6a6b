"""Checkpoints as signed notes: the formats signed-note and tlog-checkpoint of C2SP, which other tools read too.

A note is text, an empty line, and signatures; a checkpoint's text is the name of the ledger, the number of its entries
and the root of the tree over them. It holds nothing about anybody.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.sealing.tree import SIZE

ED25519 = b"\x01"
KEY_SIZE = 32
KEY_ID = 4
# The format asks that 16 signatures be read, each of a few thousand characters at most.
LONGEST = 200_000
DASH = "\u2014"


class BadNote(ValueError):
    """This is no checkpoint to rely on; the message says why."""


class Malformed(BadNote):
    """Not written as the format says."""


class NotSigned(BadNote):
    """No key that is known has signed this."""


@dataclass(frozen=True)
class Checkpoint:
    """How long a ledger was, and the root of the tree over its entries then.

    Raises:
        Malformed: its name has blanks or a plus, its size is below nothing, or its root is no SHA-256.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        _check_name(self.origin)
        if self.size < 0 or len(self.root) != SIZE:
            raise Malformed("A checkpoint has a size and a root of 32 bytes.")

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read what `text` wrote, and nothing else.

        Raises:
            Malformed: it is written otherwise.
        """
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise Malformed("A checkpoint has three lines: its origin, its size and its root.")
        origin, size, root, _ = lines
        if not re.fullmatch(r"0|[1-9][0-9]{0,18}", size):
            raise Malformed("The size of a checkpoint is a whole number without leading zeroes.")
        return cls(origin, int(size), _from_base64(root, "The root of a checkpoint"))


class Verifier:
    """Somebody's public key, from its text: `name+id+key`, the id in hexadecimal, the key in base64.

    Raises:
        Malformed: it is written otherwise, its id is not that of the key, or the key is not Ed25519.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            self.name, written_id, written_key = text.split("+", 2)
        except ValueError:
            raise Malformed("A public key is written as name+id+key.") from None
        key = _from_base64(written_key, "The key")
        if key[:1] != ED25519 or len(key) != 1 + KEY_SIZE:
            raise Malformed("Only public keys of Ed25519 are known here.")
        self.key_id = _key_id(self.name, key[1:])
        if written_id != self.key_id.hex():
            raise Malformed("This public key was copied wrongly: its id is another.")
        self._key = Ed25519PublicKey.from_public_bytes(key[1:])

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key made this signature of this text."""
        try:
            self._key.verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A private key of Ed25519: its name, which is the origin of what it signs, and its 32 bytes in base64.

    Raises:
        Malformed: it is written otherwise. The message holds nothing of the key.
    """

    def __init__(self, name: str, key: str) -> None:
        seed = _from_base64(key, "A signing key")
        if len(seed) != KEY_SIZE:
            raise Malformed("A signing key has 32 bytes.")
        self.name = name
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._key.public_key().public_bytes_raw()
        self.key_id = _key_id(name, self._public)

    @property
    def verifier_key(self) -> str:
        """The public key as others are given it."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(ED25519 + self._public)}"

    def sign(self, checkpoint: Checkpoint) -> str:
        """The whole note.

        Raises:
            Malformed: the checkpoint is another ledger's.
        """
        if checkpoint.origin != self.name:
            raise Malformed("A key signs checkpoints of its own name only.")
        signature = _base64(self.key_id + self._key.sign(checkpoint.text().encode()))
        return f"{checkpoint.text()}\n{DASH} {self.name} {signature}\n"


def open_checkpoint(note: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """The checkpoint of a note that one of its ledger's keys has signed.

    Raises:
        Malformed: it is no note of a checkpoint.
        NotSigned: no known key with the ledger's name signed it, or a signature of one is wrong.
    """
    checkpoint = Checkpoint.parse(_take_apart(note)[0])
    open_note(note, (verifier for verifier in verifiers if verifier.name == checkpoint.origin))
    return checkpoint


def open_each(notes: Iterable[tuple[str, str]], verifiers: Sequence[Verifier]) -> tuple[list[Checkpoint], list[str]]:
    """The checkpoints among notes, each given with what it is called; and of each other one, why it is none."""
    checkpoints, unreliable = [], []
    for name, note in notes:
        try:
            checkpoints.append(open_checkpoint(note, verifiers))
        except BadNote as fault:
            unreliable.append(f"The checkpoint cannot be relied on: {name}: {fault}")
    return checkpoints, unreliable


def open_note(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that a known key has signed. Signatures of unknown keys count for nothing.

    Raises:
        Malformed: it is no signed note.
        NotSigned: no known key signed it, or a signature of one is wrong.
    """
    text, signatures = _take_apart(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    ours = [(known[key], signature) for key, signature in signatures if key in known]
    if not ours:
        raise NotSigned("No key that is known here has signed this.")
    for verifier, signature in ours:
        if not verifier.signed(text, signature):
            raise NotSigned(f"The signature of {verifier.name} is not of this text.")
    return text


def _take_apart(note: str) -> tuple[str, list[tuple[tuple[str, bytes], bytes]]]:
    """A note's text; and of each signature whose it is, by name and id of the key, and its bytes."""
    if len(note) > LONGEST:
        raise Malformed("This is too long for a note.")
    if any((ord(letter) < 0x20 and letter != "\n") or 0xD800 <= ord(letter) < 0xE000 for letter in note):
        raise Malformed("A note is UTF-8 without control characters.")
    text, blank, signatures = note.rpartition("\n\n")
    if not text or not blank or not signatures.endswith("\n"):
        raise Malformed("A note is text, an empty line, and signatures, each on a line of its own.")
    return f"{text}\n", [_signature(line) for line in signatures[:-1].split("\n")]


def _signature(line: str) -> tuple[tuple[str, bytes], bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH:
        raise Malformed("A line of a signature is a dash, a name and base64.")
    _check_name(parts[1])
    signature = _from_base64(parts[2], "A signature")
    if len(signature) <= KEY_ID:
        raise Malformed("A signature begins with the id of its key.")
    return (parts[1], signature[:KEY_ID]), signature[KEY_ID:]


def _check_name(name: str) -> None:
    if not name or not name.isprintable() or " " in name or "+" in name:
        raise Malformed("A name has no blanks, no plus and no control characters, and is not empty.")


def _key_id(name: str, public: bytes) -> bytes:
    _check_name(name)
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_ID]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _from_base64(text: str, what: str) -> bytes:
    """Base64 as everybody writes it: the one text of these bytes."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    if not data or _base64(data) != text:
        raise Malformed(f"{what} is not base64.")
    return data
