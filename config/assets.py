"""Builds the front-end into `.local/assets`: `python -m config.assets`, after `npm ci`.

The style sheet is compiled by sass from the official packages; their scripts and images are copied. Addresses
in the style sheet are relative, so that the manifest storage can give every file a name with its digest.
Nothing that only service.gov.uk may use (crown, crest, GDS Transport) is brought unless GOVUK_BRAND=1.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parent.parent
MODULES = CLONE / "node_modules"
GOVUK = MODULES / "govuk-frontend/dist/govuk"
MOJ = MODULES / "@ministryofjustice/frontend/moj"
SOURCES = CLONE / "static"
BUILT = CLONE / ".local" / "assets"
LOGOS = BUILT.with_name("logos")
STAMP = BUILT.with_name("assets.stamp")

SCRIPTS = (
    GOVUK / "govuk-frontend.min.js",
    MOJ / "moj-frontend.min.js",
    MODULES / "accessible-autocomplete/dist/accessible-autocomplete.min.js",
)
SOURCE_MAP = re.compile(r"(//# sourceMappingURL=\S+|/\*# sourceMappingURL=.*?\*/)\s*$")
ADDRESS = re.compile(r"url\(\s*[\"']?([^)\"']+)[\"']?\s*\)")


def main() -> int:
    """Build unless nothing has changed since the last time."""
    branded = os.environ.get("GOVUK_BRAND") == "1"
    if not GOVUK.is_dir():
        sys.stderr.write("The front-end packages are missing: run `npm ci` first.\n")
        return 1
    stamp = digest(branded)
    if BUILT.is_dir() and STAMP.is_file() and STAMP.read_text() == stamp:
        return 0
    build(branded=branded)
    STAMP.write_text(stamp)
    return 0


def digest(branded: bool) -> str:
    """A digest of everything that the result depends on."""
    files = [Path(__file__), MODULES / ".package-lock.json", *sorted(SOURCES.rglob("*.scss"))]
    parts = [str(branded).encode()] + [path.read_bytes() for path in files if path.is_file()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def build(*, branded: bool) -> None:
    """Make every file anew in a folder beside, then put it in place: a reader never sees half of it."""
    fresh = BUILT.with_name(f"assets.{os.getpid()}")
    for folder in ("css", "js"):
        (fresh / folder).mkdir(parents=True)
    style = compile_style("govuk" if branded else "generic")
    (fresh / "css/app.css").write_text(style)
    for script in SCRIPTS:
        (fresh / "js" / script.name).write_text(SOURCE_MAP.sub("", script.read_text()))
    copy_addressed(style, fresh / "css")
    shutil.rmtree(LOGOS, ignore_errors=True)
    if branded:
        write_logos(LOGOS)
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)


def compile_style(brand: str) -> str:
    """The style sheet for `brand`, "govuk" or "generic". Raises CalledProcessError; sass says why."""
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if node is None:
        raise FileNotFoundError("Node is missing: `make install` brings it.")
    paths = [CLONE, MODULES, SOURCES / "scss/brands" / brand]
    command = [
        node,
        str(MODULES / "sass/sass.js"),
        "--style=compressed",
        "--no-source-map",
        "--quiet",
        "--no-charset",
    ]
    command += [f"--load-path={path}" for path in paths] + [str(SOURCES / "scss/app.scss")]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=CLONE)
    return done.stdout if brand == "govuk" else without_crest(done.stdout)


def without_crest(style: str) -> str:
    """The royal crest is not ours to show."""
    return re.sub(r"url\([^)]*govuk-crest\.svg[^)]*\)", "none", style)


def copy_addressed(style: str, folder: Path) -> None:
    """Copy each image and font of the style sheet to where its relative address leads from `folder`."""
    for address in sorted(set(ADDRESS.findall(style))):
        if address.startswith("data:"):
            continue
        name = address.removeprefix("../")
        source = next(path for path in (GOVUK / "assets" / name, MOJ / "assets" / name) if path.is_file())
        target = (folder / address).resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def write_logos(folder: Path) -> None:
    """Take the crown for header and footer out of the official components."""
    folder.mkdir(parents=True)
    for place in ("header", "footer"):
        fixtures = json.loads((GOVUK / "components" / place / "fixtures.json").read_text())["fixtures"]
        svg = re.search(r"<svg.*?</svg>", fixtures[0]["html"], re.DOTALL)
        if svg:
            (folder / f"{place}.svg").write_text(svg[0])


if __name__ == "__main__":
    sys.exit(main())
