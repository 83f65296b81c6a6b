"""docs/security/asvs.md says of every requirement of levels 1 and 2 how it stands; each test it names exists."""

import ast
import re
from functools import cache

from config.environment import CLONE

PAGE = (CLONE / "docs/security/asvs.md").read_text()
# The level of each requirement of OWASP ASVS 5.0.0, by section.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
LEVEL = {f"{section}.{at}": level for section, levels in LEVELS.items() for at, level in enumerate(levels, 1)}
STATES = {"met", "partly", "not met yet", "for who runs it", "nothing here"}
ROWS = re.findall(r"^\| ([\d.]+) \| ([123–]) \| ([a-z ]+) \| (.+?) \| (.*?) \|$", PAGE, re.MULTILINE)


@cache
def written_in(path: str) -> set[str]:
    """The names of the tests in a file; nothing for one that is not there."""
    file = CLONE / path
    text = file.read_text() if file.is_file() and path.endswith(".py") else ""
    return {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}


def test_the_levels_are_those_of_the_standard():
    assert [list(LEVEL.values()).count(level) for level in "123"] == [70, 183, 92]


def test_every_requirement_of_levels_1_and_2_has_one_line():
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers)) == len(re.findall(r"^\| [\d.]+ \|", PAGE, re.MULTILINE))
    over = {number: [n for n in numbers if number == n or number.startswith(f"{n}.")] for number in LEVEL}
    assert [number for number, lines in over.items() if len(lines) > 1] == []
    assert [number for number, lines in over.items() if not lines and LEVEL[number] in "12"] == []


def test_every_line_says_how_it_stands_and_what_shows_it():
    for number, level, state, _words, names in ROWS:
        whole = any(known.startswith(f"{number}.") for known in LEVEL)
        assert level == ("–" if whole else LEVEL[number]), number
        assert state in STATES, number
        assert names or state not in {"met", "partly"}, number


def test_what_is_named_exists():
    named = {name for *_row, names in ROWS for name in re.findall(r"`([^`]+)`", names)}
    assert len(named) > 100
    for name in named:
        path, _, test = name.partition("::")
        assert (CLONE / path).is_file(), name
        assert not test or test in written_in(path), name


def test_the_page_counts_what_it_says():
    told = re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert {state: int(count) for state, count in told} == {
        state: sum(row[2] == state for row in ROWS) for state in STATES
    }
