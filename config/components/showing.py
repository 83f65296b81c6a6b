"""Components that only show: panel, summary list, service navigation."""

from collections.abc import Mapping
from typing import Any

from config.components.describing import Params, joined


def panel(params: Params) -> dict[str, Any]:
    """A panel: its buttons are inverse."""
    actions = params.get("actions")
    if not actions:
        return dict(params)
    items = []
    for item in actions.get("items") or ():
        classes = joined("govuk-button--inverse", item.get("classes"))
        items.append({**item, "inverse": {"type": "button", **item, "classes": classes}})
    return {**params, "actions": {**actions, "items": items}}


def with_navigation(params: Params) -> dict[str, Any]:
    """Service navigation: whether it folds on a phone, and what its last slot holds."""
    items = [item for item in params.get("navigation") or () if item]
    slots = params.get("slots") or {}
    end = slots.get("end") or ""
    collapses = params.get("collapseNavigationOnMobile", len(items) > 1)
    return {
        **params,
        "navigation": items,
        "collapses": collapses,
        "endSlotHtml": end.get("html") if isinstance(end, Mapping) else end,
        "endSlotInline": isinstance(end, Mapping) and end.get("align") == "inline",
    }


def summary_list(params: Params) -> dict[str, Any]:
    """A summary list: rows without actions are marked when others have some."""
    rows = [row for row in params.get("rows") or () if row]
    any_has = any((row.get("actions") or {}).get("items") for row in rows)
    return {**params, "rows": rows, "anyRowHasActions": any_has}
