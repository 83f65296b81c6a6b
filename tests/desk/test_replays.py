"""What went wrong once, played through the real actions: each ends as it should, and leaves nothing behind."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.models import Agency, User
from audit.agents import Agent
from audit.models import Entry, EventRecord
from audit.tasks import sweep_events
from desk.actions.play_replay import replay
from desk.replays.sent import PUPIL
from desk.replays.stage import NotSo, Stage
from desk.replays.stories import STORIES
from referrals.models import Draft, Referral
from tests.making import submitted
from tests.triage.standardising import published, step
from triage.models import Moment

pytestmark = pytest.mark.usefixtures("db", "on_record")

# What each says of what it asks, by code.
ENDS = {
    "hold": ("refused", ["not_cleared", "contact_held"]),
    "repeat-referral": ("refused", ["likely_undecided"]),
    "wrong-person": ("refused", ["moved_on", "not_cleared"]),
    "malicious": ("allowed", []),
    "colleague": ("allowed", []),
    "anonymous": ("allowed", []),
    "two-in-the-morning": ("allowed", []),
    "no-ideology": ("refused", ["reason_not_enough"]),
}
# What is refused on the way, besides: who tries the wrong thing meets the rule of it.
ON_THE_WAY = {
    "repeat-referral": ["not_deconflicted", "signed_once"],
    "malicious": ["not_deconflicted", "concerns_remain"],
    "colleague": ["forbidden", "own_words"],
    "anonymous": ["forbidden", "not_at_work"],
    "two-in-the-morning": ["not_cleared"],
}


def printed(capsys, *args):
    call_command("replay", *args)
    return capsys.readouterr().out


def test_there_is_one_for_each_thing_that_went_wrong():
    assert set(STORIES) == set(ENDS)


@pytest.mark.parametrize("name", ENDS)
def test_a_replay_ends_as_it_should_with_its_reasons_in_words(name, capsys):
    told = json.loads(printed(capsys, name, "--json"))
    outcome, codes = ENDS[name]
    assert (told["outcome"], [reason["code"] for reason in told["reasons"]]) == (outcome, codes)
    assert all(reason["sentence"].endswith(".") for reason in told["reasons"])
    assert told["asks"].endswith("?")
    besides = [reason["code"] for step in told["steps"] if not step["asked"] for reason in step["reasons"]]
    assert set(ON_THE_WAY.get(name, [])) <= set(besides)


@pytest.mark.parametrize("name", ENDS)
def test_a_replay_is_told_in_words_too(name, capsys):
    said = printed(capsys, name)
    assert said.splitlines()[-1] == f"{name}: {ENDS[name][0]}"
    assert said.count("Refused (") >= len(ENDS[name][1])


def test_nothing_of_a_replay_stays():
    kept = (User, Referral, Draft, EventRecord, Entry)
    before = [model.objects.count() for model in kept]
    replay("repeat-referral", by=Agent.OPERATOR, now=timezone.now())
    assert [model.objects.count() for model in kept] == before


def test_a_replay_that_does_not_go_as_it_is_told_says_so():
    stage = Stage(timezone.now())
    with pytest.raises(NotSo, match="The moon is full"):
        stage.notes("The moon is full.", False)


def test_where_somebody_of_a_made_up_name_is_known_it_fails_in_words_and_leaves_nothing(capsys):
    submitted(PUPIL)
    sweep_events()
    entries = Entry.objects.count()
    with pytest.raises(CommandError, match="did not go as it is told, and all of it is taken back"):
        call_command("replay", "repeat-referral", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["outcome"] == "failed" and "likely" in told["says"]
    assert Entry.objects.count() == entries


def test_there_is_none_where_people_are_real(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not with PRODUCTION"):
        call_command("replay", "hold")


def test_what_must_be_loaded_first_is_said(monkeypatch):
    monkeypatch.setattr("desk.management.commands.replay.COUNCIL", "nowhere")
    assert not Agency.objects.filter(code="nowhere").exists()
    with pytest.raises(CommandError, match="load_places"):
        call_command("replay", "hold")


@pytest.mark.parametrize("name", ["malicious", "repeat-referral"])
def test_a_replay_ticks_off_the_standards_that_are_in_force(name):
    published(step(), step("read", moment=Moment.GATEWAY))
    assert replay(name, by=Agent.OPERATOR, now=timezone.now()).outcome == ENDS[name][0]
