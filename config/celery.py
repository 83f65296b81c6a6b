"""The Celery application: a wake-up call for work whose record is in the database."""

import os

from celery import Celery
from kombu.transport.redis import QoS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("house")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()  # for the threads of the web too: "current" is known to the importing thread only

# Messages are hints: what was not acknowledged need not go back to a broker that is gone. kombu 5.7 tries to and ends
# the worker with an AttributeError when the broker dies while a message is in hand.
QoS.restore_at_shutdown = False
