"""Celery as an alarm clock: the work itself is rows in the database, so a lost broker loses nothing."""

from config.environment import number, text
from config.schedule import SCHEDULE
from config.settings.database import REDIS_URL

CELERY_BROKER_URL = text("BROKER_URL", REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for as long as it takes
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, int | str] = {
    "visibility_timeout": 900,  # a killed worker's message comes back after this, not after an hour
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
# The web must not wait for a broker that is away: the sweep finds the row anyway.
CELERY_TASK_PUBLISH_RETRY = False

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_STORE_EAGER_RESULT = False

# A message is a hint: a worker that dies with one loses nothing, the sweep finds the row.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = number("WORKER_CONCURRENCY", 2)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_TASK_SOFT_TIME_LIMIT = 240  # well below the visibility timeout, or a long task would run twice
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False

# What waits for a system of others has a queue and a worker of its own (config/run/processes.py).
CELERY_TASK_ROUTES = {
    "agencies.tasks.sweep_notices": {"queue": "mail"},
    "agencies.tasks.sweep_webhooks": {"queue": "webhooks"},
}

CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "config.beat.Scheduler"
CELERY_BEAT_SCHEDULE = SCHEDULE
