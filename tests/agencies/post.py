"""A real mail server on loopback that keeps what it is sent, and can be told to refuse."""

from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings


class PostOffice:
    """What arrived, in the order of arrival."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer = "250 Kept"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's
        """Keep the message unless told to refuse."""
        if self.answer.startswith("250"):
            letter = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
            self.letters.append(letter)
            self.recipients += envelope.rcpt_tos
        return self.answer


class AnyPort(Controller):
    """Listens where the system finds room."""

    def _trigger_server(self) -> None:
        self.port = cast(Server, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Serve on a free port of loopback and let Django send there by SMTP."""
    office = PostOffice()
    controller = AnyPort(office, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=controller.port,
        ):
            yield office
    finally:
        controller.stop()
