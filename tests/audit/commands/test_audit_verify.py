"""`manage.py audit_verify` says what is wrong and where, to people and to machines."""

import base64
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Seal
from audit.sealing.keys import signer
from audit.sealing.note import Checkpoint, Signer
from tests.audit.sealing.sealed import sealed

pytestmark = pytest.mark.usefixtures("db", "on_record", "sealer")


def said(*arguments) -> tuple[int, str]:
    """How the command ended, and what it printed."""
    out, status = StringIO(), 0
    try:
        call_command("audit_verify", *map(str, arguments), stdout=out)
    except SystemExit as end:
        status = int(end.code or 0)
    return status, out.getvalue()


@pytest.fixture
def kept(agency, tmp_path):
    """A checkpoint of a sealed ledger, and the public key, in files."""
    sealed(agency, 30)
    (tmp_path / "1.note").write_text(Seal.objects.latest().checkpoint)
    (tmp_path / "key").write_text(signer().verifier_key + "\n")
    return tmp_path


def test_a_whole_ledger_is_said_to_be_whole(kept, sealer):
    sealer.LEDGER_SIGNING_KEY = ""  # whoever verifies has none
    status, text = said("--checkpoint", kept / "1.note", "--public-key", kept / "key", "--json")
    found = json.loads(text)
    assert (status, found["ok"], found["faults"]) == (0, True, [])
    assert found["entries"] == found["checkpoint"]["size"] == Seal.objects.latest().size


def test_what_is_wrong_is_said_with_its_place(kept):
    size = Seal.objects.latest().size
    root = b"\x01" * 32
    (kept / "2.note").write_text(signer().sign(Checkpoint(signer().name, size + 5, root)))
    status, text = said("--checkpoint", kept, "--public-key", kept / "key", "--json")
    found = json.loads(text)
    assert (status, found["ok"]) == (1, False)
    assert found["faults"] == [
        {"position": size, "entry": None, "what": f"The ledger ends here; the checkpoint is of {size + 5} entries."}
    ]
    assert said("--checkpoint", kept, "--public-key", kept / "key")[1].endswith("NOT what was sealed.\n")


def test_a_checkpoint_that_somebody_else_signed_is_not_believed(kept):
    other = Signer(signer().name, base64.b64encode(bytes(32)).decode())
    (kept / "1.note").write_text(other.sign(Checkpoint(other.name, 5, bytes(32))))
    with pytest.raises(CommandError, match="cannot be relied on"):
        said("--checkpoint", kept / "1.note", "--public-key", kept / "key")


@pytest.mark.parametrize("broken", ["1.note", "key"])
def test_a_file_that_is_no_text_is_named(kept, broken):
    (kept / broken).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match=f"{broken} is no text") as caught:
        said("--checkpoint", kept / "1.note", "--public-key", kept / "key")
    assert caught.value.returncode == 2


def test_a_folder_in_which_no_file_is_called_like_a_checkpoint_is_no_evidence(kept):
    (kept / "1.note").rename(kept / "1.txt")
    with pytest.raises(CommandError, match=r"called like one, \*.note") as caught:
        said("--checkpoint", kept, "--public-key", kept / "key")
    assert caught.value.returncode == 2


def test_where_nothing_lies_elsewhere_it_does_not_say_that_nothing_is_wrong(kept, sealer):
    status, text = said("--public-key", kept / "key")
    assert (status, "Nothing is wrong" in text) == (0, False)
    assert "nothing that is kept elsewhere" in text
    sealer.LEDGER_SIGNING_KEY = ""
    assert "nobody has looked who signed" in said()[1]


def test_rubbish_in_the_second_place_is_named_and_keeps_nobody_from_verifying(kept, sealer):
    sealer.LEDGER_CHECKPOINTS = kept.as_uri()
    (kept / "2.note").write_text("rubbish")
    with pytest.raises(CommandError, match=r"No\. 2 in the second place") as caught:
        said()
    assert caught.value.returncode == 2


def test_without_a_checkpoint_those_in_the_second_place_are_asked(kept, sealer):
    sealer.LEDGER_CHECKPOINTS = kept.as_uri()
    assert json.loads(said("--json")[1])["checkpoint"]["size"] == Seal.objects.latest().size


def test_more_faults_than_it_names_are_counted(kept, monkeypatch):
    monkeypatch.setattr("audit.sealing.verifying.MOST", 0)
    longer = Checkpoint(signer().name, Seal.objects.latest().size + 5, bytes(32))
    (kept / "2.note").write_text(signer().sign(longer))
    status, text = said("--checkpoint", kept, "--public-key", kept / "key")
    assert (status, "... and 1 more." in text) == (1, True)
