"""The house in real processes, for tests that kill them: each test has its own, and ends them by number."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import IO, Any

import psutil
from redis import Redis

from config.embedded.places import valkey_program
from config.embedded.ports import free_port
from config.embedded.processes import ended
from config.embedded.valkey import Broker
from config.environment import CLONE
from config.run.processes import WORKERS, environment, house

ALL = ("mail", "web", *WORKERS, "beat")


class House:
    """Web, workers, beat, broker and a mail catcher, on the database that `told` names.

    Commands are those of `make run`; what the processes print lies in `<folder>/<name>.log`.
    """

    def __init__(self, folder: Path, told: dict[str, str]) -> None:
        self.folder = folder
        self.broker = OwnBroker(folder)
        self.mail = folder / "mail"
        self.mail.mkdir()
        self.port, self.mail_port = free_port(), free_port()
        # Where tests may let a partner's system listen, and one that never says a word.
        self.receiver_port, self.mute_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **os.environ,
            **environment(self.port, demonstration=False),
            **told,
            "DJANGO_SETTINGS_MODULE": "tests.process_settings",
            "REDIS_URL": self.broker.url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mail_port),
            "MAIL_FOLDER": str(self.mail),
            "LEDGER_CHECKPOINTS": (folder.absolute() / "checkpoints").as_uri(),
            "WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8",
            "WEBHOOK_SCHEMES": "http",
            "WEBHOOK_PORTS": f"{self.receiver_port},{self.mute_port}",
            "WEBHOOK_SECONDS": "2",
            "EXPORT_ROWS": "1",  # so many pieces that one can be stopped among them
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "INFO",
        }

    def start(self, *names: str, **told: str) -> None:
        """Start processes and wait until they serve. `told` is added to their environment."""
        for name in names:
            command = [*self._commands()[name], *self._also(name)]
            with self.output(name).open("ab") as output:
                self.running[name] = _started(command, self.environment | told, output)
        for name in names:
            self._wait_for(name)

    def end(self, *names: str) -> None:
        """Ask processes to stop and wait until they have."""
        for name in names:
            self.running[name].terminate()
        for name in names:
            self.running.pop(name).wait(30)

    def kill(self, name: str) -> None:
        """End a process and its children at once, as a power cut would."""
        process = self.running.pop(name)
        for pid in [process.pid, *children(process.pid)]:
            _kill(pid)
        process.wait(10)

    def restore(self) -> None:
        """Bring back whatever an earlier test has killed."""
        if self.broker.server.port() != self.broker.port:
            self.broker.kill()
            self.broker.back()
        dead = [name for name in ALL if name not in self.running or self.running[name].poll() is not None]
        self.start(*dead)

    def close(self) -> None:
        """Leave no process behind."""
        for name in list(self.running):
            self.kill(name)
        self.broker.kill()

    def output(self, name: str) -> Path:
        """Where a process's standard output and error go."""
        return self.folder / f"{name}.log"

    def mails(self, reference: str) -> list[EmailMessage]:
        """What the mail server has taken that tells of a reference."""
        taken = [_read(path) for path in self.mail.glob("*.eml")]
        return [message for message in taken if reference in str(message["Subject"])]

    def told(self, *references: str) -> bool:
        """Whether both agencies and the referrer have had their e-mail of every reference."""
        return all(len({str(mail["Message-ID"]) for mail in self.mails(one)}) == 3 for one in references)

    @contextmanager
    def paused(self, name: str) -> Iterator[None]:
        """A process takes connections and does nothing."""
        pid = self.running[name].pid
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def _commands(self) -> dict[str, list[str]]:
        before = os.environ.get("MAIL_FOLDER")
        os.environ["MAIL_FOLDER"] = str(self.mail)
        try:
            return house()
        finally:
            os.environ.pop("MAIL_FOLDER") if before is None else os.environ.update(MAIL_FOLDER=before)

    def _also(self, name: str) -> list[str]:
        """The access log, which is off in life, shows every address that was asked for."""
        return [f"--access-logfile={self.folder / 'access.log'}"] if name == "web" else []

    def _wait_for(self, name: str) -> None:
        ready: dict[str, Callable[[], bool]] = {
            "web": lambda: answers(f"{self.url}/healthz"),
            "mail": lambda: listens(self.mail_port),
            **dict.fromkeys(WORKERS, lambda: self.broker.consumed(by=self.running[name].pid)),
        }
        if name in ready:
            until(ready[name], f"{name} serves", within=120)  # five start at once


class OwnBroker:
    """A Valkey that can be killed with its data, paused, and brought back empty at the same address."""

    def __init__(self, folder: Path) -> None:
        self.server = Broker(folder=folder, program=valkey_program(), password="test", settings={})
        self.port = self.server.start()
        self.url = f"redis://:test@127.0.0.1:{self.port}/0"

    def kill(self) -> None:
        """SIGKILL; the data are gone."""
        pid = self.server.pid()
        if pid:
            _kill(pid)
            assert ended(pid, naming="valkey-server", within=10)
        shutil.rmtree(self.server.data, ignore_errors=True)

    def back(self) -> None:
        """Start again, empty."""
        self.server.data.mkdir(parents=True)
        (self.server.data / "valkey.port").write_text(str(self.port))
        assert self.server.start() == self.port, f"Somebody else has taken port {self.port}"

    @contextmanager
    def mute(self) -> Iterator[None]:
        """Connections are accepted, and nothing is ever answered."""
        pid = self.server.pid()
        assert pid
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def client(self, number: int = 0) -> Any:
        """A client of one of the server's databases; queues are in the first."""
        return Redis(host="127.0.0.1", port=self.port, password="test", db=number)

    def consumed(self, *, by: int) -> bool:
        """Whether a worker, known by its process, waits at its queue."""
        ports = {each.laddr.port for each in psutil.Process(by).net_connections() if each.laddr}
        waiting = (client for client in self.client().client_list() if "brpop" in client["cmd"])
        return any(int(client["addr"].rpartition(":")[2]) in ports for client in waiting)


@contextmanager
def silent(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """A server takes connections and never answers, while the block runs."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def children(pid: int) -> list[int]:
    """The processes that a process has started, by whichever thread: Celery replaces a killed child from another."""
    try:
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.NoSuchProcess:
        return []


def until(condition: Callable[[], Any], what: str, *, within: float = 60) -> float:
    """Wait for a condition and return how long it took. Fails, naming `what`, after `within` seconds."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < within, f"Not within {within} seconds: {what}"
        time.sleep(0.05)
    return time.monotonic() - start


def answers(url: str) -> bool:
    """Whether an address answers with a page."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def listens(port: int) -> bool:
    """Whether anything takes connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _started(command: list[str], told: dict[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, cwd=CLONE, env=told, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
    )


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
