"""What `make run` and `make demo-reset` refuse, and how they say so."""

import sys

import pytest

from config.run import __main__ as run
from config.run import reset
from config.run.alone import alone


def test_only_the_embedded_demonstration_can_be_thrown_away(capsys):
    assert reset.main() == 1  # tests have a DATABASE_URL
    assert "DATABASE_URL is set" in capsys.readouterr().err


@pytest.fixture
def running(tmp_path, monkeypatch):
    """A clone that runs already."""
    for module in (run, reset):
        monkeypatch.setattr(module, "LOCAL", tmp_path)
    with alone(tmp_path / "run.lock"):
        yield


def test_a_running_house_is_not_thrown_away(running, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL")
    assert reset.main() == 1
    assert "running already" in capsys.readouterr().err


def test_a_running_house_is_not_started_again(running, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["run"])
    assert run.main() == 1
    assert "running already" in capsys.readouterr().err


@pytest.mark.parametrize(("stopped", "code"), [(KeyboardInterrupt(), 0), (SystemExit(143), 0), (SystemExit(2), 1)])
def test_being_stopped_while_preparing_is_no_failure(stopped, code, tmp_path, monkeypatch):
    def stop(*_: object) -> int:
        raise stopped

    monkeypatch.setattr(run, "LOCAL", tmp_path)
    monkeypatch.setattr(run, "run", stop)
    monkeypatch.setattr(sys, "argv", ["run"])
    assert run.main() == code
