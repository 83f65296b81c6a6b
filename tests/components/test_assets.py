"""The build of styles and scripts."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage
from django.test import override_settings

from config import assets
from config.components.rendering import render_component
from config.static_files import HashedFiles


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The build goes to a folder of the test."""
    monkeypatch.setattr(assets, "BUILT", tmp_path / "assets")
    monkeypatch.setattr(assets, "LOGOS", tmp_path / "logos")
    monkeypatch.setattr(assets, "STAMP", tmp_path / "assets.stamp")
    return tmp_path / "assets"


def test_without_the_brand_nothing_of_govuk_is_brought(elsewhere: Path) -> None:
    assets.build(branded=False)
    names = {path.name for path in elsewhere.rglob("*") if path.is_file()}
    style = (elsewhere / "css/app.css").read_text()
    assert not any(name.endswith((".woff", ".woff2")) or "crest" in name or "crown" in name for name in names)
    assert "GDS Transport" not in style
    assert "govuk-crest" not in style
    assert not (elsewhere.parent / "logos").exists()


def test_with_the_brand_fonts_and_crown_are_there(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assets.build(branded=True)
    assert "GDS Transport" in (elsewhere / "css/app.css").read_text()
    assert list(elsewhere.rglob("*.woff2"))
    monkeypatch.setattr("config.templatetags.pages.LOGOS", elsewhere.parent / "logos")
    assert 'aria-label="GOV.UK"' in render_component("header", {})


def test_a_second_build_does_nothing_until_something_changes(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVUK_BRAND", raising=False)
    assert assets.main() == 0
    (elsewhere / "css/app.css").write_text("kept")
    assert assets.main() == 0
    assert (elsewhere / "css/app.css").read_text() == "kept"
    monkeypatch.setenv("GOVUK_BRAND", "1")
    assert assets.main() == 0
    assert (elsewhere / "css/app.css").read_text() != "kept"


def test_missing_packages_are_said_plainly(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(assets, "GOVUK", elsewhere / "nowhere")
    assert assets.main() == 1
    assert "npm ci" in capsys.readouterr().err


def test_every_address_gets_the_name_with_a_digest(elsewhere: Path, tmp_path: Path) -> None:
    assets.build(branded=True)
    folders = [assets.SOURCES, elsewhere]
    with override_settings(STATICFILES_DIRS=folders, STATIC_ROOT=str(tmp_path / "served")):
        storage = HashedFiles(location=str(tmp_path / "served"), base_url="/static/")
        found = {path: (source, path) for path, source in listed()}
        for path, (source, _) in found.items():
            with source.open(path) as file:
                storage._save(path, file)
        failed = [error for *_, error in storage.post_process(found) if isinstance(error, Exception)]
    assert failed == []
    style = (tmp_path / "served" / storage.stored_name("css/app.css")).read_text()
    script = (tmp_path / "served" / storage.stored_name("js/init.js")).read_text()
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", address) for address in assets.ADDRESS.findall(style))
    assert re.search(r'from "\./govuk-frontend\.min\.[0-9a-f]{12}\.js"', script)


def listed() -> list[tuple[str, FileSystemStorage]]:
    """Every static file and the storage it lies in."""
    return [(path, source) for path, source in FileSystemFinder().list([]) if isinstance(source, FileSystemStorage)]
