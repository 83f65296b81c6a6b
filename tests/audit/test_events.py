"""What happened is a row, and each handler acts on it once, whatever is lost on the way."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.events import Event, handler_of, handles, happened
from audit.models import EventRecord, Handling
from audit.refusals import OffTheRecord
from audit.tasks import sweep_events
from tests.at_once import at_once
from tests.audit.acts import handlers, rename, within
from tests.making import submitted

NOW = timezone.now()


class Hearing:
    """A handler that remembers what it heard, and fails as often as it is told to."""

    def __init__(self, fails=0):
        self.heard, self.fails = [], fails

    def __call__(self, event, *, by, now):
        self.heard.append((event.kind, event.object_id, by))
        if len(self.heard) <= self.fails:
            raise ConnectionError


def rename_now(agency):
    return rename(agency_id=agency.pk, name="Elsewhere", by=Agent.OPERATOR, now=timezone.now())


def test_an_event_happens_in_an_action_only(db, on_record, agency):
    with pytest.raises(OffTheRecord):
        happened(Event.NOTE_WRITTEN, agency, by=Agent.OPERATOR, now=NOW)


@pytest.mark.usefixtures("db", "on_record")
class TestHandling:
    def test_each_handler_hears_of_it_once(self, agency):
        one, two = Hearing(), Hearing()
        with handlers(Event.NOTE_WRITTEN, one=one, two=two):
            rename_now(agency)
            assert sweep_events() == 2
            assert sweep_events() == 0
        heard = [(Event.NOTE_WRITTEN, agency.pk, Agent.SWEEPER)]
        assert one.heard == two.heard == heard

    def test_losing_every_hint_loses_nothing(self, agency):
        hearing = Hearing()
        with handlers(Event.NOTE_WRITTEN, one=hearing):
            rename_now(agency)  # the hint of this one never leaves: the test's transaction does not commit
            with time_machine.travel(timezone.now() + timedelta(days=3), tick=True):
                assert sweep_events() == 1
        assert len(hearing.heard) == 1

    def test_a_handler_that_fails_is_tried_again_and_the_other_is_not(self, agency):
        good, bad = Hearing(), Hearing(fails=1)
        with handlers(Event.NOTE_WRITTEN, good=good, bad=bad):
            rename_now(agency)
            assert sweep_events() == 1
            with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
                assert sweep_events() == 1
        assert (len(good.heard), len(bad.heard)) == (1, 2)

    def test_what_a_failing_handler_wrote_is_taken_back(self, agency):
        def half(event, *, by, now):
            rename(agency_id=agency.pk, name="Half done", by=by, now=now)
            raise ConnectionError

        with handlers(Event.NOTE_WRITTEN, half=half):
            rename_now(agency)
            sweep_events()
        agency.refresh_from_db()
        assert agency.name == "Elsewhere"

    def test_a_handler_the_code_no_longer_has_is_kept_and_named(self, agency):
        with handlers(Event.NOTE_WRITTEN, gone=Hearing()):
            rename_now(agency)
        with handlers(Event.NOTE_WRITTEN):
            assert sweep_events() == 0
        handling = Handling.objects.get(handler="gone")
        assert (handling.done, handling.last_error) == (None, "KeyError")
        assert str(handling) == f"gone {handling.event_id}"

    def test_an_event_nobody_handles_is_a_row_all_the_same(self, agency):
        with handlers(Event.NOTE_WRITTEN):
            rename_now(agency)
        event = EventRecord.objects.get(object_id=agency.pk)
        assert (event.kind, event.actor, event.subject) == ("note_written", Agent.OPERATOR.pk, None)
        assert str(event) == f"note_written {agency.pk}"
        assert not event.handlings.exists()

    def test_an_event_names_the_person_it_concerns_and_who_else_took_part(self):
        referral, colleague = submitted(), uuid4()
        within(
            do=lambda: happened(Event.DISPATCH_ASSIGNED, referral, by=Agent.OPERATOR, now=NOW, to=colleague),
            by=Agent.OPERATOR,
            now=NOW,
        )
        event = EventRecord.objects.get(kind=Event.DISPATCH_ASSIGNED)
        assert (event.subject, event.ids) == (referral.person_id, {"to": str(colleague)})


def test_a_handler_is_registered_under_its_dotted_name():
    with handlers(Event.NOTE_WRITTEN):

        @handles(Event.NOTE_WRITTEN)
        def react(event, *, by, now):
            pass

        assert handler_of(Event.NOTE_WRITTEN, f"{__name__}.react") is react


def test_two_sweeps_at_once_have_one_effect(own_database, agency):
    hearing = Hearing()
    with handlers(Event.NOTE_WRITTEN, one=hearing):
        with recording(by=Agent.OPERATOR):
            for _ in range(10):
                rename_now(agency)
        assert sum(at_once(sweep_events, sweep_events, sweep_events)) == 10
    assert len(hearing.heard) == 10
