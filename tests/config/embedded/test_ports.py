"""Ports that stay one's own."""

import socket
from pathlib import Path

import pytest

from config.embedded.ports import RANGE, free_port


def test_a_port_is_never_one_that_outgoing_connections_are_given() -> None:
    place = Path("/proc/sys/net/ipv4/ip_local_port_range")
    first = int(place.read_text().split()[0]) if place.exists() else 49_152  # macOS
    assert all(free_port() < first for _ in range(50))


def test_a_port_that_is_taken_is_left_alone_and_one_that_is_free_is_kept() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", free_port()))
        server.listen()
        taken = server.getsockname()[1]
        assert free_port(taken) != taken
    assert free_port(taken) == taken


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", free_port()))
        server.listen()
        taken = server.getsockname()[1]
        monkeypatch.setattr("config.embedded.ports.random.sample", lambda *_: [taken])
        with pytest.raises(OSError, match="No free port"):
            free_port()
    assert taken in RANGE
