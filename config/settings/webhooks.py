"""Whither the house may call the systems of agencies, and how long it keeps trying."""

from config.environment import listed, number, text

# Networks that are called although they are private, such as 10.20.0.0/16; without any, public addresses only.
WEBHOOK_ALLOWED_NETWORKS = listed("WEBHOOK_ALLOWED_NETWORKS")
# Schemes and ports. Plain http is for a receiver on the same machine or behind an encrypting network of one's own.
WEBHOOK_SCHEMES = listed("WEBHOOK_SCHEMES") or ["https"]
WEBHOOK_PORTS = [int(port) for port in listed("WEBHOOK_PORTS") or ["443", "8443"]]
# Authorities that sign the receivers' certificates; empty for those the system trusts.
WEBHOOK_CA_FILE = text("WEBHOOK_CA_FILE")

# For the whole of one call, from looking up the name to the status line (a local setting). Below the database's
# lock_timeout, so that an administrator who changes an endpoint waits for the call and is not refused.
WEBHOOK_SECONDS = number("WEBHOOK_SECONDS", 8)
# How long an event is tried, and how long an old secret goes on signing after a new one was made (local settings).
WEBHOOK_DAYS = number("WEBHOOK_DAYS", 7)
WEBHOOK_OVERLAP_HOURS = number("WEBHOOK_OVERLAP_HOURS", 24)
