"""The check of a proof as docs/audit.md shows it to those who trust nobody here, run outside of the house."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from config.environment import CLONE

TEXT = (CLONE / "docs/audit.md").read_text()
(CHECK,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)

CHECK_ALL, CHECK_GROWTH = re.findall(r"```py\n(.*?)```", TEXT, re.DOTALL)


def checked(proof: dict[str, Any], key: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """What the program of the page says of a proof to somebody who was given this public key before."""
    (folder / "check.py").write_text(CHECK)
    (folder / "proof.json").write_text(json.dumps(proof))
    command = [sys.executable, "-I", "check.py", "proof.json", key]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def all_checked(file: bytes, key: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """What the page's other program says of an exported file."""
    for name, text in (("check.py", CHECK), ("all.py", CHECK_ALL)):
        (folder / name).write_text(text)
    (folder / "file.csv").write_bytes(file)
    command = [sys.executable, "-I", "all.py", "file.csv", key]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def growth_checked(old: str, new: str, proof: dict[str, Any], key: str) -> bool:
    """Whether the page's third program says of two checkpoints that the newer ledger begins with the older."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = {"grown.py": CHECK_GROWTH, "old.note": old, "new.note": new, "proof.json": json.dumps(proof)}
        for each, text in texts.items():
            (folder / each).write_text(text)
        command = [sys.executable, "-I", "grown.py", "old.note", "new.note", "proof.json", key]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "It has NOT only grown" in done.stdout or "InvalidSignature" in done.stderr
    return done.returncode == 0


def holds(proof: dict[str, Any]) -> bool:
    """Whether a proof holds by the key that it brings."""
    with tempfile.TemporaryDirectory() as folder:
        return checked(proof, proof["public_key"], Path(folder)).returncode == 0
