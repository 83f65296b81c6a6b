"""What is settled before anything is started."""

import os
import socket
from pathlib import Path

import pytest

from config.run import checks, ports, programs, steps
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
    assert list(house()) == ["mail", "web", "worker", "mailer", "caller", "beat"]


def test_with_a_database_of_ones_own_there_is_no_demonstration(monkeypatch):
    assert "DEMO" not in environment(8123, demonstration=False)
    monkeypatch.delenv("MAIL_FOLDER", raising=False)
    assert list(house()) == ["web", "worker", "mailer", "caller", "beat"]


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


@pytest.mark.parametrize("program", programs.PROGRAMS, ids=lambda program: program.package)
def test_a_program_is_found_by_name_or_by_the_environment(program, monkeypatch):
    monkeypatch.setenv(program.variable, "/some/program")
    assert programs.find(program) == "/some/program"


def test_nothing_is_installed_where_everything_is_there(monkeypatch, capsys):
    for program in programs.PROGRAMS:
        monkeypatch.setenv(program.variable, "/some/program")
    assert programs.main() == 0
    assert capsys.readouterr().out == ""


def test_what_is_missing_is_named_by_its_package(monkeypatch, capsys):
    monkeypatch.setattr(programs.shutil, "which", lambda name, path=None: None)
    for program in programs.PROGRAMS:
        monkeypatch.delenv(program.variable, raising=False)
    assert programs.main() == 1
    told = capsys.readouterr().err
    for program in programs.PROGRAMS:
        assert f"`{program.package}`" in told
        assert program.variable in told


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
