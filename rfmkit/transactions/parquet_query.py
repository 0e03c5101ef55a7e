"""Write the question that DuckDB answers about a large ledger: reasons and sums in one pass."""

import re

import pandas as pd

from rfmkit.labels import label
from rfmkit.schema import (
    AMOUNT,
    CUSTOMER,
    DATE,
    ORDER,
    QUANTITY,
    STATUS,
    UNIT_PRICE,
    DataError,
)
from rfmkit.transactions.cells import tidy_text
from rfmkit.transactions.reasons import MOST, NOTHING, TEST
from rfmkit.transactions.undone import read_status

_NUMBERS = ("ledger.numbers", r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*")
_KINDS = {
    DATE: ("ledger.days", r"DATE|TIMESTAMP(_S|_MS|_NS)?"),
    AMOUNT: _NUMBERS,
    QUANTITY: _NUMBERS,
    UNIT_PRICE: _NUMBERS,
}
_SQL = """
with lines as ({lines}),
judged as (select *, case {reasons} end as reason from lines),
orders as (
    select customer, reason, case when reason is null then "order" end as "order",
           count(*) as rows, min(date) as first, max(date) as latest,
           max(date) filter (amount > 0) as last, count(*) filter (amount > 0) as bought,
           count(*) filter (amount < 0) as returned, sum(amount) as net,
           sum(abs(amount)) as size
    from judged group by all
)
select customer, reason, sum(rows)::bigint as rows, min(first) as first, max(latest) as latest,
       max(last) as last_purchase,
       sum(case when "order" is null then bought else least(bought, 1) end)::bigint as frequency,
       sum(returned)::bigint as returned, sum(net) as monetary,
       sum(size) as size
from orders group by customer, reason
"""
# As `round_sums` of one number.
_ROUNDED = (
    "case when abs({x}) between 1e-290 and 1e290 then round({x}, greatest("
    "12 - ceil(log10(abs({x}))), least(6, 15 - ceil(log10(abs({x})))))::int) else {x} end"
)


def tally_query(
    ledger: object,
    names: dict[str, str],
    kinds: dict[str, str],
    where: str,
    *,
    today: pd.Timestamp,
    start: pd.Timestamp | None,
    end: pd.Timestamp | None,
    returns: str,
) -> str:
    """Write the query over `ledger`: one row a customer and reason, with what they add up to.

    Parameters
    ----------
    ledger
        The DuckDB relation.
    names, kinds
        The ledger's own header of each of the kit's columns; DuckDB's type of each header.
    where
        What to call the ledger in a message.
    today, start, end, returns
        As for `clean_transactions`.

    Raises
    ------
    DataError
        If a column is not of the type that it needs.
    """
    for role, (what, pattern) in _KINDS.items():
        if role in names and not re.fullmatch(pattern, kinds[names[role]]):
            header = names[role]
            told = {"where": where, "header": header, "kind": kinds[header], "what": label(what)}
            raise DataError(label("ledger.kind", **told))
    own = {role: '"' + name.replace('"', '""') + '"' for role, name in names.items()}
    amount = own.get(AMOUNT) or _ROUNDED.format(x=f"({own[QUANTITY]}::double * {own[UNIT_PRICE]})")
    number = f"trim({own[ORDER]}::varchar)" if ORDER in own else "null::varchar"
    # Looking at the length first spares most cells the slow look.
    blank = f"number = '' or (length(number) < 7 and {_is('number', NOTHING)})"
    lines = (
        f"select {own[CUSTOMER]} as customer, {own[DATE]}::timestamp as date, "
        f"({amount})::double as amount, {number} as number, "
        f'case when {blank} then null else number end as "order", '
        f"{own.get(STATUS, 'null')}::varchar as status from ledger"
    )
    reasons = {f"length(number) < 30 and {_is('number', TEST)}": "test_order"}
    if STATUS in own:
        reasons |= _undone(ledger, own[STATUS])
    reasons["date is null"] = "unreadable_date"
    reasons[f"date >= timestamp '{today + pd.Timedelta(days=1)}'"] = "future_date"
    if start is not None:
        reasons[f"date < timestamp '{start}'"] = "outside_period"
    if end is not None:
        reasons[f"date >= timestamp '{end + pd.Timedelta(days=1)}'"] = "outside_period"
    reasons["amount is null or isnan(amount)"] = "unreadable_amount"
    reasons[f"abs(amount) > {MOST}"] = "infinite_amount"
    reasons["amount = 0"] = "zero_amount"
    if returns == "drop":
        reasons["amount < 0"] = "return"
    cases = " ".join(f"when {fault} then '{code}'" for fault, code in reasons.items())
    return _SQL.format(lines=lines, reasons=cases)


def _is(cell: str, pattern: str) -> str:
    """Ask whether a cell is the pattern from end to end, whatever its case."""
    for dash in (0x2010, 0x2015):
        pattern = pattern.replace(f"\\u{dash:x}", chr(dash))
    return f"regexp_full_match({cell}, '{pattern}', 'i')"


def _undone(ledger: object, column: str) -> dict[str, str]:
    """Let the few different statuses be read as ever, and list those that undo an order."""
    states = ledger.query("ledger", f"select distinct {column}::varchar as s from ledger").df()["s"]
    states = states.dropna().reset_index(drop=True)
    cancelled, returned = read_status(tidy_text(states))
    reasons = {}
    for found, code, also in ((cancelled, "cancelled_order", ""),
                              (returned, "returned_order", " and amount >= 0")):  # fmt: skip
        listed = ", ".join("'" + state.replace("'", "''") + "'" for state in states[found])
        if listed:
            reasons[f"status in ({listed}){also}"] = code
    return reasons
