"""A leaf says all that an entry says, in the one way in which JSON can be written."""

import json

from hypothesis import given
from hypothesis import strategies as st

from audit.sealing.leaves import COLUMNS, as_fields, commitment_of, leaf_of

WORDS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
PLAIN = st.none() | st.from_regex(r"[0-9a-f.:-]{1,36}", fullmatch=True)
TEXTS = {"kind", "object_type", "verb"}


@given(st.tuples(*(WORDS if name in TEXTS else PLAIN for name in COLUMNS)))
def test_a_leaf_is_canonical_json_of_every_column(columns):
    said = as_fields(columns, "ab" * 32)
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert leaf_of(columns, "ab" * 32) == canonical
    assert {**dict(zip(COLUMNS, columns, strict=True)), "commitment": "ab" * 32} == said


def test_a_time_is_written_with_all_its_microseconds():
    def of(at):
        return as_fields([at if name == "at" else None for name in COLUMNS], "")["at"]

    assert of("2026-11-22 09:05:07.5+00") == "2026-11-22T09:05:07.500000Z"
    assert of("2026-11-22 09:05:07+00") == "2026-11-22T09:05:07.000000Z"
    assert of("infinity") == "infinity"


def test_no_payload_has_no_commitment():
    assert commitment_of(None, None) == ""
    assert commitment_of("key", "\\x00") != commitment_of("kex", "\\x00")
