"""One command makes a database ready, and may be run at every start."""

import subprocess
import sys

from config.environment import CLONE
from tests.database import OwnDatabase


def test_preparing_twice_is_as_good_as_once_and_says_nothing(own_database: OwnDatabase):
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "manage.py", "prepare"],
            cwd=CLONE,
            env=own_database.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
