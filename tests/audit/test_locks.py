"""Waiting for a name."""

from threading import Event, Thread

from django.db import connection, transaction

from audit.locks import lock_name


def test_who_asks_for_a_name_that_is_held_waits_until_it_is_let_go_and_no_other_name_waits(own_database):
    went_on = Event()

    def second() -> None:
        with transaction.atomic():
            lock_name("other:1")
            lock_name("account:somebody@leeds.example")
        went_on.set()
        connection.close()

    with transaction.atomic():
        lock_name("account:somebody@leeds.example")
        thread = Thread(target=second)
        thread.start()
        assert not went_on.wait(timeout=0.5)
    thread.join(timeout=20)
    assert went_on.is_set()
