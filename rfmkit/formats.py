"""Format numbers and shares for readers; measure texts in columns; recognise formulas."""

import unicodedata

_formula_start = tuple("=+-@\t\r\n＝＋－＠")


def percent(share: float) -> str:
    """Format a share without decimals; a small share that is not zero stays visible.

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
    """Format an amount: thousands separators, one decimal below a hundred, none above.

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
    """Format a tick label in full: no powers of ten, no lost decimals."""
    return f"{value:,.10g}".replace("-", "−")


def percent_with_decimal(share: float) -> str:
    """Format a share for a sentence; a small one keeps its decimal.

    Examples
    --------
    >>> percent_with_decimal(0.194), percent_with_decimal(0.004)
    ('19%', '0.4%')
    """
    return f"{share:.1%}" if 0 < abs(share) < 0.0095 else f"{share:.0%}"


def plain_number(value: float) -> str:
    """Format a threshold for a sentence: two decimals only if it has any.

    Examples
    --------
    >>> plain_number(5000.0), plain_number(11.256)
    ('5,000', '11.26')
    """
    value = round(float(value), 2) + 0.0  # no "-0.00"
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"


def row_share(count: int, of: int) -> str:
    """Format a share of rows; only all of them are 100.0%.

    Examples
    --------
    >>> row_share(99_999, 100_000), row_share(5, 5), row_share(1, 8)
    ('99.9%+', '100.0%', '12.5%')
    """
    text = f"{count / of:.1%}" if of else "-"
    return "99.9%+" if text == "100.0%" and count < of else text


def display_width(text: str) -> int:
    """Count the columns that a text takes in a terminal or a sheet: a Chinese character takes two.

    Examples
    --------
    >>> display_width("R：3"), display_width("RFM")
    (4, 3)
    """
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def is_formula_like(text: object) -> bool:
    """Return whether a spreadsheet could take a text for a formula, e.g. after an export to CSV.

    Examples
    --------
    >>> is_formula_like("=1+1"), is_formula_like("＋886 2"), is_formula_like("C-001")
    (True, True, False)
    """
    return isinstance(text, str) and text.startswith(_formula_start)
