"""A checkpoint is a signed note of C2SP: other tools read ours, we read theirs, and nothing else is believed."""

import base64
import os
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.sealing.note import BadNote, Checkpoint, Malformed, NotSigned, Signer, Verifier, open_checkpoint, open_note
from tests.audit.sealing.trees import ROOTS

ORIGIN = "prevent.example/ledger"
SIGNER = Signer(ORIGIN, base64.b64encode(bytes(range(32))).decode())
OURS = [Verifier(SIGNER.verifier_key)]
CHECKPOINT = Checkpoint(ORIGIN, 8, ROOTS[8])
NOTE = SIGNER.sign(CHECKPOINT)
TEXT, SIGNATURE = NOTE.split("\n\n")

# The note with which golang.org/x/mod/sumdb/note is tested.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PROBLEM = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
)


def signer(name=ORIGIN):
    return Signer(name, base64.b64encode(os.urandom(32)).decode())


def test_a_published_note_is_read():
    assert open_note("\n".join(PROBLEM), [Verifier(NEUMANN)]) == PROBLEM[0]


def test_no_mangling_of_a_published_key_is_taken_for_a_key():
    for start in range(len(NEUMANN)):
        for end in range(start + 1, len(NEUMANN) + (start > 0)):
            with pytest.raises(Malformed):
                Verifier(NEUMANN[start:end])
    for at, letter in enumerate(NEUMANN):
        with pytest.raises(Malformed):
            Verifier(f"{NEUMANN[:at]}{chr(ord(letter) + 1)}{NEUMANN[at + 1 :]}")


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
    ids=["too long", "an unknown algorithm"],
)
def test_a_key_of_another_kind_is_refused(text):
    with pytest.raises(Malformed):
        Verifier(text)


def test_a_checkpoint_is_written_as_the_format_says():
    assert f"{ORIGIN}\n8\n{base64.b64encode(ROOTS[8]).decode()}" == TEXT
    dash, name, signature = SIGNATURE.removesuffix("\n").split(" ")
    assert (dash, name) == ("\u2014", ORIGIN)
    assert base64.b64decode(signature)[:4].hex() == SIGNER.verifier_key.split("+")[1]


def test_what_was_signed_is_what_is_read():
    assert open_checkpoint(NOTE, OURS) == CHECKPOINT
    empty = Checkpoint(ORIGIN, 0, ROOTS[0])
    assert open_checkpoint(SIGNER.sign(empty), OURS) == empty


def test_an_independent_tool_verifies_a_checkpoint(tmp_path):
    """With the public key alone, cut from its text as docs/audit.md says."""
    key = base64.b64decode(SIGNER.verifier_key.split("+", 2)[2])[1:]
    # How RFC 8410 begins each public key of Ed25519.
    (tmp_path / "key").write_bytes(bytes.fromhex("302a300506032b6570032100") + key)
    (tmp_path / "signature").write_bytes(base64.b64decode(SIGNATURE.split()[2])[4:])

    def verified(text):
        (tmp_path / "text").write_text(text)
        words = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature"
        return subprocess.run(words.split(), cwd=tmp_path, capture_output=True, check=False).returncode == 0

    assert verified(f"{TEXT}\n")
    assert not verified(f"{TEXT}\n".replace("\n8\n", "\n9\n"))


@given(st.data())
def test_no_byte_of_a_note_can_be_another(data):
    whole = NOTE.encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    changed = whole[:at] + bytes([other]) + whole[at + 1 :]
    with pytest.raises((BadNote, UnicodeDecodeError)):
        open_checkpoint(changed.decode(), OURS)


@given(st.data())
def test_no_part_of_a_note_is_a_note(data):
    start = data.draw(st.integers(0, len(NOTE)))
    end = data.draw(st.integers(start, len(NOTE)).filter(lambda end: end - start < len(NOTE)))
    with pytest.raises(BadNote):
        open_checkpoint(NOTE[start:end], OURS)


@given(st.text() | st.text(alphabet="\n\u2014 +=Aa0\r\t\ud800"))
def test_whatever_else_somebody_writes_is_refused_in_a_sentence(text):
    for note in (text, f"{TEXT}\n\n{text}", f"{text}\n\n{SIGNATURE}", f"{NOTE}{text}" if text else ""):
        with pytest.raises(BadNote):
            open_checkpoint(note, OURS)


@pytest.mark.parametrize("size", ["", "-1", "+8", "08", " 8", "8 ", "8.0", "٨", "1e3", "9" * 20])
def test_a_size_is_written_in_one_way_only(size):
    with pytest.raises(Malformed, match="whole number"):
        Checkpoint.parse(CHECKPOINT.text().replace("\n8\n", f"\n{size}\n"))


@pytest.mark.parametrize(
    "text",
    [
        f"{CHECKPOINT.text()}more\n",
        f"{CHECKPOINT.text()}\n",
        CHECKPOINT.text().removesuffix("\n"),
        CHECKPOINT.text().replace("=", ""),
        CHECKPOINT.text().replace("=", "=="),
        f"{ORIGIN}\n8\n{base64.b64encode(bytes(31)).decode()}\n",
        f"{ORIGIN}\n8\n{base64.urlsafe_b64encode(bytes([255] * 32)).decode()}\n",
        f"a b\n8\n{base64.b64encode(bytes(32)).decode()}\n",
        f"\n8\n{base64.b64encode(bytes(32)).decode()}\n",
    ],
)
def test_a_checkpoint_has_three_lines_and_nothing_else(text):
    with pytest.raises(Malformed):
        Checkpoint.parse(text)


@pytest.mark.parametrize(
    "line",
    [
        SIGNATURE.replace("\u2014", "-"),
        SIGNATURE.replace("\u2014 ", ""),
        SIGNATURE.replace("\n", " more\n"),
        f"\u2014 {ORIGIN} {base64.b64encode(SIGNER.key_id).decode()}\n",
        f"\n{SIGNATURE}",
        f"{SIGNATURE}\n",
    ],
    ids=["another dash", "no dash", "a word more", "an id and nothing signed", "a blank line", "a blank line behind"],
)
def test_a_line_that_is_no_signature_spoils_the_note(line):
    for note in (f"{TEXT}\n\n{line}", f"{NOTE}{line}"):
        with pytest.raises(Malformed):
            open_checkpoint(note, OURS)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u00a0b", "a\nb", "a\x00b", "a\ud800"])
def test_a_name_has_no_blanks_and_no_plus(name):
    with pytest.raises(Malformed):
        signer(name)
    with pytest.raises(Malformed):
        Checkpoint(name, 1, ROOTS[1])


def test_signatures_of_others_count_for_nothing():
    stranger = signer("witness.example")
    theirs = stranger_line(stranger)
    assert open_checkpoint(f"{TEXT}\n\n{theirs}{SIGNATURE}", OURS) == CHECKPOINT
    assert open_checkpoint(f"{NOTE}{theirs * 15}", OURS) == CHECKPOINT
    with pytest.raises(NotSigned, match="No key"):
        open_checkpoint(f"{TEXT}\n\n{theirs}", OURS)
    with pytest.raises(NotSigned, match="No key"):
        open_checkpoint(NOTE, [])


def stranger_line(stranger):
    return stranger.sign(Checkpoint(stranger.name, 8, ROOTS[8])).split("\n\n")[1]


def test_a_key_of_another_ledger_does_not_speak_for_this_one():
    other = signer("other.example/ledger")
    signed_by_other = f"{TEXT}\n\n{stranger_line(other)}"
    with pytest.raises(NotSigned):
        open_checkpoint(signed_by_other, [*OURS, Verifier(other.verifier_key)])
    with pytest.raises(Malformed, match="own name"):
        other.sign(CHECKPOINT)


def test_a_wrong_signature_of_a_known_key_is_refused_beside_a_right_one():
    elsewhere = SIGNER.sign(Checkpoint(ORIGIN, 7, ROOTS[7])).split("\n\n")[1]
    for note in (f"{NOTE}{elsewhere}", f"{TEXT}\n\n{elsewhere}{SIGNATURE}"):
        with pytest.raises(NotSigned, match="is not of this text"):
            open_checkpoint(note, OURS)


def test_while_one_key_replaces_another_either_is_enough():
    new = signer()
    both = [*OURS, Verifier(new.verifier_key)]
    assert open_checkpoint(NOTE, both) == open_checkpoint(new.sign(CHECKPOINT), both) == CHECKPOINT


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(bytes(31)).decode(), "!" * 44])
def test_a_wrong_signing_key_is_refused_and_not_told(key):
    with pytest.raises(Malformed) as refusal:
        Signer(ORIGIN, key)
    assert not key or key not in str(refusal.value)


def test_a_note_of_any_length_is_not_read():
    with pytest.raises(Malformed, match="too long"):
        open_note(f"{'a' * 200_000}\n\n{SIGNATURE}", OURS)
