"""What nobody means to type: for tests that no field, address or filter falls over it."""

from urllib.parse import urlencode

from hypothesis import strategies as st

HOSTILE = {
    "100,000 characters": "a" * 100_000,
    "100,000 digits": "9" * 100_000,
    "100,000 of three bytes": "ツ" * 100_000,
    "NUL": "\x00",
    "NUL within": "be\x00fore",
    "half a character": "\ud83d",
    "half a character within": "be\udc00fore",
    "right to left": "\u202e\u200f\u2067abc\u2069",
    "no width": "\u200b\ufeff\u2060",
    "marks without a letter": "\u0301" * 500,
    "markup": "</textarea><script>alert(1)</script>{{ 7|add:1 }}{% x %}",
    "a statement": "'; DROP TABLE referrals_referral; --",
    "a path": "../../../etc/passwd",
    "lines": "one\r\ntwo\rthree\x0bfour\u2028five",
    "a far day": "9999-99-99T99:99:99+99:99",
    "a number like none": "1e999",
    "other digits": "١٥",
    "spaces": " \t\u00a0\u3000",
}
DAYS = {
    "in the future": ("1", "1", "2999"),
    "29 February of no leap year": ("29", "2", "2023"),
    "29 February of a leap year": ("29", "2", "2012"),
    "29 February of 1900": ("29", "2", "1900"),
    "the year 0": ("1", "1", "0"),
    "the last day there is": ("31", "12", "9999"),
    "the first day there is": ("1", "1", "0001"),
    "beyond the last year": ("1", "1", "10000"),
    "100,000 digits": ("9" * 100_000,) * 3,
    "NUL": ("\x00", "1\x00", "2010"),
    "half a character": ("\ud83d", "1", "2010"),
    "superscript": ("¹", "²", "²⁰¹⁰"),
    "other digits": ("١", "١", "٢٠١٠"),
    "less than nothing": ("-1", "-1", "-1"),
}

texts = st.one_of(
    st.sampled_from(list(HOSTILE.values())),
    st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C", "Cs"]), max_size=60),
)
# What a JSON body or a hand-made form can hold where an answer is expected.
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from(["day", "month", "year"]), texts), inner, max_size=4),
    ),
    max_leaves=6,
)


def nested(depth: int) -> object:
    """Lists in lists."""
    inside: object = "x"
    for _ in range(depth):
        inside = [inside]
    return inside


def encoded(fields: dict[str, str | list[str]]) -> bytes:
    """A form body as a program sends it, half characters and all."""
    return urlencode(fields, doseq=True, encoding="utf-8", errors="surrogatepass").encode()
