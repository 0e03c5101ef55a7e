"""Teach and practise customer tiering: from a ledger to tiers, pictures and a workbook."""

import importlib

__version__ = "0.1.0"

# Each public name and the module that holds it. A module is imported when one of its names is
# first used, so `import rfmkit` stays as light as `import pandas`.
_homes = {
    "books": ("data_file",),
    "cases": ("make_case",),
    "classes": ("class_summary", "rfm_class", "score"),
    "labels": ("label", "language", "localize", "use_language"),
    "plots": (
        "alt_text",
        "figure_table",
        "plot_class_shift",
        "plot_distribution",
        "plot_left_out",
        "plot_rfm_classes",
        "plot_rfm_scatter",
        "show",
        "use_style",
    ),
    "report": ("write_report",),
    "rfm": ("high_low", "rfm_cuts", "rfm_table"),
    "schema": ("DataError", "DataWarning", "require_columns"),
    "strategies": ("class_name", "strategy"),
    "tables": ("pretty",),
    "transactions": ("clean_transactions", "load_transactions"),
}
_home_of = {name: module for module, names in _homes.items() for name in names}

__all__ = ["__version__", *sorted(_home_of)]


def __getattr__(name: str) -> object:
    if name in _home_of:
        value = getattr(importlib.import_module(f"rfmkit.{_home_of[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"rfmkit has no {name!r}; its public names are {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return sorted([*globals(), *_home_of])
