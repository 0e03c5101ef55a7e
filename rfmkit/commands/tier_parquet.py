"""Tier a parquet ledger that is larger than memory: `rfmkit tier` on a folder or a large file."""

import argparse
import sys

import pandas as pd

from rfmkit.commands.tier_text import print_summary
from rfmkit.engines import rfm_at
from rfmkit.labels import label
from rfmkit.report import write_facts
from rfmkit.report.facts import tally_facts
from rfmkit.report.sheets import SHEET_ROWS
from rfmkit.rfm import rfm_cuts
from rfmkit.schema import DataError
from rfmkit.transactions.parquet import Tally, tally_parquet

MAX_SHARE_AFTER_TODAY = 0.05  # as for a ledger that is read as a whole


def tier_parquet(
    args: argparse.Namespace,
    cuts: dict[str, float] | None,
    columns: dict[str, str],
    days: tuple[pd.Timestamp, pd.Timestamp | None, pd.Timestamp | None],
    lang: str,
) -> int:
    """Aggregate the ledger in DuckDB, print the summary, and write the report if requested."""
    today, start, end = days
    tally = tally_parquet(
        args.ledger, today=today, start=start, end=end, returns=args.returns, columns=columns
    )
    _check_after_today(tally, args.end is not None, f"{today:%Y-%m-%d}")
    print(f"rfmkit: {label('tier.by_rows', lang)}", file=sys.stderr)
    rfm = rfm_at(tally.totals, today=today)
    own = None if cuts is None else pd.Series(cuts)
    cuts = rfm_cuts(rfm, method=args.cuts.lower()) if own is None else own
    facts = tally_facts(rfm, cuts=cuts, day=today, tally=tally, lang=lang)
    print_summary(facts)
    if args.output is not None:
        if len(rfm) > SHEET_ROWS:
            customers, most = f"{len(rfm):,}", f"{SHEET_ROWS:,}"
            raise DataError(label("tier.too_many_customers", customers=customers, most=most))
        print(f"\n{label('tier.written', lang, path=write_facts(facts, args.output))}")
    return 0


def _check_after_today(tally: Tally, ends: bool, today: str) -> None:
    late = int(tally.left_out.get("future_date", 0))
    if late > MAX_SHARE_AFTER_TODAY * tally.rows_read and not ends:
        raise DataError(
            label(
                "tier.many_after_today",
                late=f"{late:,}",
                all=f"{tally.rows_read:,}",
                share=f"{late / tally.rows_read:.1%}",
                today=today,
                last=f"{tally.last_after_today:%Y-%m-%d}",
                stray="",
            )
        )
