"""How fast referrals are seeded.

Run as `python manage.py shell < benchmarks/seed.py`, on a database that may be filled and a machine otherwise idle.
"""

import os

from django.core.management import call_command

print("load", os.getloadavg()[0])
for seed in range(1, 4):
    call_command("seed", "--referrals=20000", f"--seed={seed}")
