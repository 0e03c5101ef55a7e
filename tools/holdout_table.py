"""Print what each tier did later: `python tools/holdout_table.py [LEDGER --split DAY]`.

Without a ledger, the shipped books of a year: tiers by what was known on 1 October 2020, against
the half-year after it. ABC, the pyramid, CLV and RFM stand below each other, with intervals.
"""

import argparse
import warnings

import pandas as pd

from rfmkit.data_files import data_file
from rfmkit.formats import percent
from rfmkit.labels import LANGUAGES, label
from rfmkit.lift import holdout, holdout_tiers, lift_table
from rfmkit.names import localize
from rfmkit.schema import DataWarning
from rfmkit.transactions import clean_transactions, load_transactions
from rfmkit.uncertainty import Interval, describe_interval

SPLIT = "2020-10-01"


def held_of(ledger: str | None, split: str) -> pd.DataFrame:
    """Read a ledger, the shipped one if none is named, and divide it at a day."""
    path = data_file("年度交易.csv") if ledger is None else ledger
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)  # repeated rows are no matter here
        clean, _ = clean_transactions(load_transactions(path))
    return holdout(clean, split=split, order="order" if "order" in clean else None)


def in_words(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Write the table of `lift_table` with intervals as a manager reads them."""
    rows = table[table["customers"] > 0]
    words = rows[["customers"]].assign(customer_share=rows["customer_share"].map(percent))
    words["back_share"] = [
        describe_interval(Interval(one, low, high, 0.95, "wilson", int(n), "share"), lang=lang)
        for n, one, low, high in rows[["customers", "back_share", "back_low", "back_high"]].values
    ]
    words["later_share"] = rows["later_share"].map(percent)
    words[label("column.lift", lang)] = [
        describe_interval(Interval(one, low, high, 0.95, "", int(n)), lang=lang)
        for n, one, low, high in rows[["customers", "lift", "lift_low", "lift_high"]].values
    ]
    return localize(words, lang)


def main(argv: list[str] | None = None) -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ledger", nargs="?", help="a ledger; the shipped books if left out")
    parser.add_argument("--split", default=SPLIT, help="first day of the second part")
    parser.add_argument("--tenths", action="store_true", help="tenths of customers, not tiers")
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    options = parser.parse_args(argv)
    held = held_of(options.ledger, options.split)
    tiers = holdout_tiers(held, tenths=options.tenths)
    for method, own in tiers.items():
        table = lift_table(held, own, resamples=options.resamples)
        print(f"\n{label(f'holdout.method.{method}', options.lang)}  n = {len(held):,}")
        print(in_words(table, options.lang).to_string())


if __name__ == "__main__":
    main()
