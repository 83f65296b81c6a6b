"""One Valkey server: broker and cache, kept in an append-only file, never evicting a queue."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from config.embedded.ports import free_port
from config.embedded.processes import end, runs

START_WITHIN = 60


@dataclass(frozen=True)
class Broker:
    """Where a broker's data lie and which program serves it."""

    folder: Path
    program: Path
    password: str
    settings: dict[str, str]

    @property
    def data(self) -> Path:
        """The data directory; it also names the server's process."""
        return self.folder / "valkey"

    def pid(self) -> int | None:
        """The number of the running server, or None."""
        try:
            pid = int((self.data / "valkey.pid").read_text())
        except (OSError, ValueError):
            return None
        return pid if runs(pid, naming="valkey-server") else None

    def port(self) -> int | None:
        """The port of the running server, or None if none of ours answers."""
        try:
            port = int((self.data / "valkey.port").read_text())
        except (OSError, ValueError):
            return None
        return port if self.pid() and self.answers(port) else None

    def answers(self, port: int) -> bool:
        """Whether the server on that port takes our password: nobody else's does."""
        client = Redis(host="127.0.0.1", port=port, password=self.password, socket_timeout=2)
        try:
            return bool(client.ping())
        except RedisError:
            return False
        finally:
            client.close()

    def start(self) -> int:
        """Start the server and return its port.

        Raises:
            RuntimeError: it does not start; the message names its log.
        """
        running = self.port()
        if running:
            return running
        self.stop()
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        last = self.data / "valkey.port"
        for attempt in range(3):
            port = free_port(int(last.read_text()) if attempt == 0 and last.exists() else None)
            last.write_text(str(port))
            if self._try_start(port):
                return port
        raise RuntimeError(f"Valkey did not start. See {self.folder / 'valkey.log'}.")

    def _try_start(self, port: int) -> bool:
        (self.data / "valkey.pid").unlink(missing_ok=True)
        lines = {
            "port": str(port),
            "bind": "127.0.0.1",
            "requirepass": self.password,
            "dir": f'"{self.data}"',
            "pidfile": f'"{self.data / "valkey.pid"}"',
            "logfile": f'"{self.folder / "valkey.log"}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
            "save": '""',
            **self.settings,
        }
        conf = self.data / "valkey.conf"
        conf.touch(mode=0o600)
        conf.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        server = subprocess.Popen(
            [str(self.program), str(conf)],
            cwd=self.data,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline and server.poll() is None:
            if self.answers(port) and self.pid():
                server.returncode = 0  # it outlives us on purpose: no warning about an unreaped child
                return True
            time.sleep(0.02)
        return False

    def stop(self) -> None:
        """Stop the server, if it runs, and wait until it has."""
        pid = self.pid()
        if pid:
            end(pid, naming="valkey-server")
