"""What docs/audit.md tells outsiders is true: both of its checks are run, and they find what was changed."""

import base64
import json
import re
import subprocess

import pytest

from audit.sealing.note import Checkpoint, Signer
from audit.sealing.tree import inclusion_path, leaf_hash, root_of
from config.environment import CLONE
from tests.audit.sealing.checking import CHECK, TEXT, checked
from tests.audit.sealing.trees import over

(SHELL,) = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
ORIGIN = "prevent.example/ledger"
SIGNER = Signer(ORIGIN, base64.b64encode(bytes(range(32))).decode())
SIZE = 11
ENTRIES = [
    {"id": number, "kind": "viewed", "actor": f"0000-{number}", "address": None, "verb": "Gweld “é” \\ \n \U0001f512"}
    for number in range(SIZE)
]


def canonical(entry):
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


LEAVES = [leaf_hash(canonical(entry)) for entry in ENTRIES]


def proof_of(position):
    return {
        "entry": ENTRIES[position],
        "position": position,
        "checkpoint": SIGNER.sign(Checkpoint(ORIGIN, SIZE, root_of(LEAVES))),
        "path": [base64.b64encode(each).decode() for each in inclusion_path(position, SIZE, over(LEAVES))],
        "public_key": SIGNER.verifier_key,
    }


@pytest.fixture
def check(tmp_path):
    """Run the program of the page, outside of the house, on a proof."""

    def run(proof, key=SIGNER.verifier_key):
        return checked(proof, key, tmp_path)

    return run


def test_the_check_has_about_thirty_lines():
    assert len([line for line in CHECK.splitlines() if line]) <= 32


@pytest.mark.parametrize("position", [0, 5, 10])
def test_an_honest_proof_holds(position, check):
    done = check(proof_of(position))
    assert (done.returncode, done.stdout) == (0, f"It holds: {ORIGIN} entry {position} of {SIZE}\n"), done.stderr


def test_a_proof_that_a_witness_has_signed_too_holds(check):
    witness = Signer("witness.example", base64.b64encode(bytes(32)).decode())
    theirs = witness.sign(Checkpoint(witness.name, 1, LEAVES[0])).rpartition("\n\n")[2]
    text, _, ours = HONEST["checkpoint"].rpartition("\n\n")
    assert check(another(checkpoint=f"{text}\n\n{theirs}{ours}")).returncode == 0


def test_a_proof_that_two_keys_of_the_ledger_have_signed_holds_by_either(check):
    newer = Signer(ORIGIN, base64.b64encode(bytes(32)).decode())
    text, _, ours = HONEST["checkpoint"].rpartition("\n\n")
    theirs = newer.sign(Checkpoint(ORIGIN, SIZE, root_of(LEAVES))).rpartition("\n\n")[2]
    both = another(checkpoint=f"{text}\n\n{theirs}{ours}")
    assert [check(both, key.verifier_key).returncode for key in (SIGNER, newer)] == [0, 0]


def another(**changes):
    return {**proof_of(5), **changes}


HONEST = proof_of(5)
LIES = {
    "another actor": another(entry={**ENTRIES[5], "actor": "0000-6"}),
    "another column": another(entry={**ENTRIES[5], "more": 1}),
    "another position": another(position=4),
    "a position outside": another(position=SIZE),
    "before the first": another(position=-1),
    "a path too short": another(path=HONEST["path"][:-1]),
    "a path too long": another(path=[*HONEST["path"], HONEST["path"][0]]),
    "a path of others": another(path=proof_of(6)["path"]),
    "another root": another(checkpoint=HONEST["checkpoint"].replace(f"\n{SIZE}\n", f"\n{SIZE - 1}\n")),
    "signed by nobody": another(checkpoint=HONEST["checkpoint"].rpartition("\n\n")[0] + "\n"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_does_not_hold(lie, check):
    done = check(LIES[lie])
    assert done.returncode != 0
    assert "It holds" not in done.stdout


def test_a_proof_signed_by_somebody_else_does_not_hold_whatever_key_it_brings(check):
    forger = Signer(ORIGIN, base64.b64encode(bytes(32)).decode())
    forged = another(checkpoint=forger.sign(Checkpoint(ORIGIN, SIZE, root_of(LEAVES))), public_key=forger.verifier_key)
    assert check(forged, forger.verifier_key).returncode == 0
    assert "StopIteration" in check(forged).stderr
    ours = base64.b64decode(forged["checkpoint"].split(" ")[-1])
    claimed = forged["checkpoint"].rpartition(" ")[0] + f" {base64.b64encode(SIGNER.key_id + ours[4:]).decode()}\n"
    assert "InvalidSignature" in check({**forged, "checkpoint": claimed}).stderr


def test_a_checkpoint_of_another_ledger_does_not_hold(check):
    text = Checkpoint("other.example/ledger", SIZE, root_of(LEAVES)).text()
    signature = base64.b64encode(SIGNER.key_id + SIGNER._key.sign(text.encode())).decode()
    done = check(another(checkpoint=f"{text}\n— {ORIGIN} {signature}\n"))
    assert (done.returncode, done.stdout) == (1, f"It does NOT hold: other.example/ledger entry 5 of {SIZE}\n")


def test_the_signature_is_checked_with_openssl_alone(tmp_path):
    def run(note):
        (tmp_path / "note").write_text(note)
        told = {"PATH": "/usr/bin:/bin", "PUBLIC_KEY": SIGNER.verifier_key}
        return subprocess.run(["sh", "-e", "-c", SHELL], cwd=tmp_path, env=told, capture_output=True, check=False)

    assert run(HONEST["checkpoint"]).returncode == 0
    assert run(HONEST["checkpoint"].replace(f"\n{SIZE}\n", "\n12\n")).returncode != 0


def test_the_page_names_every_setting():
    settings = (CLONE / "config/settings/ledger.py").read_text()
    assert set(re.findall(r"^(LEDGER_\w+) =", settings, re.MULTILINE)) <= set(re.findall(r"`(LEDGER_\w+)`", TEXT))
