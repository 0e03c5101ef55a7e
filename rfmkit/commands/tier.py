"""Tier the customers of a ledger and write the report: `rfmkit tier`."""

import argparse
import math
import re
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from rfmkit.labels import LANGUAGES, label, language_option, terminal_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import pandas as pd

    from rfmkit.report.facts import Facts
    from rfmkit.schema import DataError
    from rfmkit.transactions.ambiguity import LedgerQuestion
    from rfmkit.transactions.mapping import LedgerMapping

# More rows than this share after today mean that today is wrong, not that the rows are.
MAX_SHARE_AFTER_TODAY = 0.05
_columns = {
    "customer": "customer",
    "date": "date",
    "order": "order",
    "amount": "amount",
    "quantity": "quantity",
    "price": "unit_price",
    "status": "status",
    "refund": "refund",
    "rate": "rate",
    "kind": "kind",
}
_settings = (
    *("sheet", "preset", "encoding", "decimal", "date_order", "first_day", "header_row"),
    *("visits", "totals", "currency", "count", "leave_out", "fill_down"),
)


def add_parser(subparsers: argparse._SubParsersAction) -> None:
    """Add `tier` and its options to the command line."""
    parser = subparsers.add_parser(
        "tier",
        help=label("command.tier"),
        description=label("command.tier.about"),
        epilog=label(
            "cli.example", command="rfmkit tier ledger.xlsx --today 2021-04-01 -o report.xlsx"
        ),
    )
    parser.add_argument(
        "ledger", type=Path, nargs="+", metavar="LEDGER", help=label("command.tier.ledger")
    )
    parser.add_argument("--today", metavar="DATE", help=label("command.tier.today"))
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=label("command.tier.output")
    )
    parser.add_argument(
        "--per-class", type=Path, metavar="FOLDER", help=label("command.tier.per_class")
    )
    parser.add_argument("--dry-run", action="store_true", help=label("command.tier.dry_run"))
    _add_reading_options(parser)
    headers = parser.add_argument_group(label("command.tier.headers"))
    for name in ("customer", "date", "order", "amount", "quantity", "status"):
        headers.add_argument(f"--{name}", metavar="HEADER", help=label(f"command.tier.{name}"))
    for name in ("refund", "rate", "kind"):
        headers.add_argument(f"--{name}", metavar="HEADER", help=label(f"command.tier.{name}"))
    headers.add_argument(
        "--price", "--unit-price", metavar="HEADER", help=label("command.tier.price")
    )
    parser.add_argument("--cuts", default="mean", help=label("command.tier.cuts"))
    parser.add_argument("--start", metavar="DATE", help=label("command.tier.start"))
    parser.add_argument("--end", metavar="DATE", help=label("command.tier.end"))
    parser.add_argument(
        "--returns", choices=("net", "drop"), default="net", help=label("command.tier.returns")
    )
    parser.add_argument(
        "--repeats", choices=("drop", "keep"), default="drop", help=label("command.tier.repeats")
    )
    parser.add_argument("--lang", type=language_option, choices=LANGUAGES, help=label("cli.lang"))


def _add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a file is read."""
    reading = parser.add_argument_group(label("command.tier.reading"))
    reading.add_argument("--sheet", metavar="NAME", help=label("command.tier.sheet"))
    reading.add_argument("--preset", metavar="NAME", help=label("command.tier.preset"))
    reading.add_argument("--encoding", metavar="NAME", help=label("command.tier.encoding"))
    reading.add_argument(
        "--header-row", type=int, metavar="NUMBER", help=label("command.tier.header_row")
    )
    reading.add_argument("--decimal", choices=(".", ","), help=label("command.tier.decimal"))
    order = reading.add_mutually_exclusive_group()
    for name, code in (("day", "dmy"), ("month", "mdy"), ("year", "ymd")):
        order.add_argument(
            f"--{name}-first",
            dest="date_order",
            action="store_const",
            const=code,
            help=label(f"command.tier.{name}_first"),
        )
    reading.add_argument("--first-day", metavar="DATE", help=label("command.tier.first_day"))
    reading.add_argument("--visits", choices=("order", "day"), help=label("command.tier.visits"))
    reading.add_argument("--totals", choices=("line", "order"), help=label("command.tier.totals"))
    reading.add_argument(
        "--fill-down",
        action=argparse.BooleanOptionalAction,
        help=label("command.tier.fill_down"),
    )
    reading.add_argument("--currency", metavar="CODE", help=label("command.tier.currency"))
    for name in ("count", "leave-out"):
        text = label(f"command.tier.{name.replace('-', '_')}")
        reading.add_argument(f"--{name}", metavar="STATUS", action="append", help=text)
    reading.add_argument("--mapping", type=Path, metavar="FILE", help=label("command.tier.mapping"))
    reading.add_argument(
        "--save-mapping", type=Path, metavar="FILE", help=label("command.tier.save_mapping")
    )


def run(args: argparse.Namespace) -> int:
    """Tier the customers, print the summary, and write the report if one is asked for."""
    # Read what was typed before a large ledger is opened.
    today, start, end = _days(args)
    _check_output(args)
    cuts = _own_cuts(args.cuts)

    from rfmkit.commands.tier_text import print_reading, print_summary
    from rfmkit.report import write_facts
    from rfmkit.report.facts import gather
    from rfmkit.rfm import rfm_cuts, rfm_table
    from rfmkit.transactions import clean_transactions, load_transactions
    from rfmkit.transactions.parquet import is_large_parquet
    from rfmkit.transactions.parts import is_large_text
    from rfmkit.transactions.reading import reading_lines

    lang = terminal_language(args.lang)
    mapping = _mapping(args)
    if len(args.ledger) == 1 and (
        is_large_parquet(args.ledger[0]) or is_large_text(args.ledger[0])
    ):
        return _tier_large(args, cuts, mapping, (today, start, end), lang)
    tx, mapping = _ask(lambda chosen: load_transactions(args.ledger, mapping=chosen), mapping, lang)
    _save_mapping(args, mapping, lang)
    print_reading(tx, lang)
    if args.dry_run:
        print(f"\n{label('tier.dry_run', lang)}")
        return 0
    _check_after_today(tx, today=today, end=end, lang=lang)
    clean, rejected = clean_transactions(
        tx, start=start, end=end, today=today, returns=args.returns, repeats=args.repeats
    )
    rfm = rfm_table(clean, today=today, order="order" if "order" in clean else None)
    cuts = cuts or rfm_cuts(rfm, method=args.cuts.lower())
    facts = gather(rfm, cuts=cuts, day=today, clean=clean, rejected=rejected, lang=lang)
    print_summary(facts)
    if _is_report(args.output):
        path = write_facts(facts, args.output, reading=reading_lines(tx, lang))
        print(f"\n{label('tier.written', lang, path=path)}")
    _write_lists(args, facts)
    return 0


def _mapping(args: argparse.Namespace) -> "LedgerMapping":
    """Collect how the file is read: from a mapping file, and from the options, which come first."""
    from rfmkit.transactions.mapping import LedgerMapping, load_mapping

    kept = LedgerMapping() if args.mapping is None else load_mapping(args.mapping)
    columns = {
        role: header
        for option, role in _columns.items()
        if (header := getattr(args, option)) is not None
    }
    return kept.with_options(columns=columns, **{name: getattr(args, name) for name in _settings})


def _ask(
    load: "Callable[[LedgerMapping], Any]", mapping: "LedgerMapping", lang: str
) -> "tuple[Any, LedgerMapping]":
    """Load a ledger; at a terminal, ask what it could mean, and load it again with the answer."""
    from rfmkit.transactions.ambiguity import LedgerQuestion, ReadingWarning

    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ReadingWarning)  # printed with the reading
                return load(mapping), mapping
        except LedgerQuestion as question:
            if not (question.answers and sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            mapping = mapping.with_options(**_answer(question, lang))


def _answer(question: "LedgerQuestion", lang: str) -> dict:
    print(f"\n{question.question}", file=sys.stderr)
    for number, (text, _) in enumerate(question.answers, 1):
        print(f"  {number}  {text}", file=sys.stderr)
    most = len(question.answers)
    while True:
        print(label("tier.answer", lang, most=most), end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise question
        if line.strip().isdecimal() and 1 <= int(line) <= most:
            return question.answers[int(line) - 1][1]


def _save_mapping(args: argparse.Namespace, mapping: "LedgerMapping", lang: str) -> None:
    if args.save_mapping is not None:
        from rfmkit.transactions.mapping import save_mapping

        path = save_mapping(mapping, args.save_mapping)
        print(f"rfmkit: {label('tier.mapping_saved', lang, path=path)}", file=sys.stderr)


def _tier_large(
    args: argparse.Namespace,
    cuts: dict[str, float] | None,
    mapping: "LedgerMapping",
    days: "tuple[pd.Timestamp, pd.Timestamp | None, pd.Timestamp | None]",
    lang: str,
) -> int:
    """Do the same for a ledger larger than memory, which is added up part by part."""
    import pandas as pd

    from rfmkit.commands.tier_text import print_reading, print_summary
    from rfmkit.engines import rfm_at
    from rfmkit.report import write_facts
    from rfmkit.report.facts import tally_facts
    from rfmkit.report.sheets import SHEET_ROWS
    from rfmkit.rfm import rfm_cuts
    from rfmkit.schema import DataError
    from rfmkit.transactions.parquet import is_large_parquet, tally_parquet
    from rfmkit.transactions.parts import has_export_columns, tally_parts
    from rfmkit.transactions.reading import reading_lines

    today, start, end = days
    path = args.ledger[0]
    period = {"today": today, "start": start, "end": end, "returns": args.returns}
    by_rows = is_large_parquet(path) and not has_export_columns(path, mapping.columns)
    if by_rows:
        tally = tally_parquet(path, columns=dict(mapping.columns), **period)
    else:
        tally, mapping = _ask(
            lambda chosen: tally_parts(path, mapping=chosen, **period), mapping, lang
        )
    _save_mapping(args, mapping, lang)
    heading = pd.DataFrame()
    heading.attrs["source"] = tally.source
    print_reading(heading, lang)
    if args.dry_run:
        print(f"\n{label('tier.dry_run', lang)}")
        return 0
    late, rows = int(tally.left_out.get("future_date", 0)), tally.rows_read
    if late > MAX_SHARE_AFTER_TODAY * rows and end is None:
        raise _many_after_today(late, rows, today, tally.last_after_today, lang)
    kind = "by_rows" if by_rows else "large_csv"
    print(f"rfmkit: {label(f'tier.{kind}', lang)}", file=sys.stderr)
    rfm = rfm_at(tally.totals, today=today)
    own = rfm_cuts(rfm, method=args.cuts.lower()) if cuts is None else pd.Series(cuts)
    facts = tally_facts(rfm, cuts=own, day=today, tally=tally, lang=lang)
    print_summary(facts)
    if _is_report(args.output):
        if len(rfm) > SHEET_ROWS:
            customers, most = f"{len(rfm):,}", f"{SHEET_ROWS:,}"
            raise DataError(label("tier.too_many_customers", customers=customers, most=most))
        written = write_facts(facts, args.output, reading=reading_lines(heading, lang))
        print(f"\n{label('tier.written', lang, path=written)}")
    _write_lists(args, facts)
    return 0


def _is_report(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() == ".xlsx"


def _write_lists(args: argparse.Namespace, facts: "Facts") -> None:
    """Write the list of customers and the list of each class, and say what was taken into them."""
    wanted = args.output is not None and not _is_report(args.output)
    if not wanted and args.per_class is None:
        return
    from rfmkit.names import column_name
    from rfmkit.report.customer_list import (
        contact_columns,
        customer_list,
        write_class_lists,
        write_customer_list,
    )

    lang = facts.lang
    table = customer_list(facts)
    print()
    if wanted:
        path = write_customer_list(table, args.output, lang=lang)
        print(label("customer_list.written", lang, path=path, customers=f"{len(table):,}"))
    if args.per_class is not None:
        write_class_lists(table, args.per_class, ending=_list_ending(args), lang=lang)
        print(label("customer_list.classes_written", lang, folder=args.per_class))
    taken = [f"{column_name(kind, lang)} = {own}" for kind, own in contact_columns(facts).items()]
    if "first_purchase" not in table:
        print(label("customer_list.in_parts", lang))
    elif taken:
        columns = label("report.list_comma", lang).join(taken)
        print(label("customer_list.contacts", lang, columns=columns))
    else:
        print(label("customer_list.no_contacts", lang))


def _list_ending(args: argparse.Namespace) -> str:
    """Return the ending of the lists of the classes: that of -o if it is a list, else .csv."""
    if args.output is None or _is_report(args.output):
        return ".csv"
    return args.output.suffix.lower()


def _days(
    args: argparse.Namespace,
) -> "tuple[pd.Timestamp, pd.Timestamp | None, pd.Timestamp | None]":
    import pandas as pd

    from rfmkit.schema import DataError

    if args.today is None and args.dry_run:  # nothing is counted from it
        return pd.Timestamp("2200-01-01"), None, None
    if args.today is None:
        raise DataError(label("tier.no_today"))
    today, start, end = (
        _day(f"--{name}", getattr(args, name)) for name in ("today", "start", "end")
    )
    if start is not None and end is not None and end < start:
        raise DataError(label("tier.end_before_start", end=args.end, start=args.start))
    if start is not None and today < start:
        raise DataError(label("tier.today_before_start", today=args.today, start=args.start))
    return today, start, end


def _day(option: str, text: str | None) -> "pd.Timestamp | None":
    import pandas as pd

    from rfmkit.dates import parse_date
    from rfmkit.schema import DataError

    if text is None:
        return None
    found = parse_date(text)
    if found is None:
        raise DataError(label("tier.not_a_day", option=option, text=text))
    return pd.Timestamp(found[0])


def _own_cuts(text: str) -> dict[str, float] | None:
    """Read three thresholds; None for "mean" and "median"."""
    from rfmkit.schema import FREQUENCY, MONETARY, RECENCY, DataError

    if text.lower() in ("mean", "median"):
        return None
    try:
        numbers = [float(part) for part in re.split("[,，、;]", text)]
    except ValueError:
        numbers = []
    if len(numbers) != 3 or not all(map(math.isfinite, numbers)):
        raise DataError(label("tier.cuts_not_read", text=text))
    if min(numbers[:2]) < 0:
        raise DataError(label("tier.cuts_below_0", text=text))
    return dict(zip((RECENCY, FREQUENCY, MONETARY), numbers, strict=True))


def _check_output(args: argparse.Namespace) -> None:
    from rfmkit.schema import CLASSES, DataError
    from rfmkit.workbook import check_target, check_writable

    ledgers = [ledger.resolve() for ledger in args.ledger]
    if args.output is not None:
        if args.output.suffix.lower() in (".csv", ".json", ".parquet"):
            from rfmkit.report.customer_list import check_list_target

            target = check_list_target(args.output).resolve()
        elif args.output.suffix.lower() in (".xlsx", ""):
            target = check_target(args.output)
        else:
            raise DataError(label("customer_list.ending", path=args.output))
        if target in ledgers:
            raise DataError(label("tier.output_is_ledger", path=args.output))
        check_writable(target)
    if args.per_class is not None:
        if args.per_class.exists() and not args.per_class.is_dir():
            raise DataError(label("customer_list.not_a_folder", folder=args.per_class))
        for code in CLASSES:
            path = args.per_class / f"{code}{_list_ending(args)}"
            if path.resolve() in ledgers:
                raise DataError(label("tier.output_is_ledger", path=path))
            if path.exists():
                check_writable(path)


def _check_after_today(
    tx: "pd.DataFrame", *, today: "pd.Timestamp", end: "pd.Timestamp | None", lang: str
) -> None:
    """Raise if today is clearly too early; otherwise report how many rows lie after it."""
    import pandas as pd

    from rfmkit.transactions.cells import to_date

    one_day = pd.Timedelta(days=1)
    late = to_date(tx["date"])[0].loc[lambda days: days >= today + one_day]
    late = late.sort_values(kind="stable")
    if late.empty:
        return
    # Rows after --end are left out on purpose, up to today at the most.
    meant = late if end is None else late[late < end + one_day]
    usual = _without_outlying_dates(
        meant, today, at_most=max(1, int(MAX_SHARE_AFTER_TODAY * len(tx)))
    )
    last_row = {"last": f"{late.iloc[-1]:%Y-%m-%d}", "row": late.index[-1]}
    if len(usual) / len(tx) > MAX_SHARE_AFTER_TODAY:
        outlying = label("tier.stray", lang, **last_row) if len(usual) < len(meant) else ""
        raise _many_after_today(len(usual), len(tx), today, usual.iloc[-1], lang, stray=outlying)
    day = f"{today:%Y-%m-%d}"
    note = label("tier.after_today", lang, rows=f"{len(late):,}", today=day, **last_row)
    print(f"rfmkit: {note}", file=sys.stderr)


def _many_after_today(
    late: int,
    rows: int,
    today: "pd.Timestamp",
    last: "pd.Timestamp",
    lang: str,
    *,
    stray: str = "",
) -> "DataError":
    from rfmkit.schema import DataError

    return DataError(
        label(
            "tier.many_after_today",
            lang,
            late=f"{late:,}",
            all=f"{rows:,}",
            share=f"{late / rows:.1%}",
            today=f"{today:%Y-%m-%d}",
            last=f"{last:%Y-%m-%d}",
            stray=stray,
        )
    )


def _without_outlying_dates(
    days: "pd.Series", today: "pd.Timestamp", *, at_most: int
) -> "pd.Series":
    """Drop a few last dates that lie years after all others, as typing errors do."""
    for _ in range(min(at_most, len(days))):
        before = days.iloc[-2] if len(days) > 1 else today
        if (days.iloc[-1] - before).days <= 366:
            break
        days = days.iloc[:-1]
    return days
