"""One call: in time, to the address that was checked, verified by name, redirected nowhere, its body left unread."""

import datetime as dt
import socket
import ssl
import time
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import override_settings

from agencies.webhooks import reasons
from agencies.webhooks.calling import Answer, call
from tests.receiver import allowing, nobody_answers, receiving

BODY = b'{"id":"1"}'
HEADERS = {"webhook-id": "1"}


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_status_in_the_two_hundreds_means_that_it_was_taken(receiver, status):
    receiver.answer = status
    answer = call(receiver.url, BODY, HEADERS)
    assert answer == Answer() and answer.taken and not answer.gone
    assert receiver.calls[0][1] == BODY


@pytest.mark.parametrize("status", [400, 401, 404, 408, 409, 429, 500, 502, 503])
def test_any_other_answer_is_kept_by_its_number(receiver, status):
    receiver.answer = status
    assert call(receiver.url, BODY, HEADERS).reason == f"answered:{status}"


def test_gone_is_gone(receiver):
    receiver.answer = 410
    assert call(receiver.url, BODY, HEADERS).gone


@pytest.mark.parametrize(("asked", "pause"), [("30", 30), ("99999999", 3600), ("-1", 0), ("Sun", 0), ("١", 0)])
def test_a_receiver_says_how_long_it_wants_to_be_left_alone_up_to_an_hour(receiver, asked, pause):
    receiver.answer, receiver.headers = 503, {"Retry-After": asked.encode().decode("latin-1")}
    assert call(receiver.url, BODY, HEADERS).pause.total_seconds() == pause


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver, status):
    with receiving() as other, override_settings(**allowing(receiver.port, other.port)):
        receiver.answer, receiver.headers = status, {"Location": other.url}
        assert call(receiver.url, BODY, HEADERS).reason == reasons.REDIRECTED
        assert len(receiver.calls) == 1 and other.calls == []


@pytest.mark.parametrize("way", ["hang", "drip"])
def test_a_receiver_that_hangs_or_drips_is_hung_up_on_in_time(receiver, way):
    receiver.answer = way
    with override_settings(WEBHOOK_SECONDS=1):
        start = time.monotonic()
        assert call(receiver.url, BODY, HEADERS).reason == reasons.TIMED_OUT
    assert time.monotonic() - start < 2


def test_one_that_hangs_up_first_is_no_connection(receiver):
    receiver.answer = "drop"
    assert call(receiver.url, BODY, HEADERS).reason == reasons.NO_CONNECTION


def test_where_nobody_listens_there_is_no_connection():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with override_settings(**allowing(port)):
            assert call(f"http://127.0.0.1:{port}/", BODY, HEADERS).reason == reasons.NO_CONNECTION


def test_one_that_never_says_a_word_costs_the_time_of_one_call():
    with nobody_answers() as port, override_settings(**{**allowing(port), "WEBHOOK_SECONDS": 1}):
        for scheme in ("http", "https"):
            start = time.monotonic()
            assert call(f"{scheme}://127.0.0.1:{port}/", BODY, HEADERS).reason == reasons.TIMED_OUT
            assert time.monotonic() - start < 2


def test_an_answer_that_is_no_http_is_no_answer():
    import threading

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        port = listening.getsockname()[1]

        def speak():
            line, _ = listening.accept()
            with line:
                line.recv(4096)
                line.sendall(b"220 mail.example ESMTP\r\n\r\n")

        threading.Thread(target=speak, daemon=True).start()
        with override_settings(**allowing(port)):
            assert call(f"http://127.0.0.1:{port}/", BODY, HEADERS).reason == reasons.NO_ANSWER


def test_without_a_setting_loopback_is_not_called(receiver):
    with override_settings(WEBHOOK_ALLOWED_NETWORKS=[]):
        assert call(receiver.url, BODY, HEADERS).reason == reasons.ADDRESS_REFUSED
    assert receiver.calls == []


def test_plain_http_is_not_spoken_without_a_setting(receiver):
    with override_settings(WEBHOOK_SCHEMES=["https"]):
        assert call(receiver.url, BODY, HEADERS).reason == reasons.ADDRESS_REFUSED
    assert receiver.calls == []


def test_a_name_that_leads_nowhere_is_unknown(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [])
    assert call("https://receiver.example/", BODY, HEADERS).reason == reasons.NAME_UNKNOWN


def test_a_name_that_leads_elsewhere_after_it_was_checked_is_called_where_it_was_checked(receiver, monkeypatch):
    asked = []

    def rebinding(host, port, *args, **kwargs):
        if host == "receiver.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "127.0.0.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert call(f"http://receiver.example:{receiver.port}/events", BODY, HEADERS).taken
    assert asked == ["receiver.example"]
    assert receiver.calls[0][0]["host"] == f"receiver.example:{receiver.port}"


def test_an_address_that_takes_no_connection_gives_way_to_the_next(receiver, monkeypatch):
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, receiver.port)) for address in ("127.0.0.9", "127.0.0.1")
    ]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: found if host == "receiver.example" else real(host, *a, **k)
    )
    assert call(f"http://receiver.example:{receiver.port}/events", BODY, HEADERS).taken


@contextmanager
def certified(receiver, folder, name):
    """The receiver behind TLS, with a certificate for `name` that only the returned file vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    yield str(certificate)


def test_the_certificate_must_be_of_the_name_whatever_the_address(receiver, monkeypatch, tmp_path):
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: real("127.0.0.1" if host.endswith(".example") else host, *a, **k),
    )
    port = receiver.port
    with certified(receiver, tmp_path, "receiver.example") as authority:
        assert call(f"https://receiver.example:{port}/", BODY, HEADERS).reason == reasons.NOT_TRUSTED
        with override_settings(WEBHOOK_CA_FILE=authority):
            assert call(f"https://other.example:{port}/", BODY, HEADERS).reason == reasons.NOT_TRUSTED
            assert receiver.calls == []
            assert call(f"https://receiver.example:{port}/", BODY, HEADERS).taken
    assert len(receiver.calls) == 1
