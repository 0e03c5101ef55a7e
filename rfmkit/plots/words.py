"""Write numbers and counted things as a reader expects them, in both languages."""

from rfmkit.labels import label
from rfmkit.names import column_name
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.tables import MONEY


def percent(share: float) -> str:
    """Write a share without decimals; a small share that is not nothing stays visible.

    Examples
    --------
    >>> [percent(share) for share in (0.194, 0.002, 0.998, 1.0, -0.03)]
    ['19%', '<1%', '>99%', '100%', '−3%']
    """
    if share != share:  # a share of nothing
        return "–"
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{share:.0%}".replace("-", "−").replace("−0%", "0%")


def number(value: float) -> str:
    """Write an amount: thousands separators, one decimal below a hundred, none above.

    Examples
    --------
    >>> [number(value) for value in (1234.5, 12.34, 3.0, -7.5, 0.0123)]
    ['1,234', '12.3', '3', '−7.5', '0.012']
    """
    size = abs(value)
    if size >= 100:
        text = f"{value:,.0f}"
    elif size >= 0.1 or size == 0:
        text = f"{value:.1f}".removesuffix(".0")
    else:
        text = f"{value:.2g}"
    return text.replace("-", "−")


def tick(value: float, _position: int | None = None) -> str:
    """Write a tick label in full: no powers of ten, no lost decimals."""
    return f"{value:,.10g}".replace("-", "−")


def counted(key: str, count: float, lang: str, **values: object) -> str:
    """Look up the text for one or for many: "1 customer", "1,200 customers"."""
    form = "one" if count == 1 else "many"
    return label(f"{key}.{form}", lang, n=number(count), **values)


def class_short(code: str, lang: str) -> str:
    """Name a class as briefly as a figure needs it."""
    return label(f"class.{code}", lang).removesuffix("客戶")


def class_with_triple(code: str, lang: str) -> str:
    """Name a class with its (R, F, M), since other books swap develop and keep."""
    return f"{class_short(code, lang)}  {CLASS_TRIPLES[code]}"


def axis_name(column: object, lang: str, money: str | None = None) -> str:
    """Name what an axis counts, with its unit; a column of one's own keeps its name."""
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
    """Write a value of R, F or M with its unit: "12.3 days", "NT$3,456"."""
    if column not in _measures:
        return number(value)
    return counted(f"plot.unit.{column}", value, lang, unit=money or label("plot.money", lang))


_measures = ("recency_days", "frequency", "monetary")
