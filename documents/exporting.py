"""What can be taken out of the house as a file: each kind is registered by the room that has the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.permissions import Permission
from documents.lines import MARK, csv_lines
from documents.models import Export
from documents.paper import MARKING

Rows = Callable[[User, Agency, Mapping[str, Any]], QuerySet[Any]]


@dataclass(frozen=True)
class ExportKind:
    """One kind of list.

    name: in addresses and in the name of the file.
    title: what pages call it in the middle of a sentence ("the inbox").
    needed: the permission that reading the list asks for, in the agency, beside `export.make`.
    form: the filters of its page, read from the address. page: the name of that page.
    rows: what the reader may read of the agency at this moment, narrowed by the filters; asked for every piece.
    key: the column, never null, by which the rows are ordered, oldest first.
    about: the attribute that holds the id of the record of which a row tells.
    headings, line: what stands in the columns.
    """

    name: str
    title: str | Promise
    needed: Permission
    form: type[forms.Form]
    page: str
    rows: Rows
    key: str
    about: str
    headings: Sequence[str | Promise]
    line: Callable[[Any], Sequence[str]]

    def said(self, filters: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The filters in words."""
        fields = self.form().fields
        return [(str(fields[name].label or name), _worded(fields[name], given)) for name, given in filters.items()]

    def written(self, rows: Sequence[Any], *, of: Export, first: bool) -> bytes:
        """The rows as lines of the file, each saying from which export it is; before the first, the headings."""
        marking = f"{MARKING}, {of.number}"
        lines = [(*self.line(row), marking) for row in rows]
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


def _worded(field: forms.Field, given: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    return ", ".join(str(choices.get(value, value)) for value in (given if isinstance(given, list) else [given]))
