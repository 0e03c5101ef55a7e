"""Order the pairs of slips by how near a wrong answer they should come, before computing any.

Two slips at different steps seldom disturb each other: where only one of them changes a cell of the
answer, both together give what that one gives; where both do, their changes add up or multiply.
So the answers of single slips foretell those of pairs, and only the likeliest few are computed.
"""

import itertools
from collections.abc import Iterator

import numpy as np
import pandas as pd

from rfmkit.classroom.keys import Keys
from rfmkit.classroom.relations import alike

# How many pairs to try of an answer that holds more numbers and words than so many: the more there
# are, the surer the order.
_MAX_PAIRS = {1000: 8, 30: 24, -1: 40}
_FARTHER = 0.2  # of the cells; what is farther off than the nearest pair by more is not tried
_MAX_CELLS = 300  # of a long answer, every second or third tells enough
_LIGHT, _BOTH = 0.1, 0.3
_NEAR = 1e-6
_WORD = 1e9  # words are numbered from here on, so that none is near a number


def likeliest_pairs(keys: Keys, plain: object) -> list[tuple[str, str]]:
    """Return the few pairs of slips that are likeliest to explain an answer, in their own order."""
    pairs = [pair for pair in keys.pairs() if all(keys.variant(one) is not None for one in pair)]
    if not pairs:
        return []
    names = list(dict.fromkeys(itertools.chain(*pairs)))
    parts_of = keys.answer_type.parts
    listed = [dict(_cells(parts_of(one))) for one in (plain, keys.right)]
    listed += [keys.cells(name, _cells) for name in names]
    positions = list(dict.fromkeys(itertools.chain(*listed)))
    words: dict[object, float] = {}
    table = np.array(
        [[_number(cells.get(position, 0.0), words) for position in positions] for cells in listed]
    )
    informative = ~alike(table, table[1], _NEAR).all(axis=0)
    positions = [position for position, there in zip(positions, informative, strict=True) if there]
    step = max(1, len(positions) // _MAX_CELLS)
    answer, right, *slips = table[:, informative][:, ::step]
    member = np.array([position[-1] is _MEMBER for position in positions[::step]])
    far = _distances(answer, right, np.array(slips), member)
    at = {name: number for number, name in enumerate(names)}
    measured = sum(position[-1] is not _MEMBER for position in listed[1])
    most = next(most for held, most in _MAX_PAIRS.items() if measured > held)
    off = {pair: far[at[pair[0]], at[pair[1]]] for pair in pairs}
    nearest = sorted(pairs, key=off.get)[:most]
    kept = {pair for pair in nearest if off[pair] <= off[nearest[0]] + _FARTHER * len(answer)}
    return [pair for pair in pairs if pair in kept]


_MEMBER = object()  # marks the cell that says whether somebody is on a list


def _cells(value: object, *position: object) -> Iterator[tuple[tuple, object]]:
    """Yield every number, word and member of an answer's parts, each with its position."""
    in_order = "order" in position
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, pd.Series):
        inner = zip(value.index, value.tolist(), strict=True)
    elif isinstance(value, pd.Index) or (
        isinstance(value, tuple) and not in_order and all(isinstance(one, str) for one in value)
    ):
        for one in value:
            yield (*position, one, _MEMBER), 1.0
        return
    elif isinstance(value, tuple | list):
        inner = enumerate(value)
    else:
        yield (*position, ""), value
        return
    for at, cell in inner:
        if at != "unit":  # of a picture: its bars again
            yield from _cells(cell, *position, at)


def _number(cell: object, words: dict[object, float]) -> float:
    """Return a number as it is, and one of its own for each word."""
    if isinstance(cell, float | int | np.number):
        return float(cell)
    return words.setdefault(cell, _WORD + len(words))


def _distances(
    answer: np.ndarray, right: np.ndarray, slips: np.ndarray, member: np.ndarray
) -> np.ndarray:
    """Count of each two slips the cells in which both together should differ from the answer."""
    changed, unlike = ~alike(slips, right, _NEAR), ~alike(slips, answer, _NEAR)
    still = (~changed).astype(float)
    # A slip that takes members off a list may take off those that another one puts on it.
    more, less = ((change & member).any(axis=1) for change in (slips > right, slips < right))
    lost = changed & unlike
    alone = (lost & ~member) @ still.T
    for change, against in ((slips > right, less), (slips < right, more)):
        alone += ((lost & member & change) @ still.T) * np.where(against, _LIGHT, 1.0)
    neither = (still * ~alike(answer, right, _NEAR)) @ still.T
    return alone + alone.T + neither + _BOTH * _where_both(answer, right, slips, changed)


def _where_both(
    answer: np.ndarray, right: np.ndarray, slips: np.ndarray, changed: np.ndarray
) -> np.ndarray:
    """Sum up how far two slips that change one cell both come from the answer there."""
    word = (answer >= _WORD) | (right >= _WORD)
    size = np.abs(answer)
    off = np.zeros((len(slips), len(slips)))
    with np.errstate(all="ignore"):
        for at, one in enumerate(slips):
            together = [slips + one - right, slips * one / right, slips, one]
            apart = np.abs(np.stack(np.broadcast_arrays(*together)) - answer)
            far = np.where(np.isnan(apart), np.inf, apart).min(axis=0)
            near = far <= 1e-6 * (1 + size)
            share = np.where(word | ~np.isfinite(far), 1.0, 0.2 + 0.8 * far / (far + size))
            off[at] = np.where(changed & changed[at] & ~near, share, 0.0).sum(axis=1)
    return off
