"""The cache counts on while the broker's server is away."""

import time

from config.cache import ForgivingCache
from config.embedded.ports import free_port

OPTIONS = {"OPTIONS": {"socket_connect_timeout": 1}}


def test_a_cache_whose_server_is_away_counts_in_memory_and_does_not_wait_each_time(monkeypatch):
    monkeypatch.setattr(ForgivingCache, "away_until", 0.0)
    cache = ForgivingCache(f"redis://127.0.0.1:{free_port()}/1", OPTIONS)
    assert cache.add("tries", 1)
    assert not cache.add("tries", 1)
    start = time.monotonic()
    assert [cache.incr("tries") for _ in range(100)][-1] == 101
    assert time.monotonic() - start < 1, "the server is left alone after it failed"
    cache.delete("tries")
    assert cache.get("tries") is None


def test_a_cache_finds_its_server_again(monkeypatch):
    monkeypatch.setattr(ForgivingCache, "away_until", time.monotonic() - 1)
    from django.core.cache import cache

    cache.set("back", 1)
    assert cache.get("back") == 1 and ForgivingCache.away_until < time.monotonic()
