"""Find which slips explain a wrong answer: the fewest that give exactly what was answered."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rfmkit.classroom.keys import Keys
from rfmkit.classroom.pairs import likeliest_pairs
from rfmkit.classroom.relations import Relation

_BY_CHANCE = ("one_tier_up", "one_tier_down", "one_more", "one_less", "same_factor")


@dataclass(frozen=True)
class Cause:
    """One thing that was done: a slip by its name, or a relation to the right answer.

    Parameters
    ----------
    slip
        The name of a slip of the question; "" for a relation.
    relation
        How the numbers relate to the right ones.
    parts
        The parts of the answer that it explains, where other parts are right although the slip
        would have changed them too; () for the whole answer.
    """

    slip: str = ""
    relation: Relation | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """What explains a wrong answer.

    Parameters
    ----------
    readings
        Each explains the answer, by one cause or by two at once. Two readings: either may be what
        was done. None: nothing that is known explains it.
    unexplained
        The parts that the only reading leaves open.
    """

    readings: tuple[tuple[Cause, ...], ...] = ()
    unexplained: tuple[str, ...] = ()


def diagnose(keys: Keys, plain: object) -> Diagnosis:
    """Find the cheapest explanation of a wrong answer.

    One cause comes before two; a cause that gives the whole answer before one that gives a part
    of it; a slip that the question declares before a relation. Where more than two readings are as
    cheap, none is told.
    """
    search = _Search(keys, plain)
    steps: list[Callable[[], Iterable[tuple[Cause, ...]]]] = [
        search.one_slip,
        search.one_slip_rounded,
        search.one_relation,
        search.one_slip_in_parts,
        search.several_causes_in_parts,
        search.two_slips,
        search.slip_and_relation,
    ]
    if not keys.answer_type.is_distinctive(plain):
        steps = steps[:5]
    for find in steps:
        readings = tuple(dict.fromkeys(find()))
        if len(readings) in (1, 2):
            return Diagnosis(readings)
        if readings:
            return Diagnosis()
    return search.part_of_it()


class _Search:
    """The parts of one answer beside those of the right answer and of each slip."""

    def __init__(self, keys: Keys, plain: object) -> None:
        self.keys, self.type, self.plain = keys, keys.answer_type, plain
        self.parts = self.type.parts(plain)
        right = self.type.parts(keys.right)
        self.wrong = [
            part
            for part in self.parts
            if not self._equal(part, right)
            and not (part in right and self.type.rounded_part(part, self.parts[part], right[part]))
        ]
        self.right = right
        self._matches: dict[tuple[str, ...], frozenset[str] | None] = {}

    def one_slip(self) -> Iterator[tuple[Cause, ...]]:
        """Yield each slip that gives the whole answer."""
        for name in self.keys.slips:
            variant = self.keys.variant(name)
            if variant is not None and self.type.same(self.plain, variant):
                yield (Cause(name),)

    def one_slip_rounded(self) -> Iterator[tuple[Cause, ...]]:
        """Yield each slip whose answer was rounded as a right one may be."""
        for name in self.keys.slips:
            variant = self.keys.variant(name)
            if variant is not None and self.type.rounded(self.plain, variant) is not None:
                yield (Cause(name),)

    def one_relation(self) -> Iterator[tuple[Cause, ...]]:
        """Yield the relation that all wrong parts have to the right answer."""
        if cause := self._relation(self.right, self.wrong):
            yield (cause,)

    def one_slip_in_parts(self) -> Iterator[tuple[Cause, ...]]:
        """Yield each slip that explains every wrong part, though it would change others too."""
        found = [
            name
            for name in self.keys.slips
            if self.wrong and set(self.wrong) <= (self._matched(name) or set())
        ]
        fewest = min(map(self._others_changed, found), default=0)
        for name in found:
            if self._others_changed(name) == fewest:
                yield (Cause(name, parts=self._limits(name, self.wrong)),)

    def several_causes_in_parts(self) -> Iterator[tuple[Cause, ...]]:
        """Yield the smallest sets of causes that explain each wrong part on its own."""
        if len(self.wrong) < 2:
            return
        found: dict[frozenset[str], list[str]] = {}
        for name in self.keys.slips:
            if matched := (self._matched(name) or frozenset()) & set(self.wrong):
                found.setdefault(matched, []).append(name)
        covers: dict[Cause, frozenset[str]] = {}
        for matched, names in found.items():
            # Of slips that explain the same parts, one that changes nothing else is likelier.
            fewest = min(map(self._others_changed, names))
            for name in names:
                if self._others_changed(name) == fewest:
                    limits = self._limits(name, sorted(matched, key=self.wrong.index))
                    covers[Cause(name, parts=limits)] = matched
        for part in self.wrong:
            if not any(part in matched for matched in covers.values()) and (
                relation := self._relation(self.right, [part])
            ):
                covers[Cause(relation=relation.relation, parts=(part,))] = frozenset([part])
        if set().union(*covers.values()) < set(self.wrong):
            return
        for size in range(2, min(len(self.wrong), 5) + 1):
            enough = [
                chosen
                for chosen in itertools.combinations(covers, size)
                if set().union(*(covers[one] for one in chosen)) >= set(self.wrong)
            ]
            if enough:
                yield from enough[:3]
                return

    def two_slips(self) -> Iterator[tuple[Cause, ...]]:
        """Yield pairs of slips at different steps that give the whole answer together."""
        partly = []
        for pair in likeliest_pairs(self.keys, self.plain):
            variant = self.keys.variant(*pair)
            if variant is None:
                continue
            if self.type.same(self.plain, variant):
                yield tuple(Cause(name) for name in pair)
            elif len(self.parts) > 1 and set(self.wrong) <= (self._matched(*pair) or set()):
                partly.append(tuple(Cause(name, parts=tuple(self.wrong)) for name in pair))
        yield from partly if len(partly) < 3 else ()

    def slip_and_relation(self) -> Iterator[tuple[Cause, ...]]:
        """Yield slips whose answer the student's has a relation to."""
        for name in self.keys.slips:
            variant = self.keys.variant(name)
            if variant is None:
                continue
            parts = self.type.parts(variant)
            differ = [part for part in self.parts if not self._equal(part, parts)]
            cause = self._relation(parts, differ)
            # Where a slip moves most customers, the few others stand one tier off by chance, and
            # that a count is one off the count of a slip may be chance too.
            if cause and cause.relation.name not in _BY_CHANCE:
                yield Cause(name), Cause(relation=cause.relation)

    def part_of_it(self) -> Diagnosis:
        """Return the one slip that explains most of the wrong parts, if there is one."""
        best: list[tuple[int, str]] = []
        for name in self.keys.slips:
            matched = (self._matched(name) or set()) & set(self.wrong)
            if matched and len(self.wrong) > 1:
                best.append((len(matched), name))
        if not best:
            return Diagnosis()
        most = max(count for count, _ in best)
        names = [name for count, name in best if count == most]
        if len(names) > 1:
            return Diagnosis()
        explained = [part for part in self.wrong if part in (self._matched(names[0]) or ())]
        left = tuple(part for part in self.wrong if part not in explained)
        return Diagnosis(((Cause(names[0], parts=tuple(explained)),),), left)

    def _equal(self, part: str, others: dict[str, object]) -> bool:
        return part in others and self.type.same_part(part, self.parts[part], others[part])

    def _matched(self, *names: str) -> frozenset[str] | None:
        """Return the parts of the answer that these slips give."""
        if names not in self._matches:
            in_parts = not set(names) & set(self.keys.whole)
            variant = self.keys.variant(*names) if in_parts else None
            parts = None if variant is None else self.type.parts(variant)
            if variant is not None and not self.type.splits(variant, self.keys.right):
                parts = None
            matched = frozenset(part for part in self.parts if parts and self._equal(part, parts))
            if "customers" in self.parts and "customers" not in matched:
                matched -= {"order"}  # the order of other customers explains nothing
            self._matches[names] = parts and matched
        return self._matches[names]

    def _others_changed(self, name: str) -> int:
        """Count the parts that a slip changes otherwise than the answer does."""
        parts = self.type.parts(self.keys.variant(name))
        changed = [
            part
            for part in self.right
            if part not in parts or not self.type.same_part(part, parts[part], self.right[part])
        ]
        return len(set(changed) - (self._matched(name) or set()))

    def _limits(self, name: str, explained: Iterable[str]) -> tuple[str, ...]:
        """Return the parts to name: none where the slip changes nothing that is right."""
        if self._matched(name) == frozenset(self.parts):
            return ()
        return tuple(explained)

    def _relation(self, base: dict[str, object], wrong: list[str]) -> Cause | None:
        found = None
        for part in wrong:
            one = self.type.relation(part, self.parts[part], base[part]) if part in base else None
            if one is None or (found and found.name != one.name):
                return None
            found = found or one
        if found is None:
            return None
        limits = () if len(wrong) == len(self.parts) or len(self.parts) < 3 else tuple(wrong)
        return Cause(relation=found, parts=limits)
