"""Free ports on loopback."""

import socket


def free_port(preferred: int | None = None) -> int:
    """A port nobody listens on now, the preferred one if it is free."""
    for wanted in (preferred or 0, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            number: int = probe.getsockname()[1]
            return number
    raise OSError("No free port on 127.0.0.1.")
