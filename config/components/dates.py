"""The three inputs of a date."""

from collections.abc import Mapping
from typing import Any

from config.components.describing import Params, described, joined

PARTS = ("day", "month", "year")
WIDTHS = {"year": 4}


def date_input(params: Params) -> dict[str, Any]:
    """Three inputs for day, month and year; when none is named as wrong, an error message marks all."""
    fieldset = params.get("fieldset")
    group = described(params, params.get("id") or "", (fieldset or {}).get("describedBy") or "")
    parts = {kind: {"name": kind, **(params.get(kind) or {})} for kind in PARTS}
    asked = [part for kind, part in parts.items() if params.get(kind) is not False]
    items = [item for item in params.get("items") or asked if item]
    marks_all = bool(params.get("errorMessage")) and not any(is_wrong(item) for item in items)
    inner = {**params, **group, "items": [one_part(item, params, parts, marks_all) for item in items]}
    if fieldset:
        inner["fieldset"] = {**fieldset, "describedBy": group["describedBy"], "role": "group"}
    return inner


def is_wrong(item: Params) -> bool:
    """Whether this part of a date is marked as the wrong one."""
    return bool(item.get("error")) or "govuk-input--error" in (item.get("classes") or "")


def one_part(item: Params, params: Params, parts: Mapping[str, Params], marks_all: bool) -> dict[str, Any]:
    """The parameters of the input for one part of a date."""
    name = item.get("name") or ""
    kind = next((kind for kind in PARTS if name in (kind, parts[kind]["name"])), "")
    full_name = f"{params['namePrefix']}-{name}" if params.get("namePrefix") else name
    values = params.get("values") or {}
    fallbacks = [item, parts.get(kind, {}), {"value": values.get(name, values.get(full_name, ""))}]
    return {
        "label": {"text": item.get("label") or name.capitalize(), "classes": "govuk-date-input__label"},
        "id": item.get("id") or f"{params.get('id')}-{name}",
        "classes": part_classes(item, kind, marks_all),
        "name": full_name,
        "value": next(each["value"] for each in fallbacks if "value" in each),
        "inputmode": item.get("inputmode") or "numeric",
        "autocomplete": item.get("autocomplete"),
        "pattern": item.get("pattern"),
        "attributes": item.get("attributes"),
    }


def part_classes(item: Params, kind: str, marks_all: bool) -> str:
    """The class names of one part: its width, and whether it is wrong."""
    given = item.get("classes") or ""
    marked = is_wrong(item) or (marks_all and item.get("error") is not False)
    error = "govuk-input--error" if marked and "govuk-input--error" not in given else ""
    width = "" if "govuk-input--width-" in given else f"govuk-input--width-{WIDTHS.get(kind, 2)}"
    return joined("govuk-date-input__input", error, width, given)
