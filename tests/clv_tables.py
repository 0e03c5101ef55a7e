"""Tables to fit, from hopeless to healthy; run as a script it prints every verdict as JSON.

The test of the fits starts it in processes that compute as other processors would.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd

# r, rate of buying a week, a, b of leaving, p, q: from what is usual to what no data can tell.
KINDS = {
    "healthy": (0.8, 0.1, 0.8, 2.5, 6, 4),
    "usual shop": (0.25, 0.05, 0.8, 2.4, 6, 4),
    "alike in rhythm": (300, 0.15, 0.8, 2.5, 6, 400),
    "nobody leaves": (1, 0.15, 1e-4, 3, 4, 6),
    "everybody leaves": (1, 0.3, 8, 0.5, 1, 2),
    "all leave alike": (0.5, 0.2, 300, 900, 300, 4),
    "seldom": (0.3, 0.01, 1, 3, 6, 4),
    "often": (2, 2.0, 0.3, 9, 2, 2),
}
SIZES = (5, 6, 8, 12, 20, 40, 80, 160)
ODD = 22


def simulated(kind: str, size: int, seed: int) -> pd.DataFrame:
    """Draw customers who buy and leave as the two models say, in whole days and cents."""
    chance = np.random.default_rng([seed, size])
    r, rate, a, b, p, q = KINDS[kind]
    rows = []
    for _ in range(size):
        days = int(chance.integers(60, 300))
        pace, leave = chance.gamma(r) * rate / r, chance.beta(a, b)
        level = chance.gamma(q) / q
        week, visits = 0.0, {0}
        while len(visits) < 400:
            week += chance.exponential(1 / max(pace, 1e-9))
            if week * 7 >= days:
                break
            visits.add(int(week * 7))
            if chance.random() < leave:
                break
        again = len(visits) - 1
        spend = round(30 * chance.gamma(p * max(again, 1)) / (p * max(again, 1)) / level, 2)
        rows.append((again, max(visits) / 7, days / 7, max(spend, 0.01) if again else np.nan))
    return pd.DataFrame(rows, columns=COLUMNS)


COLUMNS = ["repeat_purchases", "first_to_last_weeks", "observed_weeks", "repeat_mean"]


def odd(number: int) -> pd.DataFrame:
    """Make a table by hand that is hard to fit: equal customers, or just not equal ones."""
    few = pd.DataFrame(
        {
            "repeat_purchases": [0, 0, 0, 1, 2, 5],
            "first_to_last_weeks": [0, 0, 0, 4.0, 10, 20],
            "observed_weeks": [30.0, 28, 26, 30, 29, 25],
            "repeat_mean": [np.nan] * 3 + [20.0, 35, 30],
        }
    )
    many = pd.concat([few] * 5, ignore_index=True)
    again = many["repeat_purchases"] > 0
    order = np.arange(len(many))
    if number < 8:  # all but equal means, nearer and nearer, and equal but for the last digit
        spread = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-7, 1e-15, 0][number]
        return many.assign(repeat_mean=np.where(again, 30 * (1 + spread * (order % 7)), np.nan))
    if number < 12:  # one customer many times over
        one = few.iloc[[number - 8 + 2]]
        return pd.concat([one] * 9, ignore_index=True)
    if number < 16:  # two customers many times over
        two = few.iloc[[0, number - 12 + 2]]
        return pd.concat([two] * 9, ignore_index=True)
    if number < 19:  # who comes back, comes back once
        once = many.assign(repeat_purchases=again.astype("int64"))
        return once.head([30, 12, 6][number - 16])
    if number == 19:
        return few
    if number == 20:  # the last purchase is on the last day: nobody can have left
        return many.assign(first_to_last_weeks=many["observed_weeks"].where(again, 0))
    return many.assign(observed_weeks=many["observed_weeks"] * 40)  # gone for years


def tables() -> dict[str, pd.DataFrame]:
    """Give 150 tables by name."""
    found = {f"odd {number}": odd(number) for number in range(ODD)}
    for kind in KINDS:
        for size in SIZES:
            for seed in (1, 2):
                found[f"{kind}, {size} customers, {seed}"] = simulated(kind, size, seed)
    return found


def verdict(fit, table: pd.DataFrame) -> dict:
    """Fit, and tell which of the three states came out, with the parameters."""
    from rfmkit.schema import DataError

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            model = fit(table)
        except DataError as error:
            return {"says": str(error).splitlines()[0], "model": []}
    return {"says": [str(warning.message) for warning in told], "model": list(model)}


def main() -> None:
    """Print the verdict on every table, and what NumPy was left to compute with."""
    from numpy._core._multiarray_umath import __cpu_features__ as features

    from rfmkit.clv.bg_nbd import fit_bg_nbd
    from rfmkit.clv.gamma_gamma import fit_gamma_gamma

    verdicts = {
        f"{fit.__name__}, {name}": verdict(fit, table)
        for name, table in tables().items()
        for fit in (fit_bg_nbd, fit_gamma_gamma)
    }
    used = sorted(name for name, there in features.items() if there)
    json.dump({"features": used, "verdicts": verdicts}, sys.stdout)


if __name__ == "__main__":
    main()
