"""What somebody can do to a sealed ledger who owns the database: over every column, and every kind of attack.

Each attack is made with the owner's rights, and says where it was. Nothing is done to the checkpoint, which lies
elsewhere, and no key is known that signs.
"""

import base64
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from psycopg import sql

from audit.agents import Agent
from audit.models import Leaf, Seal
from audit.sealing.leaves import COLUMNS, commitment_of, copy, entries, entry_columns, leaf_of, payloads
from audit.sealing.note import Checkpoint, Signer
from audit.sealing.stored import add_leaves, frontier
from audit.sealing.tree import leaf_hash
from tests.audit.acts import within
from tests.audit.sealing.sealed import NOW

# Another value for each column, of its own kind and never the same.
OTHER: dict[str, str] = {
    "actor": "gen_random_uuid()",
    "address": "'203.0.113.9'::inet + (random() * 200)::int",
    "at": "at + interval '1 microsecond' * (1 + random() * 3e9)::bigint",
    "correlation": "gen_random_uuid()",
    "id": "id + 10000000",
    "kind": "CASE kind WHEN 'viewed' THEN 'changed' ELSE 'viewed' END",
    "object_id": "gen_random_uuid()",
    "object_type": "'s' || left(object_type, 60)",
    "redacts": "coalesce(redacts, 0) + 1",
    "stamp": "stamp + 1",
    "subject": "gen_random_uuid()",
    "verb": "verb || '_not'",
}
OTHER_PAYLOAD = {
    "entry_id": "entry_id + 10000000",
    "key_of": "gen_random_uuid()",
    "sealed": "sealed || '\\x00'::bytea",
    "at": "at + interval '40 days'",
}
OTHER_LEAF = {
    "position": "position + 10000000",
    "entry": "entry + 10000000",
    "at": "at - interval '1 second'",
    "hash": "sha256(hash)",
    "commitment": "sha256(commitment)",
}


SIGNED_BY_NOBODY = "checkpoint = split_part(checkpoint, E'\\n\\n', 1) || E'\\n'"
SIGNED_OTHERWISE = "checkpoint = regexp_replace(checkpoint, '[^ ]*$', repeat('A', 92) || E'\\n')"
OF_ANOTHER_LEDGER = "checkpoint = 'other.example/' || checkpoint"


@dataclass(frozen=True)
class Hit:
    """Where an attack was: a position, and the entry that stood there; or all positions from there."""

    position: int
    entry: int
    from_there: bool = False


Attack = Callable[[random.Random], Hit]


def run(statement: str, *values: Any) -> None:
    """Do something that is done, for certain."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, statement


def somewhere(chance: random.Random) -> Leaf:
    """A sealed entry's leaf, which is neither the first nor the last."""
    return _between(chance, 1)


def speaking(chance: random.Random) -> Leaf:
    """One of an entry beside which a payload lies, as beside the one before it. Those of migrations come first."""
    return _between(chance, Leaf.objects.exclude(commitment=b"").earliest("position").position + 1)


def _between(chance: random.Random, first: int) -> Leaf:
    found: Leaf = Leaf.objects.get(position=chance.randrange(first, Leaf.objects.count() - 1))
    return found


def hit(leaf: Leaf, *, from_there: bool = False) -> Hit:
    """The leaf's place."""
    return Hit(leaf.position, leaf.entry, from_there)


def edit(column: str, chance: random.Random) -> Hit:
    """One column of an entry is another."""
    leaf = somewhere(chance)
    run(f"UPDATE audit_entry SET {column} = {OTHER[column]} WHERE id = %s", leaf.entry)
    return hit(leaf)


def edit_payload(column: str, chance: random.Random) -> Hit:
    """One column of a payload is another."""
    leaf = speaking(chance)
    run(f"UPDATE audit_payload SET {column} = {OTHER_PAYLOAD[column]} WHERE entry_id = %s", leaf.entry)
    return hit(leaf)


def edit_leaf(column: str, chance: random.Random) -> Hit:
    """One column of a leaf is another."""
    leaf = somewhere(chance)
    run(f"UPDATE audit_leaf SET {column} = {OTHER_LEAF[column]} WHERE position = %s", leaf.position)
    return hit(leaf)


def edit_subtree(chance: random.Random) -> Hit:
    """A stored root, from which proofs are made, is another."""
    run("UPDATE audit_subtree SET hash = sha256(hash) WHERE level = 1 AND number = 0")
    return Hit(0, 0)


def remove_subtree(chance: random.Random) -> Hit:
    """A stored root, from which proofs are made, is gone."""
    run("DELETE FROM audit_subtree WHERE level = 1 AND number = 0")
    return Hit(0, 0)


def edit_seal(column: str, chance: random.Random) -> Hit:
    """A seal says something else than was signed."""
    _newest, seal, *_ = Seal.objects.all()
    run(f"UPDATE audit_seal SET {column} WHERE size = %s", seal.size)
    return Hit(seal.size, 0, from_there=True)


def edit_seals(column: str, chance: random.Random) -> Hit:
    """Every seal says something else of itself."""
    run(f"UPDATE audit_seal SET {column}")
    *_newer, oldest = Seal.objects.all()
    return Hit(oldest.size, 0)


def remove_middle_seal(chance: random.Random) -> Hit:
    """A seal is gone whose checkpoint lies elsewhere."""
    _newest, seal, *_ = Seal.objects.all()
    run("DELETE FROM audit_seal WHERE size = %s", seal.size)
    return Hit(seal.size, 0)


def remove_older_seals(chance: random.Random) -> Hit:
    """Only the newest is left."""
    newest, seal, *_ = Seal.objects.all()
    run("DELETE FROM audit_seal WHERE size < %s", newest.size)
    return Hit(seal.size, 0)


def remove_seals(chance: random.Random) -> Hit:
    """The newest seals are gone; the leaves of which they knew are there."""
    newest, seal, *_ = Seal.objects.all()
    run("DELETE FROM audit_seal WHERE size = %s", newest.size)
    return Hit(seal.size, 0)


def swap_payloads(chance: random.Random) -> Hit:
    """What one entry says stands with another."""
    leaf = speaking(chance)
    run(
        "UPDATE audit_payload SET sealed = other.sealed, key_of = other.key_of FROM audit_payload other"
        " WHERE audit_payload.entry_id = %s AND other.entry_id = (SELECT entry FROM audit_leaf WHERE position = %s)",
        leaf.entry,
        leaf.position - 1,
    )
    return hit(leaf)


def remove_payload(chance: random.Random) -> Hit:
    """What an entry says is gone, and nothing tells of a redaction."""
    leaf = speaking(chance)
    run("DELETE FROM audit_payload WHERE entry_id = %s", leaf.entry)
    return hit(leaf)


def remove(chance: random.Random) -> Hit:
    """An entry is gone, with what it says."""
    leaf = speaking(chance)
    run("DELETE FROM audit_payload WHERE entry_id = %s", leaf.entry)
    run("DELETE FROM audit_entry WHERE id = %s", leaf.entry)
    return hit(leaf)


def remove_leaf(chance: random.Random) -> Hit:
    """An entry is gone, and its leaf: the place is empty."""
    found = remove(chance)
    run("DELETE FROM audit_leaf WHERE position = %s", found.position)
    return found


def add(chance: random.Random) -> Hit:
    """An entry of long ago is there that was never sealed."""
    leaf = somewhere(chance)
    number = leaf.entry + 20_000_000
    names = ", ".join(name for name in COLUMNS if name != "id")
    run(f"INSERT INTO audit_entry (id, {names}) SELECT %s, {names} FROM audit_entry WHERE id = %s", number, leaf.entry)
    return Hit(leaf.position, number)


def reorder(chance: random.Random) -> Hit:
    """Two neighbours have changed places."""
    leaf = somewhere(chance)
    for was, becomes in ((leaf.position, -1), (leaf.position - 1, leaf.position), (-1, leaf.position - 1)):
        run("UPDATE audit_leaf SET position = %s WHERE position = %s", becomes, was)
    return Hit(leaf.position - 1, leaf.entry, from_there=True)


def cut(chance: random.Random) -> Hit:
    """The end is missing, and every seal that knew of it."""
    return _ends_at(somewhere(chance))


def roll_back(chance: random.Random) -> Hit:
    """Everything is as it was at an earlier seal, as if a backup of then had been put in place."""
    _newest, *earlier = Seal.objects.values_list("size", flat=True)
    return _ends_at(Leaf.objects.get(position=chance.choice(earlier)))


def _ends_at(leaf: Leaf) -> Hit:
    after = "(SELECT entry FROM audit_leaf WHERE position >= %s)"
    run(f"DELETE FROM audit_payload WHERE entry_id IN {after}", leaf.position)
    run(f"DELETE FROM audit_entry WHERE id IN {after}", leaf.position)
    rebuild()
    return Hit(leaf.position, leaf.entry, from_there=True)


def recomputed(attack: Attack, chance: random.Random) -> Hit:
    """Any other attack, after which every hash and every seal in the database is made to fit."""
    found = attack(chance)
    rebuild(also=found)
    return Hit(found.position, found.entry, from_there=True)


def rebuild(also: Hit | None = None) -> None:
    """Make a whole tree of the entries that are there now, sealed as often as before by a key of the attacker's own."""
    order = list(
        copy(
            sql.SQL(
                "SELECT {columns}, payload.key_of, payload.sealed FROM {entries} entry"
                " LEFT JOIN audit_leaf leaf ON leaf.entry = entry.id"
                " LEFT JOIN {payloads} payload ON payload.entry_id = entry.id"
                " WHERE leaf.position IS NOT NULL OR entry.id = {added} ORDER BY coalesce(leaf.position, {there})"
            ).format(
                columns=entry_columns(),
                entries=entries(),
                payloads=payloads(),
                added=also.entry if also else 0,
                there=also.position if also else 0,
            )
        )
    )
    sizes = sorted(seal.size for seal in Seal.objects.all() if seal.size < len(order))
    for table in ("audit_leaf", "audit_subtree", "audit_seal"):
        run(f"DELETE FROM {table}")
    before = 0
    for size in [*sizes, len(order)]:
        within(do=partial(_sealed, order[before:size], before), by=Agent.SEALER, now=NOW)
        before = size


def _sealed(rows: list[Any], before: int) -> None:
    leaves = []
    for position, (*columns, key_of, sealed) in enumerate(rows, start=before):
        commitment = commitment_of(key_of, sealed)
        leaves.append(
            Leaf(
                position=position,
                entry=int(columns[COLUMNS.index("id")]),
                at=columns[COLUMNS.index("at")],
                hash=leaf_hash(leaf_of(columns, commitment)),
                commitment=bytes.fromhex(commitment),
            )
        )
    size = add_leaves(leaves, size=before)
    signer = Signer("house.example/ledger", base64.b64encode(b"The attacker's own key, no other").decode())
    note = signer.sign(Checkpoint(signer.name, size, frontier(size).root()))
    Seal.objects.create(size=size, root=frontier(size).root(), horizon=2**60, checkpoint=note, at=NOW)


def attacks() -> Iterator[tuple[str, Attack]]:
    """All kinds, each as it is and with every hash recomputed where that hides more."""
    simple: dict[str, Attack] = {
        **{f"entry's {column}": partial(edit, column) for column in OTHER},
        **{f"payload's {column}": partial(edit_payload, column) for column in OTHER_PAYLOAD},
        "payloads swapped": swap_payloads,
        "payload removed": remove_payload,
        "removed": remove,
        "added": add,
        "reordered": reorder,
    }
    yield from simple.items()
    yield from ((f"leaf's {column}", partial(edit_leaf, column)) for column in OTHER_LEAF)
    yield "subtree's hash", edit_subtree
    yield "subtree removed", remove_subtree
    yield "seals removed", remove_seals
    yield "seal's root", partial(edit_seal, "root = sha256(root)")
    yield "seal's checkpoint", partial(edit_seal, "checkpoint = upper(checkpoint)")
    yield "seal's horizon", partial(edit_seal, "horizon = 5")
    for name, change in (("nobody", SIGNED_BY_NOBODY), ("otherwise", SIGNED_OTHERWISE), ("other", OF_ANOTHER_LEDGER)):
        yield f"seal signed: {name}", partial(edit_seal, change)
        yield f"all seals signed: {name}", partial(edit_seals, change)
    yield "middle seal removed", remove_middle_seal
    yield "older seals removed", remove_older_seals
    yield "removed with its leaf", remove_leaf
    yield "cut", cut
    yield "rolled back", roll_back
    for name, attack in simple.items():
        yield f"{name}, recomputed", partial(recomputed, attack)
