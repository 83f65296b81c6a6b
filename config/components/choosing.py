"""Components in which something is chosen: radios, checkboxes, select."""

from collections.abc import Iterable
from typing import Any

from config.components.describing import Params, described, joined, with_label


def choices(params: Params) -> dict[str, Any]:
    """Radios and checkboxes: ids, which are checked, what describes each."""
    stem = params.get("idPrefix") or params.get("name") or ""
    fieldset = params.get("fieldset")
    first = (fieldset or {}).get("describedBy") or params.get("describedBy") or ""
    group = described(params, stem, first)
    chosen = params.get("values") or ([params["value"]] if params.get("value") else [])
    items = []
    for position, item in enumerate(params.get("items") or (), start=1):
        if not item:
            continue
        if item.get("divider"):
            items.append(item)
            continue
        outside = "" if fieldset else group["describedBy"]
        item_id = item.get("id") or (f"{stem}-{position}" if position > 1 else stem)
        name = item.get("name") or params.get("name")
        items.append(one_choice({**item, "id": item_id, "name": name}, chosen, outside))
    inner = {**params, **group, "idPrefix": stem, "items": items}
    if fieldset:
        inner["fieldset"] = {**fieldset, "describedBy": group["describedBy"]}
    return inner


def one_choice(item: Params, chosen: Iterable[Any], outside: str) -> dict[str, Any]:
    """One radio or checkbox of a group where `chosen` are chosen; `outside` also describes it."""
    hint = item.get("hint") or {}
    hint_id = f"{item['id']}-item-hint" if hint.get("text") or hint.get("html") else ""
    stated = item.get("checked", "")
    return {
        **item,
        "checked": bool(stated) or (stated is not False and item.get("value") in chosen),
        "label": {**(item.get("label") or {}), "html": item.get("html"), "text": item.get("text")},
        "hint": {**hint, "id": hint_id} if hint_id else None,
        "describedBy": joined(outside, hint_id),
        "conditional": (item.get("conditional") or {}).get("html"),
        "conditionalId": f"conditional-{item['id']}",
    }


def radios(params: Params) -> dict[str, Any]:
    """Radios: as checkboxes, but without a fieldset nothing describes the single radio."""
    prepared = choices({key: value for key, value in params.items() if key != "describedBy"})
    for item in prepared["items"]:
        if not item.get("divider"):
            item["describedBy"] = item["hint"]["id"] if item["hint"] else ""
    return prepared


def select(params: Params) -> dict[str, Any]:
    """A select: which option is selected."""
    value = params.get("value")
    items = []
    for item in params.get("items") or ():
        if item:
            stated = item.get("selected", "")
            effective = item["value"] if "value" in item else item.get("text")
            same = bool(value) and effective == value and stated is not False
            items.append({**item, "selected": bool(stated) or same})
    return {**with_label(params), "items": items}
