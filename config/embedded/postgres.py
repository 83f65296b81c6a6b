"""One PostgreSQL cluster, driven by the wheel's own initdb and pg_ctl."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded.account import Account
from config.embedded.ports import free_port
from config.embedded.processes import runs

# Crash recovery of a large cluster takes its time.
START_WITHIN = 300
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """Where a cluster's data lie, which programs serve it, as whom, and with which settings."""

    folder: Path
    programs: Path
    account: Account
    password: str
    settings: dict[str, str]

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "postgres.log"

    def port(self) -> int | None:
        """The port on which the cluster's server listens, or None if no server of this cluster runs."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, IndexError, ValueError):
            return None
        return port if runs(pid, naming=str(self.data)) else None

    def initialise(self) -> None:
        """Make the cluster unless it is there. A half-made one, left by a crash, is made anew."""
        if (self.folder / "initialised").exists():
            return
        self.account.own(self.folder)
        if self.data.exists():
            self._run("/bin/rm", "-rf", str(self.data))
        secret = self.folder / "initial-password"
        secret.write_text(self.password)
        secret.chmod(0o600)
        self.account.own(secret)
        try:
            self._run(
                str(self.programs / "initdb"),
                f"--pgdata={self.data}",
                "--username=postgres",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            )
        finally:
            secret.unlink()
        (self.folder / "initialised").touch()

    def start(self) -> int:
        """Start the server, recovering after a crash if need be, and return its port.

        Raises:
            RuntimeError: it does not start; the message quotes the end of its log.
        """
        running = self.port()
        if running:
            self._control("status")
            return running
        self.initialise()
        # The number in a pid file left by a crash may belong to somebody else by now.
        self._run("/bin/rm", "-f", str(self.data / "postmaster.pid"))
        last = self.folder / "postgres.port"
        for attempt in range(5):
            port = free_port(int(last.read_text()) if attempt == 0 and last.exists() else None)
            if self._try_start(port):
                last.write_text(str(port))
                return port
            time.sleep(attempt)  # after a kill, old backends may hold the shared memory for a moment
        raise RuntimeError(f"PostgreSQL did not start. The end of {self.log}:\n{_end_of(self.log)}")

    def _try_start(self, port: int) -> bool:
        options = {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "120",
            "timezone": "UTC",
            "log_statement": "none",
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            **self.settings,
        }
        words = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        return self._control("start", "-w", "-t", str(START_WITHIN), "-l", str(self.log), "-o", words) == 0

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it has."""
        if self.port() and self._control("stop", "-m", "fast", "-w", "-t", "60") != 0:
            self._control("stop", "-m", "immediate", "-w", "-t", "60")

    def _control(self, *words: str) -> int:
        # pg_ctl hands its output to the server it starts: through a pipe we would wait for ever.
        return subprocess.run(
            [str(self.programs / "pg_ctl"), "-D", str(self.data), *words],
            **self.account.popen,
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            command,
            **self.account.popen,
            cwd="/",
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _end_of(log: Path) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    except OSError:
        return "(no log)"
