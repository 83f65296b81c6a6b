"""Where data lie when the account of the server cannot reach the clone."""

import os
import sys

import pytest

from config.embedded import account, places, processes
from config.embedded.account import Account


class Elsewhere(Account):
    """An account that reaches nothing of ours."""

    def can_run(self, command: list[str]) -> bool:
        return False


@pytest.fixture
def clone(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "LOCAL", tmp_path / ".local")
    monkeypatch.setattr(places, "CLONE", tmp_path)
    monkeypatch.setattr(places, "ELSEWHERE", tmp_path / "var")
    return tmp_path


def test_data_lie_in_the_clone_where_that_can_be_reached(clone):
    assert places.home("house", Account()) == clone / ".local/services/house"


def test_data_lie_outside_the_clone_where_it_cannot(clone):
    home = places.home("house", Elsewhere())
    assert home.parent.parent == clone / "var"
    (home / "kept").touch()
    assert (places.home("house", Elsewhere()) / "kept").exists()


def test_what_an_earlier_clone_at_the_same_path_has_left_is_not_taken_over(clone):
    (places.home("house", Elsewhere()) / "old").touch()
    (clone / ".local/clone").unlink()
    assert list(places.home("house", Elsewhere()).iterdir()) == []


def test_programs_are_copied_once_to_where_they_can_be_reached(clone):
    programs = places.postgres_programs(Elsewhere())
    assert Account().can_run([str(programs / "postgres"), "--version"])
    before = (programs / "postgres").stat().st_ino
    assert (places.postgres_programs(Elsewhere()) / "postgres").stat().st_ino == before


def test_a_package_that_is_not_there_is_named():
    with pytest.raises(RuntimeError, match="no_such_package"):
        places._package("no_such_package")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_root_never_serves_a_database():
    assert account.server_account().uid


def test_a_process_of_somebody_else_is_left_alone():
    processes.end(os.getpid(), naming="no such command line")
    assert processes.runs(os.getpid(), naming=sys.executable.rpartition("/")[2])
    assert not processes.runs(2**22 - 1, naming="")
