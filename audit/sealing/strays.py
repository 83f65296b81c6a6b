"""What lies in the ledger's tables and belongs to nothing: looked for from their side, as leaves are from theirs."""

from collections.abc import Iterator
from datetime import date

from psycopg import sql

from audit.models import Entry
from audit.partitions import months_from
from audit.sealing.leaves import detached, month_of
from audit.sealing.reading import Spans, asked, in_spans

# Where it is, as far as that is known: the entry, and what is wrong.
Stray = tuple[int | None, str]


def strays(*, entries: Spans, payloads: Spans) -> Iterator[Stray]:
    """All there are: of entries and payloads only between the numbers where there are others than leaves stand for."""
    yield from _twice(entries)
    yield from _payloads_of_nothing(payloads)
    yield from _without_their_key()
    yield from _beside()


def _twice(spans: Spans) -> Iterator[Stray]:
    query = sql.SQL(
        "SELECT entry.id FROM {entries} entry WHERE entry.id BETWEEN {start} AND {end}"
        " GROUP BY entry.id HAVING count(*) > 1"
    )
    for (entry,) in in_spans(query, spans):
        yield int(entry or 0), "There are several entries of this number."


def _payloads_of_nothing(spans: Spans) -> Iterator[Stray]:
    query = sql.SQL(
        "SELECT payload.entry_id FROM {payloads} payload WHERE payload.entry_id BETWEEN {start} AND {end}"
        " AND NOT EXISTS (SELECT FROM {entries} entry WHERE entry.id = payload.entry_id AND entry.at = payload.at)"
    )
    for (entry,) in in_spans(query, spans):
        yield int(entry or 0), "There is a payload of this number and of no entry: it was added, or its time changed."


def _without_their_key() -> Iterator[Stray]:
    """Whose key was destroyed leaves an entry of the deletion of a person or a draft of that id."""
    query = sql.SQL(
        "SELECT payload.key_of, min(payload.entry_id) FROM {payloads} payload WHERE NOT EXISTS"
        " (SELECT FROM audit_datakey key WHERE key.subject = payload.key_of) AND NOT EXISTS"
        " (SELECT FROM {entries} entry WHERE entry.object_id = payload.key_of AND entry.kind = 'deleted')"
        " GROUP BY payload.key_of ORDER BY 1"
    )
    for subject, entry in asked(query):
        what = f"The key of {subject} is gone, which opens this payload and others, and no entry says that it was."
        yield int(entry or 0), what


def _beside() -> Iterator[Stray]:
    """What hides among the months that were detached."""
    for name in detached():
        month = month_of(name)
        if month is None:
            yield None, f"The table detached.{name} is not called like a month of the ledger: it was put there."
        else:
            yield from _of_other_months(name, month)
            yield from _not_whole(name, month)
    yield from _not_told_of()


def _of_other_months(name: str, month: date) -> Iterator[Stray]:
    query = sql.SQL(
        "SELECT {number} FROM {beside} WHERE at < {start}::timestamptz OR at >= {end}::timestamptz ORDER BY 1"
    )
    for (entry,) in asked(query, **_beside_of(name, month)):
        yield int(entry or 0), f"This is not of the month of detached.{name}, where it lies: it was put there."


def _not_whole(name: str, month: date) -> Iterator[Stray]:
    """A month is detached as a whole. What a wrong clock has said to be of it since lies in the rest."""
    query = sql.SQL(
        "SELECT 1 FROM {present} WHERE at >= {start}::timestamptz AND at < {end}::timestamptz"
        " AND (tableoid <> {rest}::regclass OR {number} <= (SELECT max({number}) FROM {beside})) LIMIT 1"
    )
    if list(asked(query, **_beside_of(name, month))):
        yield None, f"The month of detached.{name} stands among the present ones too: it was not detached so."


def _not_told_of() -> Iterator[Stray]:
    """Each month that was detached has an entry of it; which one says its payload, under the house's key."""
    query = sql.SQL("SELECT count(*) FROM {entries} entry WHERE entry.kind = 'changed' AND entry.verb = 'detach_month'")
    months = {month for name in detached() if (month := month_of(name))}
    if months:
        ((count,),) = asked(query)
        if int(count or 0) < len(months):
            yield None, f"{len(months)} months lie beside the ledger, and its entries tell of {count}."


def _beside_of(name: str, month: date) -> dict[str, sql.Composable]:
    """The words of a query about a table that lies beside, and the one of which it was a part."""
    (start, end), table = months_from(month, 2), name[: -len("_2026_01")]
    return {
        "number": sql.Identifier("id" if table == Entry._meta.db_table else "entry_id"),
        "beside": sql.Identifier("detached", name),
        "present": sql.Identifier("public", table),
        "rest": sql.Literal(f"public.{table}_rest"),
        "start": sql.Literal(f"{start:%Y-%m-%d} 00:00Z"),
        "end": sql.Literal(f"{end:%Y-%m-%d} 00:00Z"),
    }
