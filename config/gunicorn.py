"""How gunicorn serves the house. Read as `--config=python:config.gunicorn`."""

from typing import Any

from config.environment import LOOPBACK, flag, number, text

bind = text("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = number("WEB_WORKERS", 2)
threads = number("WEB_THREADS", 4)
timeout = 30
graceful_timeout = 8
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # nobody steers a running server from outside
accesslog = None  # an address may hold the id of a draft; our own request log names the page
errorlog = "-"
logger_class = "config.gunicorn_log.Log"
loglevel = "warning"
limit_request_line = 2048
forwarded_allow_ips = text("FORWARDED_ALLOW_IPS", "127.0.0.1")


def on_starting(server: Any) -> None:
    """Refuse a demonstration, where anybody signs in, on an address that others can reach.

    Raises:
        RuntimeError: DEMO=1 and not bound to loopback.
    """
    hosts = {address.rpartition(":")[0].strip("[]") for address in server.cfg.bind}
    if flag("DEMO") and not hosts <= LOOPBACK:
        raise RuntimeError("DEMO=1 lets anybody sign in: it is refused unless bound to loopback.")
