"""Define the answer type of one customer, or of several."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from rfmkit.classroom.answer_types.base import AnswerType, InvalidAnswer, check_size, type_name
from rfmkit.classroom.plain_names import names_to_codes, plain_index, row_differences
from rfmkit.classroom.relations import Relation
from rfmkit.labels import label


@dataclass(frozen=True)
class Customers(AnswerType):
    """A set of customers, or a list whose order counts."""

    ordered: bool = False

    def parse(self, answer: object) -> tuple[str, ...]:
        """Parse one customer, or any list, set, index, Series or frame of customers."""
        items = self._items(answer)
        check_size(len(items))
        if len(items) == 0:
            raise InvalidAnswer("check.nothing_there")
        cells = items.tolist() if hasattr(type(items), "tolist") else list(items)
        if all(isinstance(cell, bool | np.bool_) for cell in cells):
            raise InvalidAnswer("check.true_false")
        names = tuple(plain_index(pd.Index(cells, dtype=object, tupleize_cols=False), "customer"))
        if len(set(names)) < len(names):
            raise InvalidAnswer("check.repeats_customers")
        return names if self.ordered else tuple(sorted(names))

    def _items(self, answer: object) -> object:
        known = names_to_codes(("customer",))
        if isinstance(answer, str):
            return [answer]
        if isinstance(answer, pd.DataFrame):
            check_size(*answer.shape)
            named = [name for name in answer.columns if known.get(name, name) == "customer"]
            if len(named) == 1:
                return answer[named[0]]
            return self._single(answer.index)
        if isinstance(answer, pd.Series):
            answer = pd.Series(answer)
            check_size(len(answer))
            if pd.api.types.is_bool_dtype(answer.dtype) and known.get(
                answer.index.name, answer.index.name
            ) in ("customer", None):
                chosen = answer.fillna(False).to_numpy(dtype=bool)
                # A mask without customer numbers cannot be used; the caller raises for it.
                return answer if isinstance(answer.index, pd.RangeIndex) else answer.index[chosen]
            if known.get(answer.index.name, answer.index.name) == "customer":
                return self._single(answer.index)
            return answer
        many = list | tuple | set | frozenset | pd.Index | pd.api.extensions.ExtensionArray
        if isinstance(answer, many | np.ndarray):
            return answer.reshape(-1) if isinstance(answer, np.ndarray) else answer
        raise InvalidAnswer("check.need_customers", type=type_name(answer))

    def _single(self, index: pd.Index) -> pd.Index:
        if index.nlevels > 1:
            raise InvalidAnswer("check.several_levels", levels=index.nlevels, rows="customer")
        return index

    def parts(self, parsed: tuple) -> dict[str, object]:
        """Return who is on the list, and where the order counts, the order."""
        who = tuple(sorted(parsed))
        return {"customers": who, "order": parsed} if self.ordered else {"customers": who}

    def relation(self, part: str, answer: tuple, right: tuple) -> Relation | None:
        """Find a list in order that is upside down, or cut too early or too late."""
        if not self.ordered:
            return None
        if part == "order" and answer[::-1] == right and len(right) > 1:
            return Relation("backwards")
        if part == "order":
            cut = answer[: len(right)] == right[: len(answer)]
        else:
            cut = set(answer) < set(right) or set(answer) > set(right)
        return Relation("too_long" if len(answer) > len(right) else "too_short") if cut else None

    def is_distinctive(self, parsed: tuple) -> bool:
        """Return False for one or two customers, whom many mistakes may hit."""
        return len(parsed) > 2

    def differences(self, answer: tuple, key: tuple, lang: str) -> str:
        """Name customers too many or too few; otherwise say that the order differs."""
        difference = row_differences(
            pd.Index(answer, dtype=object), pd.Index(key, dtype=object), lang
        )
        return difference or label("check.order_differs", lang)
