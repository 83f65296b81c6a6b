"""The worker or the beat dies at the worst moment: every e-mail goes, and a repeat is known as one."""

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from agencies.models import Notice
from tests.database import address
from tests.fault.visitor import Visitor
from tests.making import TEACHER
from tests.processes import House, children, until

pytestmark = pytest.mark.fault


def send(house: House) -> str:
    visitor = Visitor(house.url)
    visitor.write(TEACHER)
    return visitor.send()


@contextmanager
def nothing_is_recorded() -> Iterator[None]:
    """Let nobody write a ledger entry: an e-mail can be handed over, but not be marked as sent."""
    url = address(os.environ["MIGRATION_DATABASE_URL"], str(connection.settings_dict["NAME"]))
    with psycopg.connect(url) as owner:
        owner.execute("LOCK TABLE audit_entry IN SHARE MODE")
        yield


@pytest.mark.parametrize("who", ["child", "parent"])
def test_a_worker_killed_between_handing_over_an_e_mail_and_marking_it_sends_the_same_one_again(house, who):
    with ExitStack() as blocked:
        with house.paused("mail"):
            reference = send(house)
            until(lambda: Notice.objects.filter(done=None).count() == 3, "all mail is queued")
            blocked.enter_context(nothing_is_recorded())
        until(lambda: house.mails(reference), "an e-mail is handed over")
        if who == "parent":
            house.kill("mailer")
        else:
            for pid in children(house.running["mailer"].pid):
                os.kill(pid, signal.SIGKILL)
    if who == "parent":
        house.start("mailer")
    until(lambda: house.told(reference), "all mail is out", within=40)
    until(lambda: not Notice.objects.filter(done=None).exists(), "all is marked as sent")
    mails = house.mails(reference)
    assert len(mails) > 3, "one was handed over twice"
    assert len({mail["Message-ID"] for mail in mails}) == 3, "and is known as one by its Message-ID"
    assert len({(mail["To"], mail["Subject"], mail.get_content()) for mail in mails}) == 3


def test_children_of_a_worker_whose_parent_was_killed_do_not_stay(house):
    parent = house.running["worker"]
    orphans = children(parent.pid)
    parent.kill()
    parent.wait()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in orphans), "the children are gone")


def test_mail_goes_at_once_without_the_beat_and_what_failed_meanwhile_goes_when_it_is_back(house):
    house.kill("beat")
    reference = send(house)
    until(lambda: house.told(reference), "hints alone bring all mail out")
    house.kill("mail")
    late = send(house)
    until(lambda: Notice.objects.filter(done=None, attempts__gt=0).count() >= 2, "the mail was tried")
    house.start("mail", "beat")
    until(lambda: house.told(late), "all mail is out", within=40)
    assert len(house.mails(reference)) == len(house.mails(late)) == 3
