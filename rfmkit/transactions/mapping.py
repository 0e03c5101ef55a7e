"""Keep how a shop's export is read: options, mapping files, and the presets of known shops."""

import dataclasses
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from rfmkit.labels import label
from rfmkit.schema import DataError
from rfmkit.transactions.headers import MARKS, RANKS, normalise_header

_CHOICES: dict[str, tuple[object, ...]] = {
    "decimal": (".", ","),
    "date_order": ("dmy", "mdy", "ymd"),
    "visits": ("order", "day"),
    "totals": ("line", "order"),
    "fill_down": (True, False),
}


@dataclass(frozen=True)
class LedgerMapping:
    """How one shop's export is read; a blank means that the file itself has to show it."""

    columns: Mapping[str, str] = field(default_factory=dict)  # kit's name: header
    preset: str | None = None  # a preset's name; "none" for none
    sheet: str | None = None  # "all" for every sheet with a ledger
    encoding: str | None = None
    header_row: int | None = None  # counted from 1
    decimal: str | None = None
    date_order: str | None = None  # dmy, mdy or ymd
    first_day: str | None = None  # the day whose number is 0: 1899-12-30 in Excel
    visits: str | None = None  # what F counts: "order" or "day"
    totals: str | None = None  # the amount is of a "line" or of the whole "order"
    fill_down: bool | None = None
    currency: str | None = None  # count rows of this currency alone
    count: Sequence[str] = ()  # statuses that count
    leave_out: Sequence[str] = ()  # statuses that do not

    def __post_init__(self) -> None:
        """Refuse values that no setting has."""
        for name, known in _CHOICES.items():
            value = getattr(self, name)
            if value is not None and value not in known:
                raise DataError(label("mapping.value", name=name, value=value, known=[*known]))
        if not isinstance(self.columns, Mapping):
            raise DataError(label("ledger.columns", columns=self.columns))
        if unknown := [role for role in self.columns if role not in {*RANKS, *MARKS}]:
            raise DataError(
                label("ledger.columns_unknown", unknown=unknown, known=[*RANKS, *MARKS])
            )
        if self.header_row is not None and not (
            isinstance(self.header_row, int) and self.header_row >= 1
        ):
            raise DataError(label("mapping.header_row", value=self.header_row))

    def with_options(self, **options: Any) -> "LedgerMapping":
        """Return the mapping with the options that were given; columns are added to its own."""
        given = {name: value for name, value in options.items() if value not in (None, ())}
        columns = {**self.columns, **given.pop("columns", {})}
        return replace(self, columns=columns, **given)


def load_mapping(path: str | Path) -> LedgerMapping:
    """Read a mapping file, as `save_mapping` writes it.

    Raises
    ------
    DataError
        If the file is not there, is not TOML, or holds a setting that is not known.

    Examples
    --------
    >>> load_mapping("shop.toml")
    Traceback (most recent call last):
    ...
    rfmkit.schema.DataError: 無法讀取設定檔 shop.toml：找不到檔案。
    """
    path = Path(path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        why = label("mapping.missing")
        raise DataError(label("mapping.unreadable", name=path.name, why=why)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(label("mapping.unreadable", name=path.name, why=error)) from error
    known = {one.name for one in dataclasses.fields(LedgerMapping)}
    if unknown := sorted(content.keys() - known):
        raise DataError(
            label("mapping.unknown", name=path.name, unknown=unknown, known=sorted(known))
        )
    return LedgerMapping(**content)


def save_mapping(mapping: LedgerMapping, path: str | Path) -> Path:
    """Write a mapping as TOML, for `load_mapping`.

    Returns
    -------
    pathlib.Path
        The file written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = save_mapping(LedgerMapping(decimal=","), Path(folder) / "shop.toml")
    ...     load_mapping(file).decimal
    ','
    """
    lines = [f"# {label('mapping.about')}"]
    for one in dataclasses.fields(mapping):
        value = getattr(mapping, one.name)
        if one.name != "columns" and value not in (None, (), []):
            lines.append(f"{one.name} = {_toml(value)}")
    if mapping.columns:
        lines += ["", "[columns]"]
        lines += [f"{role} = {_toml(header)}" for role, header in mapping.columns.items()]
    path = Path(path)
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise DataError(label("mapping.unwritable", name=path, why=error)) from error
    return path


def _toml(value: object) -> str:
    # Texts, numbers, truth values and lists of texts are written alike in JSON and in TOML.
    return json.dumps([*value] if isinstance(value, tuple) else value, ensure_ascii=False)


@dataclass(frozen=True)
class Preset:
    """The export of a known shop: how it is recognised, and how it is read."""

    key: str
    name: str
    source: str
    headers: frozenset[str]  # all of them are in the export
    mapping: LedgerMapping
    kinds: Mapping[str, Sequence[str]]  # of the column `kind`: sale, refund, other
    notes: Mapping[str, str]  # by language


@cache
def presets() -> dict[str, Preset]:
    """Read the presets of the kit, by key.

    Examples
    --------
    >>> "shopify" in presets()
    True
    """
    found = {}
    folder = resources.files("rfmkit") / "transactions" / "presets"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            content = tomllib.loads(file.read_text(encoding="utf-8"))
            key = file.name.removesuffix(".toml")
            found[key] = Preset(
                key,
                content.pop("name"),
                content.pop("source"),
                frozenset(map(normalise_header, content.pop("headers"))),
                kinds=content.pop("kinds", {}),
                notes=content.pop("notes"),
                mapping=LedgerMapping(preset=key, **content),
            )
    return found


def find_preset(header: Sequence[object], wanted: str | None = None) -> Preset | None:
    """Return the preset asked for, or the one whose headers are all there (the most of them).

    Raises
    ------
    DataError
        If there is no preset of the name that is asked for.

    Examples
    --------
    >>> find_preset(["customer", "date", "amount"]) is None
    True
    """
    if wanted == "none":
        return None
    if wanted is not None:
        if wanted not in presets():
            raise DataError(label("mapping.no_preset", name=wanted, known=[*presets()]))
        return presets()[wanted]
    there = {normalise_header(cell) for cell in header} - {""}
    fits = [preset for preset in presets().values() if preset.headers <= there]
    return max(fits, key=lambda preset: len(preset.headers), default=None)
