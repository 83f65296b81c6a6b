"""A reason says something that can be read, and words that have no shape are no reason."""

import pytest
from django import forms

from agencies.forms.fields import WordsField
from agencies.policies import check_has_reason, check_reason_given
from agencies.words import says_something
from audit.refusals import NotNow

UNSEEN = [
    "",
    " \n",
    "\u200b",
    "\u3164",
    "\uffa0\u115f",
    "\u2800",
    "\u202e\u2060",
    "\u0301",
    "\x00",
    "…",
    "-",
    "\U000e0041",
]


class Why(forms.Form):
    reason = WordsField(error_messages={"required": "Give the reason"})


@pytest.mark.parametrize("text", ["x", "7", "هو هو", "同", "ß\u200b", "٣", "Yr un dyn."])
def test_a_letter_or_digit_of_any_script_says_something(text):
    assert says_something(text)
    check_has_reason(text)
    assert Why({"reason": text}).is_valid()


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_what_nobody_can_read_is_no_reason(text):
    assert not says_something(text)
    for check in (check_has_reason, check_reason_given):
        with pytest.raises(NotNow):
            check(text)


@pytest.mark.parametrize("text", [text for text in UNSEEN if "\x00" not in text], ids=ascii)
def test_a_form_says_beside_its_field_that_nothing_can_be_read(text):
    assert Why({"reason": text}).errors == {"reason": ["Give the reason"]}
