"""The cache counts on while the broker's server is away."""

import pickle
import time

from redis import Redis

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


class Planted:
    """What a program would run that unpickles it."""

    ran = False

    def __reduce__(self):
        return (setattr, (Planted, "ran", True))


def test_what_somebody_puts_into_the_cache_from_outside_is_not_run(monkeypatch, settings):
    monkeypatch.setattr(ForgivingCache, "away_until", time.monotonic() - 1)
    from django.core.cache import cache

    cache.set("kept", {"words": ["é", 1, None, True]})
    assert cache.get("kept") == {"words": ["é", 1, None, True]}
    server = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    server.set(cache.make_key("kept"), pickle.dumps(Planted()))
    assert cache.get("kept", "nothing") in {None, "nothing"}
    assert not Planted.ran
    cache.delete("kept")
