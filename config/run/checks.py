"""Every check of `make check`, one after the other; all run, also after one has failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

from config.embedded.attach import services
from config.environment import CLONE

ROOMS = ("agencies", "audit", "config", "desk", "documents", "people", "referrals", "triage")
BIN = Path(sys.executable).parent


def checks() -> dict[str, list[str]]:
    """Name -> command."""
    templates = [str(path) for path in sorted((CLONE / "templates").rglob("*.html"))]
    manage = [sys.executable, "manage.py"]
    return {
        "format": [tool("ruff"), "format", "--check", "."],
        "lint": [tool("ruff"), "check", "."],
        "templates": [tool("djade"), "--target-version", "5.2", "--check", *templates],
        "layers": [tool("lint-imports"), "--no-cache"],
        "types": [tool("mypy")],
        "django": [*manage, "check"],
        "migrations made": [*manage, "makemigrations", "--check", "--dry-run"],
        "migrations in line": [*manage, "create_max_migration_files", "--dry-run"],
        "migrations safe": [
            *manage,
            "lintmigrations",
            "--settings=config.settings.check",
            "--quiet",
            "ignore",
        ],
        "security": [tool("bandit"), "-q", "-c", "pyproject.toml", "-r", *ROOMS],
        "dependencies": [tool("deptry"), "."],
    }


def tool(name: str) -> str:
    """A program of the virtual environment."""
    return str(BIN / name)


def main() -> int:
    """Run them all. 0 if all passed."""
    failed = []
    with services("tests"):
        for name, command in checks().items():
            start = time.monotonic()
            done = subprocess.run(
                command,
                cwd=CLONE,
                env=os.environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            took = time.monotonic() - start
            print(f"{'failed' if done.returncode else 'ok':>6}  {name} ({took:.1f} s)", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout, flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
