"""Write numbers for people."""


def percent(share: float) -> str:
    """Write a share for a sentence; a small one keeps its decimal.

    Examples
    --------
    >>> percent(0.194), percent(0.004)
    ('19%', '0.4%')
    """
    return f"{share:.1%}" if 0 < abs(share) < 0.0095 else f"{share:.0%}"


def plain_number(value: float) -> str:
    """Write a threshold for a sentence: two decimals only if it has any.

    Examples
    --------
    >>> plain_number(5000.0), plain_number(11.256)
    ('5,000', '11.26')
    """
    value = round(float(value), 2) + 0.0  # no "-0.00"
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"


def row_share(count: int, of: int) -> str:
    """Write a share of rows; only all of them are 100.0%.

    Examples
    --------
    >>> row_share(99_999, 100_000), row_share(5, 5), row_share(1, 8)
    ('99.9%+', '100.0%', '12.5%')
    """
    text = f"{count / of:.1%}" if of else "-"
    return "99.9%+" if text == "100.0%" and count < of else text
