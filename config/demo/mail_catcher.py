"""An SMTP server on loopback that delivers nothing: each message becomes a file.

Run by `python -m config.demo.mail_catcher`.
"""

import asyncio
import os
import signal
from pathlib import Path
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

PERMISSION = 0o600


class Folder:
    """A handler that keeps what arrives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's
        """Write the message whole before saying that it was taken."""
        content = envelope.original_content or b""
        draft = self.folder / f".{uuid4().hex}"
        draft.touch(mode=PERMISSION)
        draft.write_bytes(content)
        draft.rename(self.folder / f"{uuid4()}.eml")
        return "250 Kept"


async def catch(port: int, folder: Path) -> None:
    """Listen until SIGTERM or SIGINT."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    handler = Folder(folder)
    server = await loop.create_server(lambda: SMTP(handler, loop=loop, hostname="localhost"), "127.0.0.1", port)
    async with server:
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(catch(int(os.environ["EMAIL_PORT"]), Path(os.environ["MAIL_FOLDER"])))
