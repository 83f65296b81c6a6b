"""docs/states.md: every state machine of the house as a diagram, written from the tables by which records move."""

from collections.abc import Iterable

from django.apps import apps

from audit.models import Stateful

HEAD = """# The states

Written by `manage.py state_diagrams` from the tables by which records move (each room's `states.py`). Behind each state
stands who must act. The first is the one in which a record begins.
"""


def state_page() -> str:
    """The page."""
    return "\n".join([HEAD, *(line for model in stateful_models() for line in _diagram(model)), ""])


def stateful_models() -> list[type[Stateful]]:
    """Every model that moves by a table, by room and name."""
    found = [model for model in apps.get_models() if issubclass(model, Stateful)]
    return sorted(found, key=lambda model: model._meta.label)


def _diagram(model: type[Stateful]) -> Iterable[str]:
    (field,) = (each for each in model._meta.concrete_fields if each.name == "state")
    labels = {str(value): str(label) for value, label in field.choices or ()}
    yield f"## {model._meta.label}\n"
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state, stage in model.states.stages.items():
        yield f"    {state} : {labels[state]} ({stage.owner.label})"
    yield f"    [*] --> {field.default}"
    for state, stage in model.states.stages.items():
        yield from (f"    {state} --> {target}" for target in sorted(stage.to))
        if not stage.to:
            yield f"    {state} --> [*]"
    yield "```\n"
