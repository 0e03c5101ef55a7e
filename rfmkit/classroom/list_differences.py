"""Describe what the customers that are too many, or missing, have in common."""

import pandas as pd

from rfmkit.classroom.case import Case
from rfmkit.classroom.plain_names import column_name
from rfmkit.labels import label

_WORDS = ("region", "industry", "size")
_NUMBERS = ("recency_days", "frequency", "monetary", "profit", "revenue")
_FEWEST = 3  # two customers have too much in common by chance


def what_sets_them_apart(case: Case, answer: tuple, right: tuple, lang: str) -> str:
    """Return a sentence on the customers too many, or those missing; "" if one fact does not do."""
    extra, missing = set(answer) - set(right), set(right) - set(answer)
    table = _facts(case)
    if len(extra) >= _FEWEST and (fact := _fact(table, extra, set(right), lang)):
        return label("check.extra_share", lang, fact=fact)
    if (
        len(missing) >= _FEWEST
        and not extra
        and (fact := _fact(table, missing, set(right) & set(answer), lang))
    ):
        return label("check.missing_share", lang, fact=fact)
    return ""


def _facts(case: Case) -> pd.DataFrame:
    customers = case.customers
    table = customers[[name for name in (*_WORDS, *_NUMBERS) if name in customers]]
    return table.join(case.year_rfm, how="left")


def _fact(table: pd.DataFrame, group: set[str], others: set[str], lang: str) -> str:
    """Return the one column by which a group differs from others; "" if none or several do."""
    if not others or not (group | others) <= set(table.index):
        return ""
    inside, outside = table.loc[sorted(group)], table.loc[sorted(others)]
    found = []
    for name in table.columns:
        if name in _WORDS:
            values = set(inside[name])
            if len(values) == 1 and not values & set(outside[name]):
                found.append(label("check.share_word", lang, column=column_name(name, lang)))
        elif inside[name].notna().all() and outside[name].notna().all():
            if inside[name].max() < outside[name].min():
                found.append(label("check.share_less", lang, column=column_name(name, lang)))
            elif inside[name].min() > outside[name].max():
                found.append(label("check.share_more", lang, column=column_name(name, lang)))
    return found[0] if len(found) == 1 else ""
