"""The house over real HTTP, for browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings


@dataclass(frozen=True)
class LiveSite:
    """Where it is served."""

    url: str

    def at(self, path: str) -> str:
        """The full address of a path."""
        return f"{self.url}{path}"


@contextmanager
def serving() -> Iterator[LiveSite]:
    """Serve on a free port of loopback until the end of the block.

    Raises:
        Exception: whatever kept the server from starting.
    """
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    url = f"http://127.0.0.1:{thread.port}"
    try:
        with override_settings(PUBLIC_BASE_URL=url, CASEWORK_BASE_URL=url):
            yield LiveSite(url)
    finally:
        thread.terminate()
