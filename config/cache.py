"""The cache: on the broker's server, and while that is away in this process's own memory.

It holds counts for rate limits and nothing that anybody would miss. Signing in must not need the broker.
"""

import json
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

# After a failure the server is left alone for so many seconds: not every request waits for it.
PAUSE = 5.0


class Json:
    """How values lie on the server. Django would pickle them, and run whatever somebody has put in their place."""

    def dumps(self, value: Any) -> bytes:
        """The value as JSON."""
        return json.dumps(value).encode()

    def loads(self, kept: bytes) -> Any:
        """The value again; None, as if it were not there, for what is no JSON."""
        try:
            return json.loads(kept)
        except ValueError:
            return None


class ForgivingCache(RedisCache):
    """Django's Redis cache that never raises because its server does not answer."""

    away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.meanwhile = LocMemCache("meanwhile", params)


def _forgiving(name: str) -> Callable[..., Any]:
    on_server, in_memory = getattr(RedisCache, name), getattr(LocMemCache, name)

    def call(self: ForgivingCache, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= ForgivingCache.away_until:
            try:
                return on_server(self, *args, **kwargs)
            except RedisError as error:
                ForgivingCache.away_until = time.monotonic() + PAUSE
                log.warning("cache_unavailable", error=type(error).__name__)
        return in_memory(self.meanwhile, *args, **kwargs)

    return call


for _name in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(ForgivingCache, _name, _forgiving(_name))
