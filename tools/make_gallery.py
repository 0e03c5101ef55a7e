"""Draw every figure of the kit in both languages: `python tools/make_gallery.py`.

To look at one while changing it: `python tools/make_gallery.py --only pareto -o dist/gallery`.

Writes docs/gallery.md, docs/gallery.zh-TW.md, docs/gallery.en.md and docs/img/gallery/*.png. The
customers are made from a fixed seed; the same versions of the libraries give the same bytes.
"""

import argparse
import io
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from PIL import Image

from rfmkit import plots
from rfmkit.abc_tiers import ABC3, ABC4_VALUE, abc_tier
from rfmkit.campaign import simulate_campaign
from rfmkit.clusters.numbers import cluster_numbers
from rfmkit.clv.survival import kaplan_meier
from rfmkit.labels import LANGUAGES, label
from rfmkit.lift import holdout_tiers, lift_table, rfm_score
from rfmkit.rfm import high_low, rfm_class, rfm_cuts, score
from rfmkit.stability import tier_stability
from rfmkit.strategies import SCHEMES
from rfmkit.uncertainty import share_interval
from rfmkit.value import CREDIT_ORDER_PROFIT, composite_score, to_points
from rfmkit.value.tiers import value_tier
from rfmkit.value.weights import entropy_weights, equal_weights

ROOT = Path(__file__).resolve().parents[1]
SEED, CUSTOMERS = 20210401, 180
DPI = 110  # enough for a page; the whole gallery stays under 3 MB


def customers() -> dict[str, pd.Series | pd.DataFrame]:
    """Make the customers that all figures show."""
    draw = np.random.default_rng(SEED)
    index = pd.Index([f"C{n:03}" for n in range(1, CUSTOMERS + 1)], name="customer")
    often = np.minimum(draw.geometric(0.3, CUSTOMERS), 14)
    money = np.round(np.exp(draw.normal(6.6, 1.0, CUSTOMERS)) * often**0.6)
    days = np.clip(np.round(draw.exponential(10, CUSTOMERS)) + 1, 1, 31).astype("int64")
    rfm = pd.DataFrame({"recency_days": days, "frequency": often, "monetary": money}, index=index)
    profit = pd.Series(np.exp(draw.normal(7, 1.65, CUSTOMERS)).round(), index, name="profit")
    losing = draw.choice(CUSTOMERS, 22, replace=False)
    with_losses = profit.copy()
    with_losses.iloc[losing] = -draw.gamma(2.0, 900, len(losing)).round()
    later = profit * np.exp(draw.normal(0, 0.7, CUSTOMERS))
    phases = draw.choice(SCHEMES["lifecycle"], CUSTOMERS, p=[0.2, 0.3, 0.35, 0.15])
    weight = pd.Series(dict(zip(SCHEMES["lifecycle"], (0.3, 0.9, 1.6, 0.5), strict=True)))
    loyalty = pd.Series(draw.beta(2, 2.5, CUSTOMERS).round(2), index)
    return {
        "rfm": rfm,
        "profit": profit,
        "with_losses": with_losses,
        "later": later,
        "phases": pd.Series(phases, index),
        "loyalty": loyalty,
        "phase_profit": (profit * weight[phases].to_numpy()).rename("profit"),
        "cs": pd.Series(np.clip(draw.normal(3.6, 0.9, CUSTOMERS), 1, 5).round(1), index),
        "industry": pd.Series(draw.choice(3, CUSTOMERS, p=[0.45, 0.35, 0.2]), index),
        "late": pd.Series(draw.poisson(4, CUSTOMERS).astype("float64"), index),
        "stay": pd.Series(draw.geometric(0.004, CUSTOMERS), index),
        "followed": pd.Series(draw.integers(60, 400, CUSTOMERS), index),
    }


def later(rfm: pd.DataFrame) -> pd.DataFrame:
    """Make what the customers did in the next half-year, as `holdout` returns it."""
    draw = np.random.default_rng(SEED + 1)
    back = draw.random(len(rfm)) < np.clip(0.95 - rfm["recency_days"] / 45, 0.15, 0.95)
    spend = (rfm["monetary"] * np.exp(draw.normal(0, 0.6, len(rfm)))).round()
    return rfm.assign(
        clv=rfm["monetary"] * draw.uniform(1, 3, len(rfm)),
        rfm_score=rfm_score(rfm),
        later_spend=spend.where(back, 0.0),
        back=back,
    )


def figures() -> dict[str, Callable[[str], object]]:
    """List every figure: its name -> a function of the language."""
    made = customers()
    rfm, profit, losses = made["rfm"], made["profit"], made["with_losses"]
    cuts = rfm_cuts(rfm)
    classes = rfm_class(high_low(rfm, cuts=cuts))
    by_median = rfm_class(high_low(rfm, cuts=rfm_cuts(rfm, method="median")))
    scores = pd.DataFrame(
        {
            "R": score(rfm["recency_days"], smaller_is_better=True),
            "F": score(rfm["frequency"]),
            "M": score(rfm["monetary"]),
        }
    )
    abc, abc3 = abc_tier(profit), abc_tier(losses, cuts=ABC3)
    pyramid = abc_tier(losses, names=SCHEMES["pyramid4"])
    points = pd.DataFrame(
        {
            "credit": to_points(made["late"], smaller_is_better=True),
            "order_amount": to_points(rfm["monetary"]),
            "profit": to_points(profit),
        }
    )
    value = composite_score(points, {"credit": 0.1, "order_amount": 0.3, "profit": 0.6}).iloc[:20]
    reasons = ["repeated_row"] * 9 + ["test_order"] * 4 + ["unreadable_date"] * 2
    rejected = pd.DataFrame({"reason": reasons})
    played = simulate_campaign(pd.Series(0.2, range(900)), 0.08, seed=SEED)
    clv = made["later"].rename("clv")
    to_come = pd.DataFrame({"clv": clv, "lower": 0.4 * clv, "upper": 1.5 * clv + 3000})
    boxes = [SCHEMES["loyalty_size"][n] for n in (0, 2, 1, 3)]
    held = later(rfm)
    back, tiers = held["back"], holdout_tiers(held)
    numbers = cluster_numbers(rfm, most=6)

    def named(key: str, lang: str, values: pd.Series) -> pd.Series:
        return values.rename(label(f"gallery.{key}", lang))

    def industry(lang: str) -> pd.Series:
        names = [label(f"gallery.industry{n}", lang) for n in range(3)]
        return named("industry", lang, made["industry"].map(dict(enumerate(names))))

    return {
        "left_out": lambda lang: plots.plot_left_out(rejected, kept=397, lang=lang),
        "histograms": lambda lang: plots.plot_rfm_histograms(rfm, cuts=cuts, lang=lang)[0],
        "distribution": lambda lang: plots.plot_distribution(rfm["monetary"], lang=lang),
        "rfm_classes": lambda lang: plots.plot_rfm_classes(rfm, classes, lang=lang),
        "rfm_scatter": lambda lang: plots.plot_rfm_scatter(
            rfm, cuts=cuts, classes=classes, lang=lang
        ),
        "class_shift": lambda lang: plots.plot_class_shift(classes, by_median, lang=lang),
        "rfm_heatmap": lambda lang: plots.plot_rfm_heatmap(rfm, scores, lang=lang),
        "rfm_scores": lambda lang: plots.plot_scores(scores.iloc[:15], lang=lang),
        "sensitivity": lambda lang: plots.plot_sensitivity(
            rfm["monetary"], cut=cuts["monetary"], lang=lang
        ),
        "sensitivity_classes": lambda lang: plots.plot_sensitivity(
            rfm["monetary"],
            cut=cuts["monetary"],
            lang=lang,
            classify=lambda cut: rfm_class(high_low(rfm, cuts={**cuts, "monetary": cut})),
        ),
        "pareto": lambda lang: plots.plot_pareto(
            profit, tiers=abc_tier(profit, by="value", cuts=ABC4_VALUE), lang=lang
        ),
        "whale": lambda lang: plots.plot_pareto(losses, lang=lang),
        "whale_tiers": lambda lang: plots.plot_pareto(losses, tiers=abc3, lang=lang),
        "lorenz": lambda lang: plots.plot_lorenz(profit, lang=lang),
        "pyramid": lambda lang: plots.plot_pyramid(losses, pyramid, lang=lang),
        "customer_value_pyramids": lambda lang: plots.plot_customer_value_pyramids(
            profit, abc, lang=lang
        ),
        "composition": lambda lang: plots.plot_composition(industry(lang), abc, lang=lang),
        "scores": lambda lang: plots.plot_scores(
            value, tiers=value_tier(value), cuts=(60, 80), lang=lang
        ),
        "clv_cs": lambda lang: plots.plot_clv_cs(
            (profit * 2.67).rename("clv"), made["cs"], clv_cuts=4000, cs_cuts=(3, 4), lang=lang
        ),
        "quadrants": lambda lang: plots.plot_quadrants(
            named("loyalty", lang, made["loyalty"]),
            named("profit", lang, profit),
            cuts=(0.5, 1500),
            names=boxes,
            lang=lang,
        ),
        "lifecycle": lambda lang: plots.plot_lifecycle(
            made["phase_profit"], made["phases"], lang=lang
        ),
        "migration": lambda lang: plots.plot_migration(
            abc.iloc[:170], abc_tier(made["later"]).iloc[6:], lang=lang
        ),
        "alluvial": lambda lang: plots.plot_alluvial(
            abc.iloc[:170], abc_tier(made["later"]).iloc[6:], lang=lang
        ),
        "intervals": lambda lang: plots.plot_intervals(
            {
                name: share_interval(int(back[industry(lang) == name].sum()), int(size))
                for name, size in industry(lang).value_counts().items()
            },
            lang=lang,
        ),
        "lift": lambda lang: plots.plot_lift(lift_table(held, tiers["rfm"]), lang=lang),
        "lift_methods": lambda lang: plots.plot_lift(
            lift_table(held, tiers), measure="back", lang=lang
        ),
        "stability": lambda lang: plots.plot_stability(
            tier_stability(rfm, lambda rfm: rfm_class(high_low(rfm, cuts=rfm_cuts(rfm)))),
            lang=lang,
        ),
        "cluster_numbers": lambda lang: plots.plot_cluster_numbers(numbers, lang=lang),
        "cluster_gap": lambda lang: plots.plot_cluster_numbers(numbers, measure="gap", lang=lang),
        "survival": lambda lang: plots.plot_survival(
            kaplan_meier(
                made["stay"].clip(upper=made["followed"]), made["stay"] <= made["followed"]
            ),
            time=182,
            lang=lang,
        ),
        "forecast": lambda lang: plots.plot_forecast(to_come, lang=lang),
        "uplift": lambda lang: plots.plot_uplift(played["treated"], played["converted"], lang=lang),
        "weights": lambda lang: plots.plot_weights(
            points,
            {
                "firm": CREDIT_ORDER_PROFIT,
                "equal": equal_weights(points),
                "entropy": entropy_weights(points),
            },
            lang=lang,
        ),
    }


def build(docs: Path, only: str | None = None) -> None:
    """Write the pages and pictures into the folder `docs`, or the pictures of one figure alone."""
    images = docs / "img" / "gallery"
    images.mkdir(parents=True, exist_ok=True)
    drawn = {name: draw for name, draw in figures().items() if only in (None, name)}
    for lang in LANGUAGES:
        other = next(name for name in LANGUAGES if name != lang)
        lines = [f"# {label('gallery.title', lang)}", "", label("gallery.about", lang), ""]
        lines += [f"[{label('gallery.title', other)}](gallery.{other}.md)", ""]
        for name, draw in drawn.items():
            ax = draw(lang)
            panels = [panel for panel in ax.figure.axes if panel.get_title(loc="left")]
            words = " ".join(plots.alt_text(panel) for panel in panels)
            file = f"{name}.{lang}.png"
            (images / file).write_bytes(small_png(ax.figure))
            plt.close(ax.figure)
            function = label(f"gallery.{name}", lang)
            alt = words.replace("[", "(").replace("]", ")")
            lines += [f"## {function}", "", f"![{alt}](img/gallery/{file})", "", words, ""]
        if only is None:
            write(docs / f"gallery.{lang}.md", lines)
    if only is not None:
        return
    write(
        docs / "gallery.md",
        [
            "# 圖集 · Gallery",
            "",
            "- [中文](gallery.zh-TW.md)",
            "- [English](gallery.en.md)",
            "",
        ],
    )


def small_png(figure: object) -> bytes:
    """Draw a figure with at most 128 colours: a third of the size, no difference to the eye."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
    picture = Image.open(file).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, format="png", optimize=True)
    return out.getvalue()


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs")
    parser.add_argument("--only", metavar="NAME", choices=figures(), help="one figure, no page")
    arguments = parser.parse_args()
    mpl.use("agg")
    build(arguments.output, arguments.only)
    pictures = sorted((arguments.output / "img/gallery").glob("*.png"))
    if arguments.only:
        print(*(file for file in pictures if file.name.startswith(f"{arguments.only}.")), sep="\n")
    else:
        size = sum(file.stat().st_size for file in pictures)
        print(f"{len(figures())} figures in {len(LANGUAGES)} languages: {size:,} bytes")


if __name__ == "__main__":
    main()
