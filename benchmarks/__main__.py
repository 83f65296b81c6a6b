"""`python -m benchmarks [--count N] [name ...]`: all of them, or those named. One JSON object a line."""

import argparse
import json
import os
import platform
import sys

from benchmarks import journey, ledger, submit
from benchmarks.house import house_under_measurement, imagined_answers

NAMES = ("journey", "submit", "ledger")


def main() -> None:
    """Measure what was named, on one house that flushes to disk."""
    words = argparse.ArgumentParser(prog="python -m benchmarks")
    words.add_argument("names", nargs="*", choices=[*NAMES, []], help="all when none is given")
    words.add_argument("--count", type=int, default=400, help="how many of each, at each number of clients")
    words.add_argument("--entries", type=int, default=1_000_000, help="how long the ledger is that is verified")
    told = words.parse_args()
    named = told.names or NAMES
    with house_under_measurement() as (url, drafts):
        import django

        versions = {"python": platform.python_version(), "django": django.get_version(), "load": os.getloadavg()[0]}
        print(json.dumps({"cores": os.cpu_count(), **versions}), file=sys.stderr, flush=True)
        if "submit" in named:
            submit.measure(url, drafts, told.count)
        if "journey" in named:
            journey.measure(url, imagined_answers(told.count), max(told.count // 4, 40))
        if "ledger" in named:
            ledger.measure(drafts, told.count, told.entries)


if __name__ == "__main__":
    main()
