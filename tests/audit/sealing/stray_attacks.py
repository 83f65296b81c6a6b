"""What somebody who owns the database can put beside a sealed ledger, or hide there."""

import random
from collections.abc import Iterator
from functools import partial

from django.db import connection

from audit.models import Leaf
from audit.sealing.leaves import COLUMNS
from tests.audit.sealing.attacks import Attack, Hit, add, hit, remove_payload, run, somewhere, speaking

# The number of a transaction that will never be.
NEVER = 2**62


def publish(chance: random.Random) -> Hit:
    """A publication is there of what was never sealed."""
    run("INSERT INTO audit_publication (size, at) VALUES (7, now())")
    return Hit(7, 0)


def add_subtree(chance: random.Random) -> Hit:
    """A root stands where the tree will grow."""
    number = Leaf.objects.count() // 256 + chance.randrange(1000)
    run("INSERT INTO audit_subtree (level, number, hash) VALUES (1, %s, sha256('x'))", number)
    return Hit(number * 256, 0)


def double(stamp: str, chance: random.Random) -> Hit:
    """A second entry of a number that is sealed, at another time, by somebody else."""
    leaf = somewhere(chance)
    _double(leaf, stamp)
    return hit(leaf)


def put_in_place(chance: random.Random) -> Hit:
    """Pages show another entry; the true one hides where those lie that were detached."""
    found = hide("audit_entry_zzz", chance)
    run("INSERT INTO audit_entry SELECT * FROM detached.audit_entry_zzz")
    run(f"UPDATE audit_entry SET at = at + interval '1 microsecond', stamp = {NEVER} WHERE id = %s", found.entry)
    return found


def hide(table: str, chance: random.Random) -> Hit:
    """No page shows an entry any more, although it is there for whoever looks among what was detached."""
    leaf = somewhere(chance)
    run(f"CREATE TABLE detached.{table} AS SELECT * FROM audit_entry WHERE id = %s", leaf.entry)
    run("DELETE FROM audit_entry WHERE id = %s", leaf.entry)
    return hit(leaf)


def hide_copy(chance: random.Random) -> Hit:
    """The same entry lies in two places."""
    leaf = somewhere(chance)
    table = f"detached.audit_entry_{leaf.at:%Y_%m}"
    run(f"CREATE TABLE {table} AS SELECT * FROM audit_entry WHERE id = %s", leaf.entry)
    return hit(leaf)


def add_payload(entry: str, chance: random.Random) -> Hit:
    """An entry has a second payload, or none has this one."""
    leaf = speaking(chance)
    run(
        "INSERT INTO audit_payload (entry_id, key_of, sealed, at) SELECT"
        f" {entry}, key_of, sealed, at + interval '40 days' FROM audit_payload WHERE entry_id = %s",
        leaf.entry,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(entry_id) FROM audit_payload")
        return Hit(leaf.position, cursor.fetchone()[0] if "+" in entry else leaf.entry)


def destroy_keys(chance: random.Random) -> Hit:
    """Nothing that was said can be read again, and nothing says who wanted that."""
    run("DELETE FROM audit_datakey")
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(entry_id) FROM audit_payload")
        return Hit(-1, cursor.fetchone()[0])


def redact_nobody(chance: random.Random) -> Hit:
    """A redaction of nobody and nothing, as if it told of all that is missing."""
    found = remove_payload(chance)
    run(
        "INSERT INTO audit_entry (at, kind, verb, actor, object_type, correlation)"
        " VALUES (now(), 'redacted', '', gen_random_uuid(), '', gen_random_uuid())"
    )
    return found


def ahead(chance: random.Random) -> Hit:
    """An entry is there that no sealer takes, because its transaction has not been."""
    found = add(chance)
    run(f"UPDATE audit_entry SET stamp = {NEVER} WHERE id = %s", found.entry)
    return found


def _double(leaf: Leaf, stamp: str) -> None:
    names = ", ".join(name for name in COLUMNS if name not in ("at", "stamp", "actor"))
    run(
        f"INSERT INTO audit_entry (at, stamp, actor, {names}) SELECT"
        f" at + interval '1 microsecond', {stamp}, gen_random_uuid(), {names} FROM audit_entry WHERE id = %s",
        leaf.entry,
    )


def stray_attacks() -> Iterator[tuple[str, Attack]]:
    """All of them."""
    yield "publication added", publish
    yield "subtree added", add_subtree
    for stamp in ("stamp", str(NEVER), "stamp + 1"):
        yield f"second of a number, stamp {stamp}", partial(double, stamp)
    yield "another put in its place", put_in_place
    yield "hidden", partial(hide, "audit_entry_zzz")
    yield "hidden in another month", partial(hide, "audit_entry_2019_02")
    yield "hidden twice", hide_copy
    yield "payload doubled", partial(add_payload, "entry_id")
    yield "payload of nothing", partial(add_payload, "entry_id + 30000000")
    yield "keys destroyed", destroy_keys
    yield "redaction of nobody", redact_nobody
    yield "stamp of no transaction", ahead
