"""Whatever is started from outside a request sets the context of the record once, or acts in nobody's name."""

import ast

import pytest

from tests.house.rooms import sources

TASKS = {
    f"{path.parent}.{each.name}": each
    for path, text in sources()
    if path.name == "tasks.py" and path.parts[0] != "config"
    for each in ast.parse(text).body
    if isinstance(each, ast.FunctionDef) and any("shared_task" in ast.unparse(by) for by in each.decorator_list)
}
COMMANDS = {
    path.stem: ast.parse(text)
    for path, text in sources()
    if path.parts[1:3] == ("management", "commands") and path.name != "__init__.py"
}
# Sessions and old tries are no records; partitions hold none.
TASKS_WITHOUT = {"agencies.sweep_sessions", "audit.make_ledger_months"}
# They read, write files, run others, or do the owner's work, which the ledger's own tests are about.
COMMANDS_WITHOUT = {
    "audit_prove", "audit_public_key", "audit_verify", "auditlogflush", "match_benchmark", "messages",
    "pack_postcodes", "permissions", "prepare", "state_diagrams", "triage_page",
}  # fmt: skip


# Nothing is sealed beside the entries of migrations, which are written without a key; the seed's people are made up.
WITHOUT_REASON = COMMANDS_WITHOUT | {"migrate", "seed"}


def contexts(tree: ast.AST) -> int:
    """How often a context is set."""
    own = sum(
        isinstance(each, ast.With) and any(ast.unparse(item).startswith("recording(") for item in each.items)
        for each in ast.walk(tree)
    )
    return own + is_operators(tree)


def is_operators(tree: ast.AST) -> bool:
    """Whether it is a command that sets the context of the operator, and takes a reason."""
    bases = [ast.unparse(base) for each in ast.walk(tree) if isinstance(each, ast.ClassDef) for base in each.bases]
    return "OperatorCommand" in bases


def acts(tree: ast.AST) -> bool:
    """Whether anything is done in somebody's name."""
    return any(isinstance(each, ast.keyword) and each.arg == "by" for each in ast.walk(tree))


@pytest.mark.parametrize("name", TASKS)
def test_each_task_sets_one_context_or_acts_in_nobodys_name(name: str) -> None:
    task = TASKS[name]
    assert (contexts(task), acts(task)) == ((0, False) if name in TASKS_WITHOUT else (1, True))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_sets_one_context_or_acts_in_nobodys_name(name: str) -> None:
    command = COMMANDS[name]
    assert (contexts(command), acts(command)) == ((0, False) if name in COMMANDS_WITHOUT else (1, True))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_that_writes_can_be_told_why(name: str) -> None:
    assert is_operators(COMMANDS[name]) == (name not in WITHOUT_REASON)


def test_every_task_and_every_command_was_found() -> None:
    assert len(TASKS) >= 18 and len(COMMANDS) >= 23
    assert set(TASKS) >= TASKS_WITHOUT and set(COMMANDS) >= COMMANDS_WITHOUT
