"""Run a command that ends when whoever started it ends, even by `kill -9`.

`python -m config.run.child NOTE COMMAND...` also notes its number in the file NOTE, for systems whose kernel
offers no such tie.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Note the number, tie the knot, become the command."""
    note, *command = sys.argv[1:]
    Path(note).write_text(str(os.getpid()))
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died before the knot was tied
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606  # nosec B606  # a list of ours, no shell


if __name__ == "__main__":
    main()
