"""How fast referrals are seeded: processor time of this process and of its PostgreSQL backend, and the rate.

Run as `python manage.py shell < benchmarks/seed.py`, on a database that may be filled and a machine otherwise idle.
"""

import time
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection

COUNT = 10_000


def used_by(pid: int) -> float:
    """Seconds of processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


with connection.cursor() as cursor:
    cursor.execute("SELECT pg_backend_pid()")
    backend = cursor.fetchone()[0]
for _round in range(3):
    here, there, out = time.process_time(), used_by(backend), StringIO()
    call_command("seed", f"--referrals={COUNT}", "--seed=1", stdout=out)
    print(out.getvalue().strip())
    ours, theirs = (seconds / COUNT * 1e6 for seconds in (time.process_time() - here, used_by(backend) - there))
    print(f"  here {ours:.0f} µs, PostgreSQL {theirs:.0f} µs a referral")
