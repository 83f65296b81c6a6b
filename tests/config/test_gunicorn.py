"""How the web is served."""

from types import SimpleNamespace

import pytest

from config import gunicorn


@pytest.mark.parametrize(
    ("address", "fine"), [("127.0.0.1:8000", True), ("[::1]:8000", True), ("0.0.0.0:8000", False), (":8000", False)]
)
def test_a_demonstration_listens_to_this_machine_alone(address, fine, monkeypatch):
    server = SimpleNamespace(cfg=SimpleNamespace(bind=[address]))
    monkeypatch.setenv("DEMO", "1")
    if fine:
        gunicorn.on_starting(server)
    else:
        with pytest.raises(RuntimeError, match="DEMO=1"):
            gunicorn.on_starting(server)
    monkeypatch.setenv("DEMO", "0")
    gunicorn.on_starting(server)


def test_nobody_steers_a_running_server_and_no_address_is_logged():
    assert gunicorn.control_socket_disable is True
    assert gunicorn.accesslog is None
