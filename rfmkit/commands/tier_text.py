"""Print the summary of `rfmkit tier`, aligned where Chinese characters take two columns."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rfmkit.formats import display_width, row_share
from rfmkit.labels import label
from rfmkit.report.facts import Facts
from rfmkit.rfm import CLASS_TRIPLES
from rfmkit.schema import CLASSES
from rfmkit.strategies import class_name, strategy

if TYPE_CHECKING:
    import pandas as pd


def print_reading(tx: "pd.DataFrame", lang: str) -> None:
    """Print how the file was read, before any result."""
    from rfmkit.transactions.reading import reading_lines

    lines = reading_lines(tx, lang)
    print(label("reading.title", lang))
    # A heading stands once above the lines that share it.
    shared = [
        ("" if at and lines[at - 1][0] == head else head, text)
        for at, (head, text) in enumerate(lines)
    ]
    print("\n".join(f"  {line}" for line in aligned(shared, "<<")))
    print()


def print_summary(facts: Facts) -> None:
    """Print what was read, kept and left out, the thresholds, and the eight classes."""
    lang = facts.lang
    file, sheet = facts.source.get("file"), facts.source.get("sheet")
    if file:
        print(file + (label("report.sheet_of", lang, sheet=sheet) if sheet else ""))
    rows = [
        (label("report.rows_read", lang), f"{facts.rows_read:,}", ""),
        _share(label("report.rows_kept", lang), len(facts.clean), facts.rows_read),
    ]
    for code, count in facts.left_out.items():
        name = label("report.rows_left_out", lang, reason=facts.reason(code))
        rows.append(_share(name, count, facts.rows_read))
    print("\n".join(aligned(rows, "<>>")))
    decimals = 0 if facts.money == "#,##0" else 2

    def money(value: float) -> str:
        return f"{round(value, decimals) + 0.0:,.{decimals}f}"

    print()
    about = [
        (label("report.about_period", lang), facts.period()),
        (label("report.about_today", lang), f"{facts.day:%Y-%m-%d}"),
        (label("report.about_customers", lang), f"{len(facts.rfm):,}"),
        (facts.spend_name(), money(facts.total)),
        (label("report.about_returns", lang), facts.returns()),
        (label("report.about_cuts", lang), facts.cut_source()),
    ]
    if facts.lost_customers:
        about.insert(3, (label("report.about_lost", lang), f"{facts.lost_customers:,}"))
    about += [("", rule) for rule in facts.thresholds()["rule"]]
    print("\n".join(aligned(about, "<<")))
    print()
    print("\n".join(aligned(_classes(facts, money), "<<>>>><", ruled=True)))
    print()
    print(facts.headline())


def aligned(rows: Sequence[Sequence[str]], sides: str, *, ruled: bool = False) -> list[str]:
    """Format rows of texts in aligned columns.

    Returns
    -------
    list of str
        One line a row.

    Examples
    --------
    >>> aligned([("採用", "5"), ("ab", "12")], "<>")
    ['採用   5', 'ab    12']
    """
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for text, width, side in zip(row, widths, sides, strict=True):
            gap = " " * (width - display_width(text))
            cells.append(text + gap if side == "<" else gap + text)
        lines.append("  ".join(cells).rstrip())
    if ruled:
        line = "-" * (sum(widths) + 2 * (len(widths) - 1))
        lines[1:1] = [line]
        lines[-1:-1] = [line]
    return lines


def _share(name: str, count: int, of: int) -> tuple[str, str, str]:
    return name, f"{count:,}", row_share(count, of)


def _classes(facts: Facts, money: Callable[[float], str]) -> list[tuple[str, ...]]:
    """Format the headings, the eight classes and the total as rows of text."""
    lang, table = facts.lang, facts.summary
    share = label("report.head_share", lang)
    class_, triple, customers, spend, advice = (
        label(f"report.head_{name}", lang)
        for name in ("class", "triple", "customers", "spend", "strategy")
    )
    rows = [(class_, triple, customers, share, spend, share, advice)]

    def spend_share(share: float) -> str:
        return "-" if share != share else f"{share:.1%}"

    for code in CLASSES:
        line = table.loc[code]
        rows.append(
            (
                class_name(code, lang=lang),
                " ".join(CLASS_TRIPLES[code]),
                f"{line['customers']:,}",
                f"{line['customer_share']:.1%}",
                money(line["revenue"]),
                spend_share(line["revenue_share"]),
                strategy(code, lang=lang),
            )
        )
    total_share = spend_share(table["revenue_share"].sum(min_count=1))
    total = label("report.total", lang)
    rows.append((total, "", f"{len(facts.rfm):,}", "100.0%", money(facts.total), total_share, ""))
    return rows
