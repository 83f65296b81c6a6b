"""Lines of a CSV file that a spreadsheet opens as text and never as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

# What begins a formula - also where a spreadsheet takes another character than the comma for what parts the cells.
FORMULA = re.compile(r"""(^|[,;|\t\r\n])([\s"']*)(?=[=+\-@＝＋－＠])""")  # the last ones: full width
STARTS_A_CELL_ELSEWHERE = ("\t", "\r", "\n")
# Without it a spreadsheet reads names in the alphabet of its own country.
MARK = "\ufeff"


def neutral(value: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would run."""
    found = FORMULA.sub(r"\1\2'", value)
    return f"'{found}" if found.startswith(STARTS_A_CELL_ELSEWHERE) else found


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows, each value in quotes and neutral."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([neutral(str(value)) for value in row] for row in rows)
    return text.getvalue().encode()
