"""Which processes make up the house, and what they are told by their environment."""

import os
import sys

from config.embedded.ports import free_port
from config.environment import LOCAL

# Worker -> the queue it serves; config/settings/tasks.py says which task goes to which.
WORKERS = {"worker": "celery", "mailer": "mail", "caller": "webhooks"}


def house() -> dict[str, list[str]]:
    """Name -> command, in the order in which they are started; they are stopped the other way round."""
    python = sys.executable
    celery = [python, "-m", "celery", "--app=config.celery"]
    mail = [python, "-m", "config.demo.mail_catcher"]
    return {
        **({"mail": mail} if os.environ.get("MAIL_FOLDER") else {}),
        "web": [python, "-m", "gunicorn", "--config=python:config.gunicorn", "config.wsgi"],
        # Whoever waits for others has a worker of its own: a mail server or a receiver that hangs delays no alert.
        **{
            name: [
                *celery,
                "--quiet",
                "worker",
                "--loglevel=WARNING",
                "--without-gossip",
                "--without-mingle",
                f"--hostname={name}@%h",
                f"--queues={queue}",
            ]
            for name, queue in WORKERS.items()
        },
        "beat": [*celery, "--quiet", "beat", "--loglevel=WARNING", "--pidfile="],
    }


def environment(port: int, *, demonstration: bool) -> dict[str, str]:
    """What the processes are told. A demonstration catches its mail; else EMAIL_HOST says where it goes."""
    url = f"http://127.0.0.1:{port}"
    told = {
        "PORT": str(port),
        "BIND": f"127.0.0.1:{port}",
        "PUBLIC_BASE_URL": url,
        "CASEWORK_BASE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_FORMAT": os.environ.get("LOG_FORMAT", "plain"),
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",  # here it cannot be helped
    }
    if demonstration:
        told |= {
            "DEMO": "1",
            "MAIL_FOLDER": str(LOCAL / "mail"),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(free_port()),
        }
    return told
