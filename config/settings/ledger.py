"""How the ledger is sealed: its name, the key that signs its checkpoints, and the second place for them.

Whoever seals needs all of it; a web node none.
"""

from urllib.parse import urlsplit

from config.environment import LOCAL, in_production, listed, secret_if_told, text
from config.settings.documents import in_bucket
from config.settings.pages import STORAGES

# What checkpoints begin with, such as "prevent.example/ledger". It stays what it is for as long as the ledger lives.
LEDGER_ORIGIN = text("LEDGER_ORIGIN", "" if in_production() else "development.example/ledger")

# 32 bytes in base64. Another one may take its place if the public key of the former is listed below.
LEDGER_SIGNING_KEY = secret_if_told("LEDGER_SIGNING_KEY")

# Public keys, as `manage.py audit_public_key` prints them, whose checkpoints are believed beside one's own.
LEDGER_PUBLIC_KEYS = listed("LEDGER_PUBLIC_KEYS")

# file:///folder, s3://bucket/prefix or mailto:address; best where nobody who runs the database can change anything.
LEDGER_CHECKPOINTS = text("LEDGER_CHECKPOINTS", "" if in_production() else (LOCAL / "checkpoints").as_uri())

if LEDGER_CHECKPOINTS.startswith("s3:"):
    _place = urlsplit(LEDGER_CHECKPOINTS)
    STORAGES["checkpoints"] = in_bucket(_place.netloc, of="LEDGER", folder=_place.path.strip("/"))
