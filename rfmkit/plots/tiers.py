"""Check, order, name and colour the tiers of any scheme for figures."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb

from rfmkit.labels import label
from rfmkit.palette import CLASS_FILLS
from rfmkit.schema import CLASSES, DataError
from rfmkit.strategies import SCHEME_OF, UNRANKED
from rfmkit.thresholds import shares_of_total
from rfmkit.validation import check_numbers

# Best first. Neighbours differ in lightness, so that they can be distinguished in grey print.
_eight = (
    "#1B3A5C",
    "#4F8FC0",
    "#A9C4DD",
    "#B57A00",
    "#E3BC6B",
    "#566070",
    "#8B94A1",
    "#C7CDD5",
)
_chosen = {
    1: (0,), 2: (0, 6), 3: (0, 3, 6), 4: (0, 3, 5, 6), 5: (0, 2, 3, 5, 6),
    6: (0, 2, 3, 5, 6, 7), 7: (0, 1, 2, 3, 5, 6, 7), 8: range(8),
}  # fmt: skip
DARK = "#0B1220"  # a little darker than the ink on white, for words on a fill
TIER_FILLS = {many: [_eight[place] for place in indices] for many, indices in _chosen.items()}


def check_values(values: pd.Series, *, name: str = "values") -> pd.Series:
    """Convert values to float64; raise a DataError where they are no numbers or empty."""
    check_numbers(values, name=name)
    if len(values) == 0:
        raise DataError(f"{name} is empty: there is no customer to draw.")
    return values.astype("float64")


def check_tiers(tiers: pd.Series, *, name: str = "tiers") -> None:
    """Raise a DataError for tiers that are no Series, empty or partly blank."""
    if not isinstance(tiers, pd.Series):
        raise DataError(
            f"{name} must be a pandas Series, but it is a {type(tiers).__name__}.\n"
            "Compute tiers with abc_tier(values), value_tier(scores), rfm_class(levels) or another "
            "method of the kit."
        )
    if len(tiers) == 0:
        raise DataError(f"{name} is empty: there is no customer to draw.")
    if tiers.isna().any():
        raise DataError(
            f"{tiers.isna().sum()} of {len(tiers)} customers have no tier in {name}; "
            f"the first is {tiers.index[tiers.isna()][0]!r}.\n"
            f"Leave them out, {name}.dropna(), or give them a tier of their own."
        )


def check_same_customers(first: pd.Series, second: pd.Series, *, names: Sequence[str]) -> None:
    """Raise a DataError if two Series do not hold the same customers in the same order."""
    if not first.index.equals(second.index):
        raise DataError(
            f"{names[0]} and {names[1]} do not hold the same customers in the same order.\n"
            f"Compute both from one table, or bring one into the order of the other: "
            f"{names[1]} = {names[1]}.reindex({names[0]}.index)."
        )


def tier_codes(*columns: pd.Series) -> list:
    """List the tiers, best first: by category, else by table 5-2, else by name."""
    for tiers in columns:
        if isinstance(tiers.dtype, pd.CategoricalDtype):
            known = list(tiers.cat.categories)
            break
    else:
        known = []
    seen = {code for tiers in columns for code in tiers.astype(object).unique()}
    if not known and seen <= set(CLASSES):
        return list(CLASSES)
    return known + sorted(seen - set(known), key=str)


def is_ranked(codes: Sequence) -> bool:
    """Return whether tiers go from best to worst; unknown tiers are assumed to."""
    return not any(SCHEME_OF.get(code) in UNRANKED for code in codes)


def tier_name(code: object, lang: str) -> str:
    """Return a tier's short name, without its scheme; an unknown code stays as it is."""
    try:
        full = label(f"class.{code}", lang)
    except KeyError:
        return str(code)
    name = re.sub(r"\s*[（(][^（(]*[）)]$", "", full)
    short = name.removesuffix("客戶").rstrip()
    return short if len(short) > 1 else name  # 小客戶 is not 小


def tier_colours(codes: Sequence) -> dict:
    """Return the colour of each tier: the eight classes have their own, others dark to light."""
    if set(codes) <= set(CLASSES):
        return {code: CLASS_FILLS[code] for code in codes}
    fills = TIER_FILLS[max(min(len(codes), max(TIER_FILLS)), 1)]
    return {code: fills[place % len(fills)] for place, code in enumerate(codes)}


def tint(colour: str, strength: float = 0.18) -> tuple[float, ...]:
    """Lighten a colour towards white, for areas that words stand on."""
    return tuple(1 - strength * (1 - channel) for channel in to_rgb(colour))


def ink_on(colour: object) -> str:
    """Return white or dark, whichever has more contrast on a fill."""
    light = luminance(colour) + 0.05
    return "white" if 1.05 / light > light / (luminance(DARK) + 0.05) else DARK


def luminance(colour: object) -> float:
    """Compute the luminance of a colour, from 0 (black) to 1 (white), as WCAG 2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(parts, [0.2126, 0.7152, 0.0722]))


def tier_shares(values: pd.Series, tiers: pd.Series) -> pd.DataFrame:
    """Count customers and sum values by tier, best first, with the share of each.

    Shares of value are blank when the total is not above zero: they would say nothing.
    """
    values = check_values(values)
    check_tiers(tiers)
    check_same_customers(values, tiers, names=("values", "tiers"))
    codes = tier_codes(tiers)
    groups = values.groupby(tiers.astype(object))
    table = pd.DataFrame(
        {
            "customers": groups.size().reindex(codes, fill_value=0),
            "value": groups.sum().reindex(codes, fill_value=0.0),
        }
    )
    table.insert(1, "customer_share", table["customers"] / len(values))
    table["value_share"] = shares_of_total(table["value"], values)
    return table.rename_axis("tier")


def value_name(column: object, lang: str) -> str:
    """Return the name of the value: spend, profit, lifetime value; another name is quoted."""
    if column is None:
        return label("plot.value.none", lang)
    if column in ("monetary", "profit", "revenue", "clv", "amount", "score"):
        return label(f"plot.value.{column}", lang)
    return label("plot.cut.own", lang, name=column)
