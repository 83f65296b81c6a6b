"""What can be taken out of the house as a file: each kind is registered by the room that has the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.keyset import KeysetStep
from agencies.models import Agency, User
from agencies.permissions import Permission
from documents.lines import MARK, csv_lines
from documents.models import Export
from documents.paper import MARKING

Rows = Callable[[User, Agency, Mapping[str, Any]], QuerySet[Any]]
# The reader, some rows, and the filters: each row that may be told of, with what stands in its columns.
Lines = Callable[[User, Sequence[Any], Mapping[str, Any]], Sequence[tuple[Any, Sequence[str]]]]


class Step(Protocol):
    """The next rows after a cursor, oldest first, such as `keyset_ahead` by a column."""

    def __call__(self, rows: QuerySet[Any], /, *, after: str, size: int) -> KeysetStep[Any]:
        """The step, whose `next` is the cursor of the one after it, empty at the end."""


@dataclass(frozen=True)
class ExportKind:
    """One kind of list.

    name: in addresses and in the name of the file.
    title: what pages call it in the middle of a sentence ("the inbox").
    needed: the permission that reading the list asks for, in the agency, beside `export.make`.
    form: the filters of its page, read from the address. page: the name of that page.
    rows: what the reader may read of the agency at this moment, narrowed by the filters; asked for every piece.
    step: takes the rows piece by piece, in an order that does not change.
    about: the attribute that holds the id of the record of which a row tells.
    headings, lines: what stands in the columns.
    hint: what else is to be known of the file before it is made.
    most: how many lines it has at most, where there is a bound.
    """

    name: str
    title: str | Promise
    needed: Permission
    form: type[forms.Form]
    page: str
    rows: Rows
    step: Step
    about: str
    headings: Sequence[str | Promise]
    lines: Lines
    hint: str | Promise = ""
    most: int | None = None

    def said(self, filters: Mapping[str, Any], reader: User) -> list[tuple[str, str]]:
        """The filters in words, to whoever asked."""
        fields = self.form().fields
        return [
            (str(fields[name].label or name), _worded(fields[name], given, reader)) for name, given in filters.items()
        ]

    def written(self, lines: Sequence[Sequence[str]], *, of: Export, first: bool) -> bytes:
        """The lines of the file, each saying from which export it is; before the first, the headings."""
        marking = f"{MARKING}, {of.number}"
        lines = [(*line, marking) for line in lines]
        if not first:
            return csv_lines(lines)
        headings = (*map(str, self.headings), _("Marking and number of this export"))
        return MARK.encode() + csv_lines([headings, *lines])


_kinds: dict[str, ExportKind] = {}


def exportable(kind: ExportKind) -> ExportKind:
    """Register a kind, in a module of `<room>/exports/` that the room's AppConfig.ready imports."""
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> ExportKind:
    """The registered kind. Raises Export.DoesNotExist when there is none."""
    if name not in _kinds:
        raise Export.DoesNotExist
    return _kinds[name]


def plain(given: Any) -> Any:
    """A filter as it is kept: a day as 2026-11-23, an id as text."""
    return given if isinstance(given, bool | list) else str(given)


def _worded(field: forms.Field, given: Any, reader: User) -> str:
    if worded := getattr(field, "worded", None):
        return str(worded(given, reader))
    choices = dict(getattr(field, "choices", ()))
    return ", ".join(str(choices.get(value, value)) for value in (given if isinstance(given, list) else [given]))
