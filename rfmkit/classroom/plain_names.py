"""Read and show the names that answers are made of: customers, classes, columns."""

from collections.abc import Iterable
from functools import cache

import pandas as pd

from rfmkit.labels import label
from rfmkit.schema import CLASSES
from rfmkit.strategies import strategies_table


def other_rows(answer: pd.Index, key: pd.Index, lang: str) -> str:
    """Tell of rows too many, repeated or too few; empty where the rows agree."""
    if answer.has_duplicates:
        return label("check.repeats_rows", lang, rows=str(answer[answer.duplicated()][0]))
    extra, missing = answer.difference(key), key.difference(answer)
    if len(extra):
        return label(
            "check.extra_rows",
            lang,
            count=len(extra),
            rows=listed((shown_name(row, lang) for row in extra[:3]), lang),
        )
    if len(missing):
        return label("check.missing_rows", lang, count=len(missing))
    return ""


def listed(items: Iterable[str], lang: str) -> str:
    """Join a few items as the language does."""
    return label("check.and", lang).join(items)


def shown_name(row: object, lang: str) -> str:
    """Name a class in the reader's language, and a customer by the number."""
    return label(f"class.{row}", lang) if row in CLASSES else str(row)


def shown_value(value: float, column: str) -> str:
    """Show a value of the student's, high and low as True and False."""
    return str(bool(value)) if column in ("R", "F", "M") and value in (0, 1) else f"{value:,.6g}"


def plain_index(index: pd.Index, rows: str) -> pd.Index:
    """Turn customers or classes into plain text, classes into their codes."""
    if rows == "class":
        index = pd.Index([class_code(name) or str(name) for name in index], dtype=object)
    return pd.Index(index.astype(str).str.strip().tolist(), dtype=object, name=rows)


def class_code(name: object) -> str | None:
    """Find the code of a class, given as code or as name in either language."""
    return _class_codes().get(str(name).strip())


@cache
def _class_codes() -> dict[str, str]:
    names = {code: code for code in CLASSES}
    for code in CLASSES:
        row = strategies_table()[code]
        for name in (row["name_zh-TW"], row["name_zh-TW"].removesuffix("客戶"), row["name_en"]):
            names[name] = code
    return names


def plain_names() -> dict[str, str]:
    """Map the shown column names of both languages back to the plain ones."""
    plain = ("customer", "recency_days", "frequency", "monetary", "R", "F", "M", "class",
             "customers", "customer_share", "revenue", "revenue_share")  # fmt: skip
    return {label(f"column.{name}", lang): name for name in plain for lang in ("zh-TW", "en")}
