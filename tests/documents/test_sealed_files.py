"""A sealed file opens with its key, in its place, whole and unchanged, or not at all."""

import io
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from documents.sealed_files import CHUNK, HEADER, TAG, new_key, open_file, seal_file

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]


def opened(sealed, key, file_id):
    return b"".join(open_file(io.BytesIO(sealed), key=key, file_id=file_id))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_out_again(size):
    key, file_id = new_key(), uuid4()
    data = bytes(range(256)) * (size // 256 + 1)
    sealed = seal_file(data[:size], key=key, file_id=file_id)
    assert opened(sealed, key, file_id) == data[:size]
    assert data[:64] not in sealed or size < 64


def test_it_opens_with_no_other_key_and_in_no_other_place():
    key, file_id = new_key(), uuid4()
    sealed = seal_file(b"words", key=key, file_id=file_id)
    for other_key, other_id in ((new_key(), file_id), (key, uuid4())):
        with pytest.raises(InvalidTag):
            opened(sealed, other_key, other_id)


def test_no_chunk_can_be_changed_left_out_moved_or_cut_off():
    key, file_id = new_key(), uuid4()
    sealed = seal_file(b"a" * CHUNK + b"b" * CHUNK + b"c", key=key, file_id=file_id)
    start, one = len(HEADER), CHUNK + TAG
    first, second, last = sealed[start : start + one], sealed[start + one : start + 2 * one], sealed[start + 2 * one :]
    changed = sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:]
    wrong = [HEADER + first + last, HEADER + second + first + last, HEADER + first + second, HEADER + first, changed]
    for made in wrong:
        with pytest.raises(InvalidTag):
            opened(made, key, file_id)


def test_what_is_no_sealed_file_is_called_so():
    with pytest.raises(ValueError, match="no sealed file"):
        opened(b"%PDF-1.7", new_key(), uuid4())
