"""An entry of the ledger is proved to somebody outside, who has a checkpoint and a public key."""

import base64
import json
from io import StringIO
from itertools import combinations_with_replacement

import pytest
from django.core.management import CommandError, call_command

from audit.agents import Agent
from audit.models import Entry, Leaf, Seal
from audit.sealing.keys import signer, verifiers
from audit.sealing.note import Checkpoint, open_checkpoint
from audit.sealing.proving import prove, prove_growth
from audit.sealing.tree import check_consistency
from tests.audit.sealing.checking import checked, growth_checked
from tests.audit.sealing.sealed import NOW, ORIGIN, looked_often, sealed

pytestmark = pytest.mark.usefixtures("db", "on_record", "sealer")
AS_LONG = base64.b64encode(bytes(32)).decode()


def printed(*arguments) -> dict:
    out = StringIO()
    call_command("audit_prove", *map(str, arguments), stdout=out)
    return json.loads(out.getvalue())


def test_what_the_command_prints_holds_by_the_check_in_the_docs(agency, tmp_path):
    sealed(agency, 300, 7)
    for entry in (Entry.objects.earliest("id"), Entry.objects.latest("id")):
        done = checked(printed(entry.pk), signer().verifier_key, tmp_path)
        assert done.returncode == 0, done.stderr


def test_a_proof_says_nothing_of_what_the_entry_tells_about_somebody(agency):
    sealed(agency, 1)
    assert "Said" not in json.dumps(prove(Entry.objects.latest("id").pk))


def test_a_proof_asks_the_database_as_often_however_large_the_ledger_is(agency, django_assert_num_queries):
    """The entry's leaf, the newest seal, which months lie beside, and all hashes of the path."""
    sealed(agency, 3)
    small = Entry.objects.latest("id").pk
    with django_assert_num_queries(4):
        short = prove(small)
    sealed(agency, 700)
    with django_assert_num_queries(4):
        long = prove(small)
    assert len(long["path"]) > len(short["path"])
    with django_assert_num_queries(2):
        prove_growth(5, 700)


def test_what_is_not_sealed_yet_or_never_was_is_said_to_be_so(agency):
    sealed(agency, 1)
    looked_often(times=1, agency=agency, by=Agent.OPERATOR, now=NOW)
    for entry in (Entry.objects.latest("id").pk, 987654321):
        with pytest.raises(CommandError, match="not sealed"):
            printed(entry)


def test_whoever_proves_without_any_key_is_told_what_to_set(agency, sealer):
    sealed(agency, 1)
    own, sealer.LEDGER_SIGNING_KEY = signer().verifier_key, ""
    entry = Entry.objects.earliest("id").pk
    with pytest.raises(CommandError, match="LEDGER_SIGNING_KEY nor LEDGER_PUBLIC_KEYS is set"):
        printed(entry)
    sealer.LEDGER_PUBLIC_KEYS = [own]
    assert printed(entry)["public_key"] == own


def test_one_ledger_is_proved_to_have_grown_from_another(agency):
    sealed(agency, 40, 300, 30)
    seals = {seal.size: open_checkpoint(seal.checkpoint, verifiers()) for seal in Seal.objects.all()}
    for old in seals.values():
        for new in seals.values():
            if old.size > new.size:
                continue
            path = [base64.b64decode(each) for each in printed("--between", old.size, new.size)["path"]]
            assert check_consistency(old.size, old.root, new.size, new.root, path)


def test_the_docs_check_that_a_ledger_has_only_grown_holds_and_believes_no_lie(agency):
    sealed(agency, 4, 3, 9, 16)
    notes, key = {seal.size: seal.checkpoint for seal in Seal.objects.all()}, signer().verifier_key
    for old, new in combinations_with_replacement(sorted(notes), 2):
        proof = printed("--between", old, new)
        assert growth_checked(notes[old], notes[new], proof, key)
        if old < new:
            assert not growth_checked(notes[new], notes[old], proof, key)
            assert not growth_checked(notes[old], notes[new], {"path": [*proof["path"], AS_LONG]}, key)
            assert not growth_checked(notes[old], notes[new], {"path": proof["path"][:-1]}, key)
            assert not growth_checked(notes[old], notes[new], {"path": [AS_LONG for _each in proof["path"]]}, key)


def test_a_checkpoint_of_another_root_is_no_beginning_of_the_ledger(agency):
    sealed(agency, 5, 8)
    old, new = (open_checkpoint(seal.checkpoint, verifiers()) for seal in Seal.objects.order_by("size"))
    lie = signer().sign(Checkpoint(old.origin, old.size, bytes(32)))
    proof = printed("--between", old.size, new.size)
    assert not growth_checked(lie, signer().sign(new), proof, signer().verifier_key)
    tampered = signer().sign(old).replace(f"\n{old.size}\n", f"\n{old.size - 1}\n")
    assert not growth_checked(tampered, signer().sign(new), proof, signer().verifier_key)


def test_sizes_the_wrong_way_round_are_told_how_to_be_given(agency):
    sealed(agency, 3, 4)
    with pytest.raises(CommandError, match="only grows: give the smaller size first, 3 and then 7"):
        printed("--between", 7, 3)


def test_just_after_a_new_signing_key_a_proof_names_the_key_of_its_checkpoint(agency, sealer):
    sealed(agency, 2)
    entry, former = Entry.objects.latest("id").pk, signer().verifier_key
    sealer.LEDGER_SIGNING_KEY = base64.b64encode(bytes(32)).decode()
    with pytest.raises(CommandError, match="former key: LEDGER_PUBLIC_KEYS does not name it"):
        printed(entry)
    sealer.LEDGER_PUBLIC_KEYS = [former]
    assert printed(entry)["public_key"] == former
    sealed(agency, 1)
    assert printed(entry)["public_key"] == signer().verifier_key != former


def test_where_leaves_are_missing_that_is_said_and_nothing_proved(agency):
    sealed(agency, 5)
    entry, beyond = Entry.objects.latest("id").pk, Checkpoint(ORIGIN, 900, bytes(32))
    Seal.objects.create(size=900, root=beyond.root, checkpoint=signer().sign(beyond), horizon=1, at=NOW)
    for asked in ((entry,), ("--between", 2, 800)):
        with pytest.raises(CommandError, match="Leaves of the ledger are missing"):
            printed(*asked)


def test_no_growth_is_proved_of_a_ledger_that_never_was_so_long(agency):
    sealed(agency, 3)
    with pytest.raises(LookupError, match="sealed entries"):
        prove_growth(1, 1_000_000)


def test_of_an_entry_that_is_gone_it_is_said_that_it_was_there(agency):
    sealed(agency, 1)
    leaf = Leaf.objects.latest("position")
    Leaf.objects.create(position=10**6, entry=10**9, at=leaf.at, hash=leaf.hash, commitment=b"")
    with pytest.raises(CommandError, match="was sealed, and is gone"):
        printed(10**9)


def test_of_an_entry_that_is_not_what_was_sealed_no_proof_is_given(agency):
    sealed(agency, 1)
    looked_often(times=1, agency=agency, by=Agent.OPERATOR, now=NOW)
    entry = Entry.objects.latest("id")
    Leaf.objects.create(position=10**6, entry=entry.pk, at=entry.at, hash=bytes(32), commitment=b"")
    with pytest.raises(CommandError, match="not what was sealed"):
        printed(entry.pk)
