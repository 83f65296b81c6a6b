"""Renders the components of the GOV.UK and MoJ design systems from our own Django templates.

A component is `templates/components/<name>.html`. Its parameters have the names that the design system's own
pages give them, so those pages are the documentation.
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from config.components.preparing import PREPARATIONS


class Parameters(dict[str, Any]):
    """Parameters as a template should see them: what is missing is empty, and `{}` counts as given.

    Without this, `params.items` and `params.values` would find the methods of `dict`.
    """

    def __missing__(self, key: str) -> str:
        return ""

    def __bool__(self) -> bool:
        return True


def as_parameters(value: Any) -> Any:
    """`value` with every mapping in it made `Parameters`, and None made empty."""
    if isinstance(value, Parameters):
        return value
    if isinstance(value, Mapping):
        return Parameters((key, as_parameters(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [as_parameters(item) for item in value]
    return "" if value is None else value


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """`{"label__text": "Name"}` as `{"label": {"text": "Name"}}`: template tags know no nested keywords."""
    result: dict[str, Any] = {}
    for path, value in flat.items():
        *parents, last = path.split("__")
        place = result
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return result


def merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """`first` overlaid with `second`, mapping by mapping."""
    result = dict(first)
    for key, value in second.items():
        both = isinstance(value, Mapping) and isinstance(result.get(key), Mapping)
        result[key] = merged(result[key], value) if both else value
    return result


def render_component(name: str, parameters: Mapping[str, Any]) -> SafeString:
    """The HTML of the component `name`. Raises TemplateDoesNotExist for one that we do not have."""
    params = as_parameters(parameters)
    if prepare := PREPARATIONS.get(name):
        params = as_parameters(prepare(params))
    return SafeString(get_template(f"components/{name}.html").render({"params": params}))
