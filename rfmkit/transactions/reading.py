"""Describe how a file was read: before any result, and in the report."""

from typing import Any

import pandas as pd

from rfmkit.labels import join_names, label
from rfmkit.schema import AMOUNT, CUSTOMER, DATE, ORDER, QUANTITY, STATUS, UNIT_PRICE

_SEPARATORS = {",": ",", ";": ";", "\t": "tab", "|": "|", r"\s+": "spaces"}


def reading_lines(tx: pd.DataFrame, lang: str | None = None) -> list[tuple[str, str]]:
    """Describe how the file of a ledger was read, as pairs of a heading and a sentence.

    Parameters
    ----------
    tx
        A ledger as `load_transactions` returns it; what was noted is in `tx.attrs["source"]`.
    lang
        "zh-TW", "en", or None for the language in use. Notes stay in the language of the reading.

    Returns
    -------
    list of tuple
        File, encoding and separator, decimal and date form, header row, sheets; the column used for
        each part and those that could have been it; every status with its rows and what was done;
        currencies; refunds; what counts as a visit; notes. Empty for a ledger without a file.

    Examples
    --------
    >>> reading_lines(pd.DataFrame({"customer": ["A"]}))
    []
    """
    source = tx.attrs.get("source") or {}
    facts = source.get("reading")
    if facts is None:
        return []

    def text(key: str, **values: object) -> str:
        return label(f"reading.{key}", lang, **values)

    lines = [(text("head.file"), join_names([*facts["files"]], lang))]
    if facts.get("preset"):
        lines.append((text("head.preset"), text("preset", **facts["preset"])))
    form = []
    if facts.get("encoding"):
        form.append(text("encoding", name=facts["encoding"]))
        form.append(text(f"separator.{_SEPARATORS[facts['separator']]}"))
    if facts.get("sheets"):
        form.append(text("sheets", names=join_names(facts["sheets"], lang)))
    form.append(text("header_row", row=facts["header_row"]))
    lines.append((text("head.form"), text("semicolon").join(form)))
    decimal = facts.get("decimal")
    lines.append((text("head.amounts"), text("decimal_comma" if decimal == "," else "decimal_dot")))
    order = facts.get("date_order")
    dates = text(f"order.{order}") if order else text("order.plain")
    lines.append((text("head.dates"), dates))
    lines += _column_lines(source, facts, lang)
    for column, value, count, outcome in facts.get("statuses", []):
        name = f"{column} = {value}"
        done = text("status", rows=f"{count:,}", outcome=_outcome(outcome, lang))
        lines.append((text("head.status"), text("value_line", name=name, done=done)))
    if not facts.get("statuses"):
        lines.append((text("head.status"), text("no_status")))
    for column, value, count, meaning in facts.get("kinds", []):
        done = text("status", rows=f"{count:,}", outcome=text(f"kind.{meaning}"))
        name = f"{column} = {value}"
        lines.append((text("head.kind"), text("value_line", name=name, done=done)))
    lines.append((text("head.currency"), _currencies(facts, lang)))
    lines.append((text("head.refunds"), _refunds(tx, facts, lang)))
    lines.append((text("head.visits"), text(f"visits.{facts.get('visits', 'row')}")))
    lines += [(text("head.note"), note) for note in facts.get("notes", [])]
    return lines


def _column_lines(
    source: dict[str, Any], facts: dict[str, Any], lang: str | None
) -> list[tuple[str, str]]:
    headers = {role: header for header, role in source["columns"].items()}
    lines = []
    for role in (CUSTOMER, DATE, ORDER, AMOUNT):
        name = label(f"column.{role}", lang)
        used = headers.get(role)
        if used is None and role == AMOUNT:
            used = f"{headers.get(QUANTITY)} × {headers.get(UNIT_PRICE)}"
        used = used or label("reading.no_column", lang)
        others = facts.get("others", {}).get(role, [])
        if others:
            listed = join_names(others, lang)
            used = label("reading.column_others", lang, used=used, others=listed)
        lines.append((name, used))
    if STATUS in headers:
        lines.append((label("column.status", lang), headers[STATUS]))
    for kind, names in facts.get("marks", {}).items():
        if kind in ("refund", "currency", "rate", "kind") and names:
            lines.append((label(f"reading.mark.{kind}", lang), join_names(names, lang)))
    return lines


def _outcome(outcome: str, lang: str | None) -> str:
    if outcome in ("counted", "unknown", "unsure", "less_refund"):
        return label(f"reading.outcome.{outcome}", lang)
    return label("reading.left_out", lang, reason=label(f"reason.{outcome}", lang))


def _currencies(facts: dict[str, Any], lang: str | None) -> str:
    found = facts.get("currencies", [])
    if not found:
        return label("reading.no_currency", lang)
    return join_names((f"{code} {total:,.2f} ({rows:,})" for code, rows, total in found), lang)


def _refunds(tx: pd.DataFrame, facts: dict[str, Any], lang: str | None) -> str:
    if facts.get("refunds"):
        column, rows, total = facts["refunds"]
        return label(
            "reading.refunds", lang, column=column, rows=f"{rows:,}", total=f"{total:,.2f}"
        )
    negative = facts.get("negative_rows", 0)
    if negative:
        return label("reading.negative_rows", lang, rows=f"{negative:,}")
    return label("reading.no_refunds", lang)
