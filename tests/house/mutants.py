"""Every check of who may, and the house without one of them.

Nothing is written: a check is cut out of the syntax tree of its module, and the functions that held it run the code
compiled from that until the check is put back.
"""

import ast
import gc
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from config.environment import CLONE
from tests.house.rooms import called, sources

ROOMS = ("agencies", "documents", "people", "referrals", "desk")
# Where who may do what is said; elsewhere it is asked.
SAID = ("agencies/permissions.py", "agencies/restricted.py", "documents/permissions.py", "referrals/permissions.py")
# What is asked of a list that tells of somebody, which is said where lists are.
RAISING = {"enter", "check_tells_of_nothing_hidden"}
# What narrows rows to those that a reader may know of, and what there is without it, in the words of a room's module.
EVERY = "__import__('django.apps', fromlist=['apps']).apps.get_model('{}')._base_manager"
WITHOUT = {
    "agencies_where": f"list({EVERY.format('agencies.Agency')}.all())",
    "dispatches_of": f"{EVERY.format('referrals.Dispatch')}.all()",
    "opened_to": f"{EVERY.format('referrals.Referral')}.all()",
    "hidden_from": f"{EVERY.format('agencies.Restriction')}.none()",
    "restricted_now": f"{EVERY.format('agencies.Restriction')}.none()",
    "excluded_from": f"{EVERY.format('agencies.Exclusion')}.none()",
}
# Whose rows somebody looks for who looks for their own.
READERS = {"reader", "by", "self.by", "self.browser", "request.user"}
# Operators' commands and the demonstration are those who have the machine; forms say what is offered in them.
LEFT_OUT = {"management", "demonstration", "forms"}
# What is right without the check: a call that answers whether somebody may; whether something is kept from them.
LENIENT = {"answer": True, "hiding": False}


@dataclass(frozen=True)
class Mutant:
    """One check, by where it stands: it is what is gone."""

    path: str
    function: str
    span: tuple[int, int, int, int]
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.path} {self.function}: {self.text}"


class Finder(ast.NodeVisitor):
    """Collects the checks of a module."""

    def __init__(self, path: str) -> None:
        self.path, self.inside, self.found = path, "", list[Mutant]()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """What is found in a function bears its name."""
        outer, self.inside = self.inside, node.name
        self.generic_visit(node)
        self.inside = outer

    def visit(self, node: ast.AST) -> None:
        """Take note of a check, and go on into it."""
        if self.inside and (kind := kind_of(node)):
            text = ast.unparse(node).splitlines()[0][:100]
            self.found.append(Mutant(self.path, self.inside, span_of(node), kind, text))
        super().visit(node)


def mutants() -> list[Mutant]:
    """Every check of every room."""
    found = []
    for path, text in sources():
        if path.parts[0] in ROOMS and not LEFT_OUT & set(path.parts):
            finder = Finder(str(path))
            finder.visit(ast.parse(text))
            found += finder.found
    return found


@cache
def asked() -> dict[str, str]:
    """The functions that say who may, by name: those that raise, that answer, and that say what is kept from whom."""
    found = dict.fromkeys(RAISING, "check")
    for path in SAID:
        for each in ast.parse((CLONE / path).read_text()).body:
            if isinstance(each, ast.FunctionDef):
                if each.name.startswith(("check_", "require", "_require")):
                    found[each.name] = "check"
                elif each.returns and ast.unparse(each.returns) == "bool":
                    found[each.name] = "hiding" if each.name.startswith("is_") else "answer"
    return found


def kind_of(node: ast.AST) -> str:
    """Which kind of check a node is; empty for none."""
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and called(node.exc) == "Forbidden":
        return "refusal"
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and asked().get(called(node.value)) == "check":
        return "check"
    if isinstance(node, ast.Call):
        if asked().get(called(node)) in LENIENT:
            return asked()[called(node)]
        if called(node) in WITHOUT:
            return "scope"
        if called(node) in {"filter", "exclude", "get"} and any(map(is_own, node.keywords)):
            return "own"
    return ""


def is_own(keyword: ast.keyword) -> bool:
    """Whether rows are narrowed by it to those of the reader."""
    return ast.unparse(keyword.value).removesuffix(".pk") in READERS


def span_of(node: ast.AST) -> tuple[int, int, int, int]:
    """Where a node begins and ends, which no two of the same kind share."""
    return (*(getattr(node, name, 0) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")),)  # type: ignore[return-value]


class Cut(ast.NodeTransformer):
    """Puts something else in the place of checks. What they name is named still: functions close over the same."""

    def __init__(self, wanted: list[Mutant]) -> None:
        self.wanted = {(each.span, each.kind): each for each in wanted}

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, or what stands there instead."""
        mutant = self.wanted.get((span_of(node), kind_of(node)))
        self.generic_visit(node)
        return ast.copy_location(self.instead(mutant, node), node) if mutant else node

    def instead(self, mutant: Mutant, node: ast.AST) -> ast.AST:
        """What is left without the check."""
        if isinstance(node, ast.stmt):
            return ast.If(test=ast.Constant(False), body=[node], orelse=[])
        assert isinstance(node, ast.Call)
        if mutant.kind in LENIENT:
            left: ast.expr = ast.Constant(LENIENT[mutant.kind])
        elif mutant.kind == "scope":
            left = ast.parse(WITHOUT[called(node)], mode="eval").body
        else:
            left = ast.Call(node.func, node.args, [each for each in node.keywords if not is_own(each)])
        return ast.IfExp(test=ast.Constant(True), body=left, orelse=node)


@contextmanager
def rewritten(path: str, rewriting: ast.NodeTransformer) -> Iterator[None]:
    """While it lasts, the functions of a module run as they are rewritten."""
    whole = str(CLONE / path)
    text = (CLONE / path).read_text()
    tree = ast.fix_missing_locations(rewriting.visit(ast.parse(text)))
    before = {key_of(each): each for each in codes(compile(text, whole, "exec"))}
    after = {key_of(each): each for each in codes(compile(tree, whole, "exec")) if each != before[key_of(each)]}
    assert after, path
    swapped: list[tuple[types.FunctionType, types.CodeType]] = []
    for each in gc.get_objects():
        # By its exact type: to ask a lazy object whether it is an instance makes it do its work.
        if type(each) is types.FunctionType and each.__code__.co_filename == whole and key_of(each.__code__) in after:
            swapped.append((each, each.__code__))
            each.__code__ = after[key_of(each.__code__)]
    try:
        yield
    finally:
        for function, code in swapped:
            function.__code__ = code


def key_of(code: types.CodeType) -> tuple[str, int]:
    """A function's name and where it begins."""
    return code.co_qualname, code.co_firstlineno


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """A module's code and that of everything in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes(constant)
