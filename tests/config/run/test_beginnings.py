"""What is settled before anything is started."""

import os
import socket
from pathlib import Path

import pytest

from config.run import browser, checks, ports, steps
from config.run.alone import AlreadyRunning, alone
from config.run.announce import announce
from config.run.processes import environment, house


def test_one_clone_runs_once(tmp_path):
    again = pytest.raises(AlreadyRunning, match="running already")
    with alone(tmp_path / "run.lock"), again, alone(tmp_path / "run.lock"):
        pass
    with alone(tmp_path / "run.lock"):
        pass


def test_a_second_clone_finds_another_port_and_a_port_asked_for_is_never_changed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ports.PortTaken, match=f"PORT={port + 1}"):
            ports.choose_port(port)
    assert ports.choose_port(port) == port
    assert ports.choose_port(None)


def test_a_demonstration_is_bound_to_loopback_and_catches_its_mail(monkeypatch):
    told = environment(8123, demonstration=True)
    assert told["DEMO"] == "1"
    assert told["BIND"] == "127.0.0.1:8123"
    assert told["EMAIL_HOST"] == "127.0.0.1"
    monkeypatch.setenv("MAIL_FOLDER", told["MAIL_FOLDER"])
    assert list(house()) == ["mail", "web", "worker", "beat"]


def test_with_a_database_of_ones_own_there_is_no_demonstration(monkeypatch):
    assert "DEMO" not in environment(8123, demonstration=False)
    monkeypatch.delenv("MAIL_FOLDER", raising=False)
    assert list(house()) == ["web", "worker", "beat"]


def test_it_is_said_where_to_go_and_who_to_sign_in_as(capsys):
    announce(8123, "Sign in as officer@example.org", demonstration=True)
    told = capsys.readouterr().out
    for part in ("http://127.0.0.1:8123/\n", "/casework/", "/demo/mail/", "officer@example.org", "Ctrl-C"):
        assert part in told


def test_a_step_is_done_again_only_when_something_has_changed(tmp_path):
    source, stamp = tmp_path / "source", tmp_path / "stamp"
    source.write_text("a")
    assert steps.changed(stamp, [source])
    steps.remember(stamp, [source])
    assert not steps.changed(stamp, [source])
    source.write_text("b")
    assert steps.changed(stamp, [source])


def test_a_step_that_fails_stops_the_start_and_shows_what_it_said():
    with pytest.raises(steps.Failed, match="why"):
        steps.command("", "/bin/sh", "-c", "echo why; exit 1", keep=True)
    assert steps.command("", "/bin/sh", "-c", "echo well", keep=True) == "well\n"


def test_a_browser_is_found_by_name_or_by_the_environment(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/some/browser")
    assert browser.find() == "/some/browser"
    assert browser.main() == 0


def test_without_a_browser_the_package_is_named(monkeypatch, capsys):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nonexistent")
    assert browser.main() == 1
    assert "chromium" in capsys.readouterr().err


@pytest.mark.parametrize(("result", "word"), [(0, "ok"), (1, "failed")])
def test_every_check_is_run_and_named(result, word, monkeypatch, capsys):
    monkeypatch.setattr(checks, "checks", lambda: {"first": ["/bin/sh", "-c", f"echo said; exit {result}"]})
    assert checks.main() == result
    told = capsys.readouterr().out
    assert f"{word}  first" in told
    assert ("said" in told) is bool(result)


def test_the_checks_use_the_tools_of_the_virtual_environment():
    for command in checks.checks().values():
        assert Path(command[0]).parent == checks.BIN
        assert os.access(command[0], os.X_OK)
