"""Who noticed that a check said no: only those tests can notice that it is gone."""

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from operator import attrgetter
from typing import Any

from tests.house.mutants import LENIENT, Cut, Mutant, rewritten

NAME = "noted_by_the_mutation_run"


class Watching(Cut):
    """Every check stays, and says when it says no. What narrows a list says that it was asked."""

    def __init__(self, wanted: list[Mutant], numbers: dict[Mutant, int]) -> None:
        super().__init__(wanted)
        self.numbers = numbers

    def instead(self, mutant: Mutant, node: ast.AST) -> ast.AST:
        """The check, and what tells of it."""
        number = self.numbers[mutant]
        if isinstance(node, ast.Raise):
            return ast.If(test=call(number, ast.Constant(None)), body=[ast.Pass()], orelse=[node])
        if isinstance(node, ast.stmt):
            tell = ast.Expr(call(number, ast.Constant(None)))
            handler = ast.ExceptHandler(type=None, name=None, body=[tell, ast.Raise()])
            return ast.Try(body=[node], handlers=[handler], orelse=[], finalbody=[])
        assert isinstance(node, ast.expr)
        return call(number, node)


def call(number: int, value: ast.expr) -> ast.Call:
    """Hands a value on, and tells of it."""
    return ast.Call(ast.Name(NAME, ast.Load()), [ast.Constant(number), value], [])


class Watch:
    """Which test made which check say no."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants = mutants
        self.test: Any = None
        self.tests: dict[Mutant, dict[Any, None]] = defaultdict(dict)  # in the order in which they ran

    def note(self, number: int, value: Any) -> Any:
        """Called by the house in the place of a check; hands on what it said."""
        mutant = self.mutants[number]
        unmoved = mutant.kind in LENIENT and bool(value) == LENIENT[mutant.kind]
        if self.test is not None and not unmoved:
            self.tests[mutant][self.test] = None
        return value

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """While it lasts, the checks tell."""
        numbers = {mutant: number for number, mutant in enumerate(self.mutants)}
        setattr(builtins, NAME, self.note)
        with ExitStack() as stack:
            for path, wanted in groupby(self.mutants, key=attrgetter("path")):
                stack.enter_context(rewritten(path, Watching(list(wanted), numbers)))
            yield
        delattr(builtins, NAME)
