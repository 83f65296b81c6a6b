"""The worker dies while the scanner reads a file: the file waits, is scanned later, and is judged once."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from documents import storage
from documents.models import Document, Scan
from documents.selectors import opened
from documents.states import FileState
from referrals.actions.submit_referral import submit_referral
from referrals.models import Referral
from tests.documents.making import TEXT, uploaded
from tests.fault.conftest import AUTHORITY
from tests.fault.test_inboxes import signed_in
from tests.fault.test_worker import nothing_is_recorded
from tests.making import BROWSER, TEACHER, draft_with
from tests.processes import House, children, until
from tests.referrals.writing import own_words
from tests.scanner import INFECTED

pytestmark = pytest.mark.fault
PING = b"zPING\0"


class Gate:
    """Stands before the scanner and hands everything on; while it is shut, streams reach it and get no answer."""

    def __init__(self, folder: Path, scanner: str) -> None:
        self.scanner = scanner.removeprefix("unix:")
        self.path = folder / "gate.sock"
        self.is_open = Event()
        self.streams = 0
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(self.path))
        self.server.listen()
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):  # closed at the end of the test
            while True:
                Thread(target=self._hand_on, args=(self.server.accept()[0],), daemon=True).start()

    def _hand_on(self, client: socket.socket) -> None:
        with closing(client), closing(socket.socket(socket.AF_UNIX)) as scanner, suppress(OSError):
            scanner.connect(self.scanner)
            said = client.recv(65_536)
            if said != PING:
                self.streams += 1
                self.is_open.wait()
            Thread(target=_copy, args=(scanner, client), daemon=True).start()
            scanner.sendall(said)
            _copy(client, scanner)


def _copy(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while piece := one.recv(65_536):
            other.sendall(piece)
        other.shutdown(socket.SHUT_WR)


@pytest.fixture
def gate(house: House, clamd: str, tmp_path: Path) -> Iterator[Gate]:
    """The worker of the house reaches the scanner through it, until the end of the test."""
    made = Gate(tmp_path, clamd)
    house.kill("worker")
    house.start("worker", CLAMD=f"unix:{made.path}")
    yield made
    made.is_open.set()
    made.server.close()
    if "worker" in house.running:
        house.kill("worker")  # `restore` starts one that knows nothing of the gate


def sent_with(data: bytes) -> Document:
    with recording(by=Agent.OPERATOR):
        draft = draft_with({**TEACHER, "complex_needs": own_words(Random())})
        uploaded(draft, data)
        submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=timezone.now())
        return Document.objects.get(referral=Referral.objects.get(draft_id=draft.pk).pk)


def kill(house: House, who: str, gate: Gate) -> None:
    """The whole worker as by a power cut, or the child alone, which the parent replaces."""
    if who == "parent":
        house.kill("worker")
        house.start("worker", CLAMD=f"unix:{gate.path}")
    else:
        for pid in children(house.running["worker"].pid):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def while_reading(gate: Gate) -> Iterator[None]:
    """The scanner has the file, or a part of it, and has said nothing."""
    until(lambda: gate.streams, "the worker sends the file to the scanner")
    yield
    gate.is_open.set()


@contextmanager
def before_recording(gate: Gate) -> Iterator[None]:
    """The scanner has spoken, and it cannot be put on record."""
    # What else the worker does takes records too: the ledger shuts once the file is with the scanner.
    until(lambda: gate.streams, "the worker sends the file to the scanner")
    with nothing_is_recorded():
        gate.is_open.set()
        until(_is_blocked, "the verdict cannot be recorded")
        yield


def _is_blocked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'audit_entry'::regclass")
        return bool(cursor.fetchone()[0])


def state_of(document: Document) -> str:
    return str(Document.objects.get(pk=document.pk).state)


def verdicts(document: Document) -> tuple[int, int]:
    """How often the ledger and the history say that the file was judged."""
    history = apps.get_model("documents", "DocumentEvent").objects
    return (
        Entry.objects.filter(object_id=document.pk, verb="conclude_scan").count(),
        history.filter(pgh_obj_id=document.pk).exclude(state=FileState.CHECKING).count(),
    )


@pytest.mark.parametrize("who", ["child", "parent"])
@pytest.mark.parametrize(
    ("moment", "data", "state"),
    [
        pytest.param(while_reading, TEXT, FileState.CLEAN, id="while it reads a clean file"),
        pytest.param(
            before_recording, b"Look: " + INFECTED, FileState.REFUSED, id="before an infected one is recorded"
        ),
    ],
)
def test_a_file_whose_scan_is_cut_off_waits_and_is_judged_once(house, gate, who, moment, data, state):
    officer = signed_in(house.url, AUTHORITY)
    document = sent_with(data)
    page = f"/casework/documents/{document.pk}/"
    with moment(gate):
        kill(house, who, gate)
        assert state_of(document) == FileState.CHECKING
        assert "Content-Disposition" not in officer.get(page).headers
        assert verdicts(document) == (0, 0)
    until(lambda: state_of(document) == state, "the file is judged", within=60)
    until(lambda: Scan.objects.get(file=document.pk).done, "its turn is over")
    assert Scan.objects.get(file=document.pk).attempts == 1, "what was cut off has left no trace"
    assert gate.streams >= 2, "the scanner has read it anew"
    assert verdicts(document) == (1, 1)
    answer = officer.get(page)
    if state == FileState.CLEAN:
        assert answer.content == data and answer.headers["Content-Disposition"].startswith("attachment")
        assert b"".join(opened(Document.objects.get(pk=document.pk))) == TEXT
    else:
        assert INFECTED not in answer.content
        with pytest.raises(FileNotFoundError):
            storage.read(document.pk)
