"""The mail that the demonstration has caught."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from config.environment import LOCAL, text


@dataclass(frozen=True)
class Mail:
    """One message as the page shows it."""

    id: str
    caught_at: datetime
    to: str
    subject: str
    body: str
    language: str


def folder() -> Path:
    """Where the catcher keeps them."""
    return Path(text("MAIL_FOLDER", str(LOCAL / "mail")))


def caught(most: int = 200) -> list[Mail]:
    """The latest messages, newest first."""
    files = sorted(folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [read(path) for path in files[:most]]


def read(path: Path) -> Mail:
    """One message from its file."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return Mail(
        id=path.stem,
        caught_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        body=str(body.get_content()) if body else "",
        language=str(message["Content-Language"] or "en"),
    )
