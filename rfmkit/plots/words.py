"""Format numbers, counts and names for figures, in both languages."""

from rfmkit.formats import number
from rfmkit.labels import label
from rfmkit.names import column_name
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.tables import MONEY


def counted(key: str, count: float, lang: str, **values: object) -> str:
    """Return the text for one or for many: "1 customer", "1,200 customers"."""
    form = "one" if count == 1 else "many"
    return label(f"{key}.{form}", lang, n=number(count), **values)


def class_short(code: str, lang: str) -> str:
    """Return the short name of a class."""
    return label(f"class.{code}", lang).removesuffix("客戶")


def class_with_triple(code: str, lang: str) -> str:
    """Return a class's name with its (R, F, M), since other books swap develop and keep."""
    return f"{class_short(code, lang)}  {CLASS_TRIPLES[code]}"


def axis_name(column: object, lang: str, money: str | None = None) -> str:
    """Return the label of an axis, with its unit; an unknown column keeps its name."""
    if column not in _measures:
        return _own_name(column, lang, money)
    return label(f"plot.axis.{column}", lang, unit=money or label("plot.money", lang))


def _own_name(column: object, lang: str, money: str | None) -> str:
    if column is None:
        return label("plot.axis.other", lang)
    name = str(column_name(column, lang))
    if column not in MONEY:
        return name
    return label("plot.axis.money", lang, name=name, unit=money or label("plot.money", lang))


def with_unit(value: float, column: object, lang: str, money: str | None = None) -> str:
    """Format a value of R, F or M with its unit: "12.3 days", "NT$3,456"."""
    if column not in _measures:
        return number(value)
    return counted(f"plot.unit.{column}", value, lang, unit=money or label("plot.money", lang))


_measures = ("recency_days", "frequency", "monetary")
