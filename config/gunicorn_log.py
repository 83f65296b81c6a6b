"""What gunicorn itself says, without what was sent to it: no address asked for, no machine's address, no message."""

import sys
from typing import Any

from gunicorn.glogging import Logger

NO_REQUEST = "Invalid request"


class Log(Logger):
    """Gunicorn's own log. Its lines about a request quote it; what reaches the house is logged by the house."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Say that a request was none, and not which."""
        super().warning(NO_REQUEST if str(msg).startswith(NO_REQUEST) else msg, *args, **kwargs)

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Name the kind of an exception, neither its message nor what was being done."""
        error = sys.exc_info()[0]
        self.error("%s: %s", str(msg).partition("%")[0].strip(), error.__name__ if error else "")
