"""Logging for every process of the house: structured, one line an event, and blind to personal data."""

import logging
import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

Event = MutableMapping[str, Any]


def without_values(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by its type and the places it passed.

    A database's message quotes the row it refused ("Key (name)=(...) already exists"), so neither messages
    nor local variables are logged. A library's line about an exception is logged as it stands in its code,
    without what was to be put into it: Celery puts the exception's message there.
    """
    told = event.pop("exc_info", None)
    if told:
        error = told if isinstance(told, BaseException) else (told[1] if isinstance(told, tuple) else _current())
        if error is not None:
            event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
            event["at"] = _places(error)
        if "_record" in event:
            event["event"] = str(event["_record"].msg)
    event.pop("stack_info", None)
    return event


def _current() -> BaseException | None:
    import sys

    return sys.exc_info()[1]


def _places(error: BaseException, most: int = 12) -> list[str]:
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-most:]


# Django's own lines carry the address asked for; our request log says the page's name instead.
# Notify's client logs what Notify answered, which may repeat what it was sent.
QUIET = ("django.request", "django.security", "django.server", "django.channels", "notifications_python_client")

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_values,
]


def configure(*, level: str, form: str) -> None:
    """Send the standard library's and structlog's events the same way. `form` is "json" or "plain"."""
    last = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
                }
            },
            "handlers": {
                "nowhere": {"class": "logging.NullHandler"},
                "out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"},
            },
            "root": {"handlers": ["out"], "level": level},
            "loggers": {
                **{name: {"handlers": ["nowhere"], "propagate": False} for name in QUIET},
                # At INFO Celery prints a task's arguments.
                "celery.app.trace": {"level": "ERROR"},
                "celery.worker.strategy": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
