"""How much each finding weighs: binary logarithms of how much likelier it is of one human being than of two.

Data, in people/data/match_weights.csv; where the numbers come from stands in docs/matching.md.
"""

import csv
from functools import cache
from pathlib import Path

from people.matching.evidence import Evidence, Field, How

TABLE = Path(__file__).parent.parent / "data" / "match_weights.csv"

# A name is a name: referrers exchange given and family names, and nothing may depend on which is which.
_NAMES = (Field.GIVEN_NAMES, Field.FAMILY_NAME)
_FIELDS = {"name": _NAMES} | {field.value: (field,) for field in Field if field not in _NAMES}

# The least that a candidate must weigh to be possible, and to be likely.
POSSIBLE = 6.0
LIKELY = 19.0


@cache
def weights() -> dict[Evidence, float]:
    """What each finding weighs; a rare name weighs more where it agrees."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            Evidence(field, How(row["how"]), rare=rare): float(row["rare" if rare else "common"])
            for row in csv.DictReader(file)
            for field in _FIELDS[row["field"]]
            for rare in (False, True)
        }
