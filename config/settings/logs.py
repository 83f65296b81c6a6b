"""Logs as one JSON object a line, on standard output: ids and kinds, never names, never a query string."""

from config.environment import text
from config.logs import configure

LOGGING_CONFIG = None  # Django's own handlers would mail error pages and print request addresses
LOG_LEVEL = text("LOG_LEVEL", "INFO")
LOG_FORMAT = text("LOG_FORMAT", "json")
configure(level=LOG_LEVEL, form=LOG_FORMAT)
