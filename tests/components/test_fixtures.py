"""Our components render what the official ones do: every fixture that `govuk-frontend` has for them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.safestring import mark_safe

from config import assets
from config.components.rendering import render_component
from tests.components.html import read

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
OURS = sorted(path.stem for path in (ROOT / "templates/components").glob("*.html") if (OFFICIAL / path.stem).is_dir())


def fixtures() -> Iterator[Any]:
    for name in OURS:
        for fixture in json.loads((OFFICIAL / name / "fixtures.json").read_text())["fixtures"]:
            yield pytest.param(name, fixture["options"], fixture["html"], id=f"{name}: {fixture['name']}")


def test_the_official_components_are_there_to_be_compared_with() -> None:
    assert len(OURS) > 10


def with_trusted_html(value: Any, key: str = "") -> Any:
    """The options as a caller in Python gives them: what is meant as HTML is marked safe."""
    if isinstance(value, dict):
        return {name: with_trusted_html(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [with_trusted_html(item, key) for item in value]
    html = key.lower().endswith("html") or key in {"start", "end", "navigationStart", "navigationEnd"}
    return mark_safe(value) if html and isinstance(value, str) else value


@pytest.fixture(scope="module", autouse=True)
def crown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The crown is not in the repository; the build takes it from the package."""
    folder = tmp_path_factory.mktemp("logos") / "logos"
    assets.write_logos(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("config.templatetags.pages.LOGOS", folder)
        yield


@pytest.mark.parametrize(("name", "options", "html"), list(fixtures()))
def test_a_component_renders_the_official_markup(name: str, options: dict[str, Any], html: str) -> None:
    assert read(render_component(name, with_trusted_html(options))) == read(html)


def test_the_official_fixtures_were_found() -> None:
    assert len(OURS) >= 30
