"""The database under the application's role, and the broker's server as cache."""

import os

from redis.backoff import NoBackoff
from redis.retry import Retry

from config.environment import database, database_options, in_production, secret, text

# Without an address nothing connects: in development manage.py, pytest and `make run` provide one.
DATABASE_URL = secret("DATABASE_URL") if in_production() else text("DATABASE_URL", "postgresql://127.0.0.1:1/none")

# The role to which `migrate` grants what the application may do.
DATABASE_APP_ROLE = database(DATABASE_URL)["USER"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **database(DATABASE_URL),
        "ATOMIC_REQUESTS": False,  # actions own their transactions
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "application_name": os.environ.get("PROCESS", "house"),
            # A request must fail honestly rather than wait for ever behind somebody's lock. What a page asks is many
            # small tables joined: compiling such a statement took 150 ms, running it 2.
            "options": " ".join(
                (
                    "-c jit=off",
                    "-c lock_timeout=10s",
                    "-c statement_timeout=60s",
                    "-c idle_in_transaction_session_timeout=60s",
                )
            ),
            **database_options(DATABASE_URL),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = secret("REDIS_URL") if in_production() else text("REDIS_URL", "redis://127.0.0.1:1/0")

CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingCache",
        # Database 1: the broker's queues are in 0.
        "LOCATION": text("CACHE_URL", REDIS_URL.rpartition("/")[0] + "/1"),
        "OPTIONS": {
            "serializer": "config.cache.Json",
            "socket_connect_timeout": 1,
            "socket_timeout": 1,
            "retry": Retry(NoBackoff(), 0),
        },
    }
}
