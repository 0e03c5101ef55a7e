"""Put a migration matrix into words."""

import pandas as pd

from rfmkit.labels import label
from rfmkit.plots.tiers import few, is_ranked, tier_name
from rfmkit.plots.words import counted, number
from rfmkit.relationship.moves import LOST, NEW
from rfmkit.schema import DataError


def period_names(names: tuple[str, str] | None) -> tuple[str, str]:
    """Check the names of the two periods; without names they are blank."""
    if names is None:
        return "", ""
    if isinstance(names, str) or len(names) != 2:
        raise DataError(f"names must be two names, such as ('February', 'March'), not {names!r}.")
    return str(names[0]), str(names[1])


def end_name(code: object, lang: str) -> str:
    """Name a tier, or tell that customers are new or lost."""
    return label(f"plot.migration.{code}", lang) if code in (NEW, LOST) else tier_name(code, lang)


def row_shares(matrix: pd.DataFrame) -> pd.DataFrame:
    """Divide each row by its sum; a row of nobody is all 0."""
    return matrix.div(matrix.sum(axis=1).clip(lower=1), axis=0)


def moves_in(matrix: pd.DataFrame) -> dict[str, int]:
    """Count who was there, stayed, went up, went down, came and left."""
    inner = matrix.drop(index=NEW, columns=LOST).to_numpy()
    places = range(len(inner))
    return {
        "everyone": int(matrix.drop(index=NEW).to_numpy().sum()),
        "stay": int(inner.trace()),
        "up": int(sum(inner[y, x] for y in places for x in places if x < y)),
        "down": int(sum(inner[y, x] for y in places for x in places if x > y)),
        "new": int(matrix.loc[NEW].sum()),
        "lost": int(matrix[LOST].sum()),
    }


def migration_title(matrix: pd.DataFrame, lang: str) -> str:
    """Say how many stay and how many move which way."""
    moves = moves_in(matrix)
    people = counted("plot.customers", moves["everyone"], lang)
    title = counted("plot.migration.title", moves["stay"], lang, everyone=people)
    parts = []
    if is_ranked(matrix.index[:-1]):
        parts = [counted(f"plot.migration.{way}", moves[way], lang) for way in ("up", "down")]
    elif moves["up"] + moves["down"]:
        parts = [counted("plot.migration.elsewhere", moves["up"] + moves["down"], lang)]
    parts += [
        counted(f"plot.migration.{way}_count", moves[way], lang)
        for way in ("lost", "new") if moves[way]
    ]  # fmt: skip
    if not parts:
        return title
    return title + label("plot.migration.then_parts", lang, parts=few(parts, lang))


def migration_words(matrix: pd.DataFrame, names: tuple[str, str], lang: str, kind: str) -> str:
    """Describe the whole figure."""
    inner = matrix.drop(index=NEW, columns=LOST).stack()
    inner = inner[[first != second for first, second in inner.index]]
    periods = label("plot.migration.periods", lang, first=names[0], second=names[1])
    words = label(
        f"plot.{kind}.alt", lang, periods=periods if all(names) else "",
        title=migration_title(matrix, lang),
    )  # fmt: skip
    if inner.any():
        first, second = inner.idxmax()
        words += label(
            "plot.migration.alt_most", lang, n=number(inner.max()),
            first=tier_name(first, lang), second=tier_name(second, lang),
        )  # fmt: skip
    return words
