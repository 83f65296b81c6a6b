"""The small client, against the real scanner and against servers that behave badly."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from documents import clamd
from documents.clamd import NoAnswer, Verdict, answers, scan
from documents.kinds import LARGEST
from tests.scanner import INFECTED


def test_the_real_scanner_answers_and_tells_clean_from_infected(scanner):
    assert answers()
    assert scan([b"honest words"]) is Verdict.CLEAN
    assert scan([]) is Verdict.CLEAN
    assert scan([b"words ", INFECTED[:10], INFECTED[10:], b" words"]) is Verdict.INFECTED


def test_the_largest_file_fits_through_and_is_looked_at_to_its_end(scanner):
    assert scan([b"x" * (LARGEST - len(INFECTED)), INFECTED]) is Verdict.INFECTED


def test_where_nobody_listens_there_is_no_answer(settings, tmp_path):
    for address in (f"unix:{tmp_path}/nobody", "127.0.0.1:1"):
        settings.CLAMD = address
        assert not answers()
        with pytest.raises(NoAnswer):
            scan([b"words"])


@contextmanager
def saying(words: bytes | None) -> Iterator[str]:
    """A server that reads to the end of what it is asked and says this; None: nothing for as long as one waits."""
    done = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            try:
                peer, _address = server.accept()
            except OSError:
                return
            with closing(peer):
                asked = b""
                # The piece of length nought, or the NUL of a PING, ends what is asked.
                while not asked.endswith((b"\0\0\0\0", b"zPING\0")) and (more := peer.recv(100_000)):
                    asked += more
                if words is None:
                    done.wait(10)
                else:
                    peer.sendall(words)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            done.set()
    thread.join(5)


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"stream: OK",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"x" * 9000,
    ],
    ids=["hangs up", "no end", "too large", "error", "chatter"],
)
def test_whatever_is_neither_clean_nor_infected_is_no_answer(words, settings):
    with saying(words) as settings.CLAMD:
        if words == b"stream: OK":
            assert scan([b"words"]) is Verdict.CLEAN
            return
        with pytest.raises(NoAnswer):
            scan([b"words"])


def test_a_scanner_that_says_nothing_is_waited_for_only_so_long(settings, monkeypatch):
    monkeypatch.setattr(clamd, "LONGEST", 0.3)
    monkeypatch.setattr(clamd, "CONNECTING", 0.3)
    with saying(None) as settings.CLAMD, pytest.raises(NoAnswer):
        scan([b"words"])
    with saying(None) as settings.CLAMD:
        assert not answers()


def test_a_file_that_takes_longer_than_there_is_time_is_no_answer(scanner, monkeypatch):
    monkeypatch.setattr(clamd, "LONGEST", 0.0)
    with pytest.raises(NoAnswer):
        scan([b"words"])
