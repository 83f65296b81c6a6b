"""Which version of the standards holds on a day, how two differ, and what a file of one may say."""

import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.triage.standardising import LONG_AGO, drafted, headquarters, published, step
from triage.models import Moment, Standard
from triage.standard_file import EXAMPLE, NEXT_EXAMPLE, read_standard
from triage.standards import Change, before, changes, latest, standard_on, steps_of
from triage.states import StandardState

pytestmark = pytest.mark.usefixtures("db", "on_record")
DAY = timedelta(days=1)


def test_a_version_holds_from_its_day_until_a_later_one_does():
    by, now = headquarters(), timezone.now()
    today = timezone.localdate()
    assert standard_on(today) is None and latest() is None
    first = published(by=by, day=today - timedelta(days=50))
    second = published(step(), by=by, now=now, day=today + timedelta(days=5))
    drafted(by=by)
    assert [standard_on(today + at * DAY) for at in (-51, -50, 0, 4)] == [None, first, first, first]
    assert standard_on(today + 5 * DAY) == standard_on(today + 500 * DAY) == latest() == second
    first.refresh_from_db()
    assert (first.state, first.superseded_by, second.number) == (StandardState.SUPERSEDED, by, 2)
    assert before(second) == first and before(first) is None


def test_of_two_that_begin_on_one_day_the_later_one_holds():
    by, now = headquarters(), timezone.now() - LONG_AGO
    day = timezone.localdate(now) + DAY
    published(by=by, now=now, day=day)
    second = published(step(), by=by, now=now, day=day)
    assert standard_on(day) == second


def test_a_difference_is_what_is_added_changed_and_asked_no_more_and_no_order():
    one, two, three = step("pnc"), step("pnd"), step("ncia")
    other = replace(two, guidance="Also the address.")
    assert changes([one, two], [two, one]) == []
    assert changes([one, two], [three, other]) == [Change(None, three), Change(two, other), Change(one, None)]


def test_steps_stand_in_order_and_moment_by_moment():
    assessed = step("read", moment=Moment.GATEWAY)
    draft = drafted(assessed, step("pnd"), step("pnc"))
    assert [each.code for each in steps_of(draft)] == ["pnd", "pnc", "read"]


def test_the_example_names_the_systems_of_the_answer_that_it_cites_and_says_that_it_is_no_policy():
    told = read_standard(EXAMPLE)
    assert [each.code for each in told.steps] == [
        "pnc", "pnd", "ncia", "open-source", "local-crime-and-intelligence", "ct-holmes",
    ]  # fmt: skip
    assert "not policy" in told.origin and "01.FOI.23.029461" in told.origin


def test_the_example_that_follows_adds_steps_before_a_gateway_assessment_and_says_what_changed():
    before, told = read_standard(EXAMPLE), read_standard(NEXT_EXAMPLE)
    assert {each.moment for each in before.steps} == {Moment.DECONFLICTION}
    assert {each.code for each in before.steps} < {each.code for each in told.steps}
    assert [each.required for each in told.steps if each.moment == Moment.GATEWAY].count(True) == 5
    assert "not policy" in told.origin and "before a gateway assessment" in told.origin
    assert "gateway assessment" in told.note and not before.note


def test_the_command_says_what_the_file_says_of_what_changed():
    out = StringIO()
    call_command("import_standard", str(NEXT_EXAMPLE), "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"version": 1, "steps": 13, "note": read_standard(NEXT_EXAMPLE).note}


def test_a_file_becomes_a_draft_for_headquarters_and_nothing_more(tmp_path):
    out = StringIO()
    call_command("import_standard", str(EXAMPLE), "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"version": 1, "steps": 6}
    assert Standard.objects.get().is_draft and standard_on(timezone.localdate()) is None
    with pytest.raises(CommandError, match="There is a draft already"):
        call_command("import_standard", str(EXAMPLE), stdout=out)


def test_the_command_says_in_words_what_it_made():
    out = StringIO()
    call_command("import_standard", str(EXAMPLE), stdout=out)
    assert out.getvalue() == "Version 1 is drafted, with 6 steps.\n"


STEP = {"code": "pnc", "moment": "deconfliction", "words": "PNC searched", "required": True}


@pytest.mark.parametrize(
    "told",
    [
        "no JSON",
        json.dumps([]),
        json.dumps({"origin": "", "steps": []}),
        json.dumps({"origin": "", "steps": [STEP, STEP]}),
        *(
            json.dumps({"origin": "", "steps": [{**STEP, **wrong}]})
            for wrong in ({"moment": "never"}, {"words": "…"}, {"code": ""}, {"code": "a" * 41}, {"words": "a" * 201})
        ),
        json.dumps({"origin": "", "steps": [{"code": "pnc"}]}),
    ],
)
def test_a_file_that_is_no_version_is_refused_in_words(tmp_path, told):
    file = tmp_path / "standard.json"
    file.write_text(told, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_standard", str(file))
    assert not Standard.objects.exists()


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_standard", str(tmp_path / "none.json"))
