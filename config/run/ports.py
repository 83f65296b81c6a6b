"""Where the web is served."""

from config.embedded.ports import free_port

USUAL = 8000


class PortTaken(Exception):
    """Somebody listens on the port that was asked for."""


def choose_port(asked: int | None) -> int:
    """The port asked for, or the usual one, or any other if another clone has that. Raises PortTaken."""
    port = free_port(asked or USUAL)
    if asked and port != asked:
        raise PortTaken(f"Port {asked} is taken. Choose another: make run PORT={asked + 1}")
    return port
