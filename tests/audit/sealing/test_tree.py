"""The tree over the ledger's entries is RFC 9162's, and its proofs prove what they say and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.sealing.tree import (
    EMPTY,
    Frontier,
    check_consistency,
    check_inclusion,
    consistency_path,
    inclusion_path,
    root_from_inclusion,
    root_of,
)
from tests.audit.sealing.trees import REFERENCE, ROOTS, numbered, over

SIZES = range(1, 40)
LEAVES = numbered(300)
within_leaves = st.integers(1, len(LEAVES))

# Nodes of the reference tree, by the leaves below them.
N0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
N1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
N2 = "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7"
N3 = "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7"
N4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
N01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
N23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
N45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
N67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
N0123 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
N4567 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"


@pytest.mark.parametrize("size", range(9))
def test_the_reference_leaves_have_the_published_roots(size):
    edge = Frontier()
    for leaf in REFERENCE[:size]:
        edge.append(leaf)
    assert (edge.size, edge.root(), root_of(REFERENCE[:size])) == (size, ROOTS[size], ROOTS[size])


@pytest.mark.parametrize(
    ("index", "size", "published"),
    [
        (0, 1, []),
        (0, 2, [N1]),
        (1, 2, [N0]),
        (2, 3, [N01]),
        (1, 5, [N0, N23, N4]),
        (0, 8, [N1, N23, N4567]),
        (5, 8, [N4, N67, N0123]),
    ],
)
def test_the_reference_tree_has_the_published_inclusion_paths(index, size, published):
    path = [bytes.fromhex(each) for each in published]
    assert inclusion_path(index, size, over(REFERENCE)) == path
    assert check_inclusion(REFERENCE[index], index, size, path, ROOTS[size])


@pytest.mark.parametrize(
    ("old", "new", "published"),
    [
        (1, 1, []),
        (1, 8, [N1, N23, N4567]),
        (6, 8, [N45, N67, N0123]),
        (2, 5, [N23, N4]),
        (3, 8, [N2, N3, N01, N4567]),
    ],
)
def test_the_reference_tree_has_the_published_consistency_paths(old, new, published):
    path = [bytes.fromhex(each) for each in published]
    assert consistency_path(old, new, over(REFERENCE)) == path
    assert check_consistency(old, ROOTS[old], new, ROOTS[new], path)


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_of_a_tree_is_provable_at_its_own_place_only(size):
    leaves = LEAVES[:size]
    root = root_of(leaves)
    for index, leaf in enumerate(leaves):
        path = inclusion_path(index, size, over(leaves))
        assert check_inclusion(leaf, index, size, path, root)
        for other in range(-1, size + 1):
            assert check_inclusion(leaf, other, size, path, root) == (other == index)


@pytest.mark.parametrize("new", SIZES)
def test_every_smaller_tree_is_provably_where_a_tree_began(new):
    leaves = LEAVES[:new]
    for old in range(new + 1):
        path = consistency_path(old, new, over(leaves))
        assert check_consistency(old, root_of(leaves[:old]), new, root_of(leaves), path)


@given(st.data(), within_leaves)
def test_no_bit_of_a_proof_of_inclusion_can_be_another(data, size):
    index = data.draw(st.integers(0, size - 1))
    parts = [LEAVES[index], root_of(LEAVES[:size]), *inclusion_path(index, size, over(LEAVES))]
    changed = flipped(data, parts)
    assert not check_inclusion(changed[0], index, size, changed[2:], changed[1])


@given(st.data(), within_leaves)
def test_no_bit_of_a_proof_of_consistency_can_be_another(data, new):
    old = data.draw(st.integers(1, new))
    parts = [root_of(LEAVES[:old]), root_of(LEAVES[:new]), *consistency_path(old, new, over(LEAVES))]
    changed = flipped(data, parts)
    assert not check_consistency(old, changed[0], new, changed[1], changed[2:])


def flipped(data, parts):
    at, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    other = (int.from_bytes(parts[at]) ^ 1 << bit).to_bytes(32)
    return [*parts[:at], other, *parts[at + 1 :]]


@given(st.data(), within_leaves)
def test_a_proof_has_no_room_for_more_and_none_for_less(data, size):
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    root, old_root = root_of(LEAVES[:size]), root_of(LEAVES[:old])
    inclusion = inclusion_path(index, size, over(LEAVES))
    consistency = consistency_path(old, size, over(LEAVES))
    for more in (b"", root, LEAVES[index]):
        for longer in ([more, *inclusion], [*inclusion, more]):
            assert not check_inclusion(LEAVES[index], index, size, longer, root)
        for longer in ([more, *consistency], [*consistency, more]):
            assert not check_consistency(old, old_root, size, root, longer)
    if inclusion:
        assert not check_inclusion(LEAVES[index], index, size, inclusion[:-1], root)
    if consistency:
        assert not check_consistency(old, old_root, size, root, consistency[:-1])


@given(within_leaves, within_leaves, st.data())
def test_a_tree_whose_past_was_changed_is_consistent_with_none(one, other, data):
    old, new = sorted([one, other])
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:at], REFERENCE[0], *LEAVES[at + 1 : new]]
    path = consistency_path(old, new, over(rewritten))
    assert not check_consistency(old, root_of(LEAVES[:old]), new, root_of(rewritten), path)


def test_the_empty_tree_begins_every_tree():
    assert check_consistency(0, EMPTY, 0, EMPTY, [])
    assert check_consistency(0, EMPTY, 5, ROOTS[5], [])
    assert not check_consistency(0, ROOTS[1], 5, ROOTS[5], [])
    assert not check_consistency(0, ROOTS[1], 0, ROOTS[1], [])


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 2)])
def test_a_tree_never_shrinks(old, new):
    assert not check_consistency(old, ROOTS[3], new, ROOTS[2], [])
    with pytest.raises(ValueError, match="only grows"):
        consistency_path(old, new, over(REFERENCE))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_a_leaf_that_is_not_there_has_no_path(index, size):
    with pytest.raises(ValueError, match="No such leaf"):
        inclusion_path(index, size, over(REFERENCE))
    with pytest.raises(ValueError, match="No such leaf"):
        root_from_inclusion(REFERENCE[0], index, size, [])


@given(within_leaves, within_leaves)
def test_a_tree_goes_on_growing_from_its_edge(one, other):
    old, new = sorted([one, other])
    edge = Frontier.at(old, over(LEAVES))
    assert edge.root() == root_of(LEAVES[:old])
    for leaf in LEAVES[old:new]:
        edge.append(leaf)
    assert (edge.size, edge.root()) == (new, root_of(LEAVES[:new]))
    again = Frontier(edge.size, edge.peaks)
    assert again.root() == edge.root()


@pytest.mark.parametrize(("size", "peaks"), [(-1, [EMPTY]), (0, [EMPTY]), (3, [EMPTY]), (1, [b"short"])])
def test_an_edge_that_no_tree_has_is_refused(size, peaks):
    with pytest.raises(ValueError, match="one peak for each bit"):
        Frontier(size, peaks)
