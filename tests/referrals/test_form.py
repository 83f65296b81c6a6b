"""The definition of the national form keeps its promises, whatever is answered."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.form import (
    FORM_VERSION,
    VERSIONS,
    Incomplete,
    answered,
    check_complete,
    clean,
    errors_on,
    form_of,
    is_immediate,
    lives_in_northern_ireland,
    suggested,
)
from referrals.questions.checks import as_date
from referrals.questions.shapes import FAMILY, PUBLIC, SELF, UNKNOWN, WORK, ByKind, Kind, Page, Question, say
from tests.referrals.answering import SHORTEST, shortest

FORM = form_of(FORM_VERSION)
KINDS = (WORK, FAMILY, PUBLIC, SELF)

START_AND_CHECK = 2
LIMITS = {WORK: 12, FAMILY: 8, PUBLIC: 8, SELF: 8}

every_kind = pytest.mark.parametrize("kind", KINDS)


def pages_to_send(answers: dict[str, Any]) -> int:
    return START_AND_CHECK + len(FORM.path(answers))


def asked_names(answers: dict[str, Any]) -> list[str]:
    return [question.name for _page, question in FORM.asked(answers)]


def incomplete_without(name: str, answers: dict[str, Any]) -> Incomplete:
    with pytest.raises(Incomplete) as caught:
        check_complete({key: value for key, value in answers.items() if key != name})
    return caught.value


@every_kind
def test_the_shortest_way_to_send_is_within_the_promised_number_of_pages(kind: str) -> None:
    assert pages_to_send(SHORTEST[kind]) <= LIMITS[kind]


@every_kind
def test_the_shortest_answers_can_be_sent(kind: str) -> None:
    check_complete(SHORTEST[kind])
    assert clean(SHORTEST[kind]) == SHORTEST[kind]


@every_kind
def test_exactly_the_promised_questions_are_required(kind: str) -> None:
    always = {"danger", "referrer_kind", "concern", "when_noticed", "adult_or_child", "told"}
    not_of_oneself = set() if kind == SELF else {"how_known"}
    at_work = {"referrer_name", "referrer_role", "referrer_organisation"} if kind == WORK else set()
    required = {question.name for _page, question in FORM.asked(SHORTEST[kind]) if question.is_required(SHORTEST[kind])}
    assert required == always | not_of_oneself | at_work


@every_kind
def test_every_required_question_is_missed_with_a_sentence(kind: str) -> None:
    for page, question in FORM.asked(SHORTEST[kind]):
        if question.is_required(SHORTEST[kind]) and question.name != "referrer_kind":
            gap = incomplete_without(question.name, SHORTEST[kind])
            assert (gap.page_slug, list(gap.errors)) == (page.slug, [question.name])
            assert str(gap.errors[question.name])


@every_kind
def test_somebody_and_somewhere_must_be_named(kind: str) -> None:
    who = incomplete_without("given_names", shortest(kind, given_names="Sam", description=None))
    assert list(who.errors) == ["given_names"]
    where = incomplete_without("authority", shortest(kind))
    assert list(where.errors) == ["postcode"]


def test_a_person_at_work_gives_one_way_to_be_reached() -> None:
    check_complete(shortest(WORK, referrer_email=None, referrer_phone="01632 960 001"))
    gap = incomplete_without("referrer_email", SHORTEST[WORK])
    assert (gap.page_slug, list(gap.errors)) == ("you", ["referrer_email"])


@pytest.mark.parametrize("kind", [FAMILY, PUBLIC, SELF])
def test_nobody_else_needs_to_give_a_name_or_an_address(kind: str) -> None:
    assert not {"referrer_name", "referrer_email", "referrer_phone"} & SHORTEST[kind].keys()


def test_i_do_not_know_is_an_answer_wherever_something_is_picked() -> None:
    for question in FORM.questions.values():
        if question.kind in {Kind.ONE_OF, Kind.ANY_OF, Kind.AUTHORITY} and question.name not in {
            "referrer_kind",
            "entry",
        }:
            assert UNKNOWN in {choice.value for choice in question.choices}, question.name


def test_every_question_is_reached_by_somebody() -> None:
    reached = {name for kind in KINDS for name in asked_names(SHORTEST[kind])}
    reached |= set(asked_names({"entry": "telephone"}))
    assert reached == set(FORM.questions)


def test_every_page_is_reached_by_somebody() -> None:
    reached = {page.slug for kind in KINDS for page in FORM.path(shortest(kind, danger="yes"))}
    reached |= {page.slug for page in FORM.path({"entry": "paper"})}
    assert reached == {page.slug for page in FORM.pages}


@every_kind
def test_no_question_is_asked_twice(kind: str) -> None:
    names = asked_names(shortest(kind, danger="yes", entry="paper"))
    assert len(names) == len(set(names))


def test_conditions_look_back_only() -> None:
    seen: set[str] = {"entry"}
    for page in FORM.pages:
        conditions = [page.asked_if, *(rule.required_if for rule in page.rules)]
        assert {each.name for each in conditions[:1] if each} <= seen
        for question in page.questions:
            conditions += [question.asked_if, question.required_if]
            seen.add(question.name)
        assert {each.name for each in conditions if each} <= seen


def test_a_question_on_two_pages_is_the_same_question() -> None:
    pages: dict[str, set[int]] = {}
    for page in FORM.pages:
        for question in page.questions:
            pages.setdefault(question.name, set()).add(id(question))
    differing = {name for name, ids in pages.items() if len(ids) > 1}
    assert differing == {"referrer_postcode"}  # of the organisation, or of one's home


def test_no_page_takes_the_name_of_another_address() -> None:
    assert not {page.slug for page in FORM.pages} & {"check", "sent", "save", "northern-ireland"}


@pytest.mark.parametrize("name", ["immigration_status", "military_number", "previous_employment", "previous_school"])
def test_what_officers_ask_later_is_not_asked_here(name: str) -> None:
    assert name not in FORM.questions


def test_about_oneself_the_form_says_you() -> None:
    answers = SHORTEST[SELF]
    for page, question in FORM.asked(answers):
        said = " ".join(str(say(words, answers)) for words in (page.title, question.label, question.hint))
        said += " ".join(str(say(choice.label, answers)) for choice in question.choices)
        if page.slug not in {"danger", "you"}:
            assert not {"they", "them", "their", "person"} & set(said.lower().replace(".", " ").split()), said


def test_changing_who_you_are_drops_what_is_no_longer_asked() -> None:
    teacher = shortest(WORK, languages="Polish")
    kept = clean(teacher | {"referrer_kind": PUBLIC})
    assert "referrer_role" not in kept
    assert kept["languages"] == "Polish"


def test_nobody_can_claim_to_be_an_entering_officer_with_nonsense() -> None:
    assert "entry" not in clean({"entry": "rumour", "danger": "no"})
    assert clean({"entry": "paper"}) == {"entry": "paper"}


@pytest.mark.parametrize(
    "name",
    ["O’Brien", "D'Arcy", "محمد بن سلمان", "Siân Ŵyn", "Ñuñez-Ævar", "X", "  Anna  ", "李小龍", "Łukasz 🙂", "a\u0301"],
)
def test_names_are_kept_exactly_as_typed(name: str) -> None:
    answers = shortest(WORK, given_names=name, family_name=None)
    check_complete(answers)
    assert clean(answers)["given_names"] == name


def test_only_nul_and_foreign_line_ends_are_changed() -> None:
    kept = clean(shortest(PUBLIC, concern="one\r\ntwo\rthree\x00 four"))
    assert kept["concern"] == "one\ntwo\nthree four"


def test_half_a_character_is_refused_with_a_sentence() -> None:
    gap = incomplete_without("", shortest(PUBLIC, concern="bad \ud83d half"))
    assert "cannot store" in str(gap.errors["concern"])


def test_too_much_is_refused_with_the_number_allowed() -> None:
    gap = incomplete_without("", shortest(PUBLIC, concern="a" * 20_001))
    assert "20,000" in str(gap.errors["concern"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("referrer_email", "nobody"),
        ("referrer_phone", "??"),
        ("postcode", "LS1"),
        ("approximate_age", "fifteen"),
        ("approximate_age", "121"),
        ("date_of_birth", {"day": "31", "month": "2", "year": "2010"}),
        ("date_of_birth", {"day": "", "month": "", "year": "2010"}),
        ("date_of_birth", {"day": "1", "month": "1", "year": "2999"}),
        ("date_of_birth", {"day": "1", "month": "1", "year": "1899"}),
        ("danger", "perhaps"),
        ("told", ["nobody", "police"]),
        ("told", ["the pope"]),
        ("authority", "Barnsley"),
    ],
)
def test_what_cannot_be_right_is_sent_back(name: str, value: Any) -> None:
    gap = incomplete_without("", shortest(PUBLIC, **{name: value}))
    assert name in gap.errors


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (("29", "2", "2011"), "no such day"),
        (("31", "4", "2010"), "no such day"),
        (("", "4", "2010"), "full date"),
        (("x", "4", "2010"), "full date"),
        (("1", "1", "1"), "1900 or later"),
        (("1", "1", "2999"), "in the past"),
    ],
)
def test_what_is_wrong_with_a_date_of_birth_is_said_exactly(day: tuple[str, str, str], said: str) -> None:
    answer = dict(zip(("day", "month", "year"), day, strict=True))
    assert said in str(incomplete_without("", shortest(PUBLIC, date_of_birth=answer)).errors["date_of_birth"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("approximate_age", "0"),
        ("approximate_age", "١٥"),
        ("date_of_birth", {"day": "29", "month": "2", "year": "2008"}),
        ("authority", "E08000038"),
        ("postcode", "s70 1gw"),
        ("referrer_phone", "+44 (0)1632 960 001 ext 4"),
    ],
)
def test_what_can_be_right_is_taken(name: str, value: Any) -> None:
    check_complete(shortest(PUBLIC, **{name: value}))


@pytest.mark.parametrize("where", [{"authority": "northern_ireland"}, {"postcode": "BT1 5GS"}])
def test_northern_ireland_is_told_whom_to_call(where: dict[str, str]) -> None:
    answers = shortest(PUBLIC, **where)
    assert lives_in_northern_ireland(answers)
    gap = incomplete_without("", answers)
    assert (gap.page_slug, "101" in str(gap.errors["authority"])) == ("who-and-where", True)


@pytest.mark.parametrize(("danger", "immediate"), [("yes", True), (UNKNOWN, True), ("no", False)])
def test_danger_and_doubt_about_it_alert_at_once(danger: str, immediate: bool) -> None:
    assert is_immediate({"danger": danger}) is immediate


def test_danger_adds_one_page_that_says_whom_to_call() -> None:
    calm, danger = (FORM.path(shortest(WORK, danger=answer)) for answer in ("no", "yes"))
    assert [page.slug for page in danger if page not in calm] == ["emergency"]


def test_one_s_own_name_is_not_typed_twice() -> None:
    assert suggested({"referrer_kind": SELF, "referrer_name": "Ana Bela Costa"}) == {
        "given_names": "Ana Bela",
        "family_name": "Costa",
    }
    assert suggested({"referrer_kind": SELF, "referrer_name": "Cher"}) == {"given_names": "Cher"}
    assert suggested({"referrer_kind": PUBLIC, "referrer_name": "Ana Costa"}) == {}


def test_check_your_answers_shows_every_answer_in_words() -> None:
    answers = shortest(
        WORK,
        date_of_birth={"day": "3", "month": "2", "year": "2010"},
        authority="E08000038",
        told=["police", "health"],
        languages=None,
    )
    rows = {row.name: row for section in answered(answers, place=lambda code: "Barnsley") for row in section.rows}
    assert rows.keys() == answers.keys()
    assert rows["date_of_birth"].values == ("3 February 2010",)
    assert rows["authority"].values == ("Barnsley",)
    assert [str(value) for value in rows["told"].values] == ["The police", "A doctor, nurse or mental health team"]
    assert "Languages" in {str(name) for section in answered(answers, place=str) for name in section.blank}


def test_every_version_can_still_be_shown() -> None:
    assert set(VERSIONS) == {form.version for form in VERSIONS.values()}
    with pytest.raises(LookupError):
        form_of("1999-01")


def test_every_label_has_words_and_every_required_question_an_error() -> None:
    for question in FORM.questions.values():
        assert str(say(question.label, {}))
        if question.required or question.required_if:
            assert str(say(question.missing, {})), question.name


def test_wordings_name_no_other_kind_than_the_four() -> None:
    assert {name for name in ByKind.__dataclass_fields__ if name != "otherwise"} == set(KINDS)


def gaps_in(answers: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    try:
        check_complete(answers)
    except Incomplete as gap:
        return [(gap.page_slug, gap.errors)]
    return []


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def plausible(question: Question) -> st.SearchStrategy[Any]:
    values = st.sampled_from([choice.value for choice in question.choices] or ["S70 1GW", "a@b.example", "15"])
    parts = st.fixed_dictionaries({part: st.text(max_size=4) for part in ("day", "month", "year")})
    return values | st.lists(values, max_size=3) | parts | junk


any_answers = st.fixed_dictionaries(
    {}, optional={name: plausible(question) for name, question in FORM.questions.items()}
) | st.dictionaries(st.text(max_size=10), junk, max_size=5)


@given(answers=any_answers)
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_either_completes_or_says_what_is_missing(answers: dict[str, Any]) -> None:
    kept = clean(answers)
    assert clean(kept) == kept
    assert kept.keys() <= set(asked_names(kept))
    for slug, errors in gaps_in(answers):
        assert errors.keys() <= FORM.page(slug).names
        assert all(str(message) for message in errors.values())
    answered(kept, place=str)
    is_immediate(kept)
    lives_in_northern_ireland(kept)
    suggested(kept)


@given(answers=any_answers, page=st.sampled_from(FORM.pages))
@settings(max_examples=100, deadline=None)
def test_any_page_can_be_judged_with_any_answers(answers: dict[str, Any], page: Page) -> None:
    assert errors_on(page, answers).keys() <= page.names


@given(typed=st.dictionaries(st.sampled_from(["day", "month", "year"]), st.text(max_size=5)))
def test_any_typed_date_is_a_day_or_nothing(typed: dict[str, str]) -> None:
    as_date(typed)
