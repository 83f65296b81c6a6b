"""The tree is the one that others make: pymerkle, and the formulas of RFC 9162 taken word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from pymerkle.proof import InclusionProof, verify_consistency, verify_inclusion

from audit.sealing.tree import consistency_path, inclusion_path, leaf_hash, node_hash, root_of
from tests.audit.sealing.trees import over

MOST = 130
DATA = [b"entry %d" % number for number in range(MOST)]
LEAVES = [leaf_hash(data) for data in DATA]


@pytest.fixture(scope="module")
def theirs():
    tree = InmemoryTree(algorithm="sha256")
    for data in DATA:
        tree.append_entry(data)
    return tree


@pytest.mark.parametrize("size", range(MOST + 1))
def test_another_implementation_finds_the_same_roots(size, theirs):
    assert theirs.get_root(size) == root_of(LEAVES[:size])


@given(st.data(), st.integers(1, MOST))
def test_another_implementation_finds_and_believes_the_same_inclusion_paths(theirs, data, size):
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, over(LEAVES))
    found = theirs.prove_inclusion(index + 1, size)  # it counts from one, and begins the path with the leaf
    assert found.path == [LEAVES[index], *path]
    ours = InclusionProof("sha256", True, size, index + 1, found.rule, [LEAVES[index], *path])
    verify_inclusion(LEAVES[index], root_of(LEAVES[:size]), ours, index=index + 1, size=size)


@given(st.data(), st.integers(1, MOST))
def test_another_implementation_proves_that_our_tree_only_grew(theirs, data, new):
    """By a proof of a form of its own; that of ours is the formula's, below."""
    old = data.draw(st.integers(1, new))
    proof = theirs.prove_consistency(old, new)
    verify_consistency(root_of(LEAVES[:old]), root_of(LEAVES[:new]), proof, prior_size=old, later_size=new)


def split(size):
    """`k`, the largest power of two smaller than n."""
    return max(2**power for power in range(size) if 2**power < size)


def mth(leaves):
    """2.1.1, of at least one leaf."""
    k = split(len(leaves)) if len(leaves) > 1 else 0
    return node_hash(mth(leaves[:k]), mth(leaves[k:])) if k else leaves[0]


def path_of(m, leaves):
    """PATH(m, D_n), 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path_of(m, leaves[:k]), mth(leaves[k:])]
    return [*path_of(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m, leaves, whole):
    """SUBPROOF(m, D_n, b), 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


@pytest.mark.parametrize("size", range(1, 34))
def test_every_root_and_path_is_what_the_formulas_say(size):
    leaves = LEAVES[:size]
    assert root_of(leaves) == mth(leaves)
    for number in range(size):
        assert inclusion_path(number, size, over(leaves)) == path_of(number, leaves)
        assert consistency_path(number + 1, size, over(leaves)) == subproof(number + 1, leaves, True)
