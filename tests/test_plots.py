"""Hold the figures: what they say is true, both languages, no missing glyph, nothing cut off."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.text import Text

from rfmkit.formats import number, percent
from rfmkit.labels import use_language
from rfmkit.palette import CLASS_EDGES, CLASS_FILLS
from rfmkit.plots import (
    alt_text,
    describe,
    figure_table,
    plot_class_shift,
    plot_distribution,
    plot_left_out,
    plot_rfm_classes,
    plot_rfm_scatter,
    show,
    style,
    use_style,
)
from rfmkit.plots.distribution import bin_edges, count_bars, last_drawn
from rfmkit.plots.words import counted
from rfmkit.rfm import class_summary, high_low, rfm_class, rfm_cuts
from rfmkit.schema import CLASSES, DataError

LANGUAGES = ["zh-TW", "en"]


def make_rfm(customers: int, sigma: float = 1.2) -> pd.DataFrame:
    random = np.random.default_rng(4)
    frequency = np.minimum(random.geometric(0.35, customers), 25)
    money = np.round(np.exp(random.normal(6.2, sigma, customers)) * frequency**0.7)
    days = np.clip(np.round(random.exponential(11, customers)) + 1, 1, 31).astype("int64")
    index = pd.Index([f"C{n:04}" for n in range(customers)], name="customer")
    columns = {"recency_days": days, "frequency": frequency, "monetary": money}
    return pd.DataFrame(columns, index=index)


def classes_of(rfm: pd.DataFrame, method: str = "mean") -> pd.Series:
    return rfm_class(high_low(rfm, cuts=rfm_cuts(rfm, method=method)))


def with_returns() -> pd.DataFrame:
    rfm = make_rfm(60)
    rfm.loc["C0003", "monetary"] = -4000.0
    rfm.loc["C0008", "monetary"] = 0.0
    return rfm


TABLES = {
    "sixty": make_rfm(60),
    "skewed": make_rfm(1500, sigma=1.8),
    "one": make_rfm(1),
    "equal": pd.concat([make_rfm(1)] * 12).set_axis([f"C{n}" for n in range(12)]),
    "returns": with_returns(),
    "losses": make_rfm(60).assign(monetary=lambda rfm: -rfm["monetary"]),
}
REJECTED = pd.DataFrame(
    {"reason": ["repeated_row"] * 3 + ["return_without_purchase"] * 2 + ["an_unheard_of_reason"]}
)
FIGURES = {
    "classes": lambda rfm, **how: plot_rfm_classes(rfm, classes_of(rfm), **how),
    "shift": lambda rfm, **how: plot_class_shift(classes_of(rfm), classes_of(rfm, "median"), **how),
    "scatter": lambda rfm, **how: plot_rfm_scatter(
        rfm, cuts=rfm_cuts(rfm), classes=classes_of(rfm), **how
    ),
    "plain scatter": lambda rfm, **how: plot_rfm_scatter(rfm, cuts=rfm_cuts(rfm), **how),
    "recency": lambda rfm, **how: plot_distribution(rfm["recency_days"], **how),
    "frequency": lambda rfm, **how: plot_distribution(rfm["frequency"], **how),
    "monetary": lambda rfm, **how: plot_distribution(rfm["monetary"], **how),
    "left out": lambda rfm, **how: plot_left_out(REJECTED, kept=len(rfm), **how),
}


def shown_texts(ax) -> list[Text]:
    return [text for text in ax.findobj(Text) if text.get_visible() and text.get_text().strip()]


def luminance(colour) -> float:
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return float(np.dot(channels, [0.2126, 0.7152, 0.0722]))


# What every figure keeps, on every table and in both languages.


# English words are the longer, so they stand for both where the data is what matters.
CASES = [
    *((figure, "sixty", lang) for figure in FIGURES for lang in LANGUAGES),
    *(
        (figure, table, "en")
        for figure in ("classes", "shift", "scatter", "monetary")
        for table in TABLES
        if table != "sixty"
    ),
    *(
        (figure, table, "en")
        for figure in ("recency", "frequency")
        for table in ("skewed", "equal")
    ),
]


@pytest.mark.parametrize(("figure", "table", "lang"), CASES)
def test_every_figure_is_whole_legible_and_says_something(figure, table, lang):
    ax = FIGURES[figure](TABLES[table], lang=lang)
    ax.figure.canvas.draw()  # a missing glyph warns here, and warnings are errors
    page = ax.figure.bbox
    for text in shown_texts(ax):
        assert text.get_fontfamily() == style.FAMILY
        assert text.get_fontsize() >= 11, text
        assert (luminance(text.get_color()) + 0.05) * 4.5 <= 1.05, text
        box = text.get_window_extent()
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= page.x1 + 1 and box.y1 <= page.y1 + 1
        # Ticks beyond the limits are never drawn; they are the one text that may lie outside.
        undrawn = text in [*ax.get_xticklabels(), *ax.get_yticklabels()]
        assert inside or undrawn, f"{text} is cut off"
    headline = next(t for t in shown_texts(ax) if t.get_text() == ax.get_title(loc="left"))
    box = headline.get_window_extent()
    assert box.y0 > ax.get_window_extent().y1
    others = [t for t in shown_texts(ax) if t is not headline]
    assert not [t for t in others if t.get_window_extent().overlaps(box)]
    title = headline.get_text().replace("\n", " ")
    assert len(title) > 5
    assert "{" not in alt_text(ax) + title
    assert "nan" not in (alt_text(ax) + title).lower()
    words = alt_text(ax, "en")
    assert words.isascii() or not any(ord(c) > 0x2E80 for c in words)
    assert alt_text(ax, "zh-TW") != words
    assert alt_text(ax) == alt_text(ax, lang)


@pytest.mark.parametrize("figure", FIGURES)
def test_settings_and_data_stay_as_they_were(figure):
    before = mpl.rcParams.copy()
    rfm = TABLES["sixty"]
    copies = rfm.copy(), REJECTED.copy()
    FIGURES[figure](rfm)
    assert mpl.rcParams.copy() == before
    pd.testing.assert_frame_equal(rfm, copies[0])
    pd.testing.assert_frame_equal(REJECTED, copies[1])


def test_settings_come_back_after_an_error_and_only_ours():
    before = mpl.rcParams.copy()
    with pytest.raises(DataError):
        plot_left_out(REJECTED, kept=-1)
    assert mpl.rcParams.copy() == before
    # The first figure of a notebook loads its backend, which turns interactive mode on.
    with mpl.rc_context():
        with style.house_style():
            mpl.interactive(True)
        assert mpl.is_interactive()


@pytest.mark.parametrize("figure", ["classes", "shift", "scatter", "monetary", "left out"])
def test_given_axes_are_used_and_no_figure_is_made(figure):
    own, (left, right) = plt.subplots(1, 2, figsize=(15, 5), layout="constrained")
    assert FIGURES[figure](TABLES["sixty"], ax=right, lang="en") is right
    assert plt.get_fignums() == [own.number]
    assert not left.has_data()
    own.canvas.draw()
    assert {t.get_fontsize() for t in shown_texts(right)} <= {11, 12, 15}


def test_chosen_language_is_the_default():
    assert "客戶" in alt_text(FIGURES["shift"](TABLES["one"]))
    use_language("en")
    assert "customer" in alt_text(FIGURES["shift"](TABLES["one"]))


# The eight classes.


def test_class_bars_are_the_shares_of_spend():
    rfm = TABLES["sixty"]
    ax = plot_rfm_classes(rfm, classes_of(rfm), lang="en")
    summary = class_summary(rfm, classes_of(rfm))
    table = figure_table(ax)
    assert table["triple"].tolist() == ["111", "110", "101", "100", "011", "010", "001", "000"]
    pd.testing.assert_frame_equal(table, summary.loc[table.index])
    assert [bar.get_width() for bar in ax.patches] == table["revenue_share"].tolist()
    diamonds = ax.collections[0].get_offsets()
    assert diamonds[:, 0].tolist() == table["customer_share"].tolist()
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert labels[0] == "Important: value  111"
    assert labels[-1] == "General: win back  000"
    numbers = [text.get_text() for text in ax.texts]
    assert numbers[1:9] == [percent(share) for share in table["revenue_share"]]


def test_class_title_on_a_table_worked_by_hand():
    rfm = pd.DataFrame({"monetary": [600.0, 100.0, 100.0, 200.0]})
    codes = ["important_value", "general_keep", "general_keep", "general_value"]
    classes = pd.Series(codes)
    zh = plot_rfm_classes(rfm, classes, lang="zh-TW")
    assert zh.get_title(loc="left") == "「重要價值」客戶：25% 的人，60% 的營收"
    assert alt_text(zh, "en") == (
        "Bar chart of the eight classes of 4 customers. “Important: value” brings most: 25% of "
        "customers, 60% of spend; “General: keep” is the largest: 50% of customers, 20% of spend."
    )
    assert figure_table(zh).loc["important_keep", "customers"] == 0


def test_negative_class_and_negative_total():
    rfm = pd.DataFrame({"monetary": [300.0, -100.0]})
    classes = pd.Series(["important_value", "general_value"])
    ax = plot_rfm_classes(rfm, classes, lang="en")
    assert [bar.get_width() for bar in ax.patches][:2] == [1.5, -0.5]
    assert ax.get_xlim()[0] < -0.5
    ax = plot_rfm_classes(-rfm, classes, lang="en")
    assert figure_table(ax)["revenue_share"].isna().all()
    assert "no shares of spend" in alt_text(ax)


@pytest.mark.parametrize("codes", [["important_value", None], ["重要價值客戶"] * 2, ["VIP"] * 2])
def test_bad_classes_are_told(codes):
    rfm = pd.DataFrame({"monetary": [1.0, 2.0]})
    classes = pd.Series(codes, dtype=object)
    for draw in (
        lambda: plot_rfm_classes(rfm, classes),
        lambda: plot_class_shift(classes, classes),
    ):
        with pytest.raises(DataError, match="class"):
            draw()


def test_palette_tells_important_from_general_in_grey():
    for code in CLASSES:
        if code.startswith("important"):
            dark, light = code, code.replace("important", "general")
            assert style.CLASS_MARKERS[dark] == style.CLASS_MARKERS[light]
            assert luminance(CLASS_FILLS[light]) > 1.8 * luminance(CLASS_FILLS[dark])
            assert CLASS_EDGES[light] == CLASS_FILLS[dark]
    looks = {(CLASS_FILLS[code], style.CLASS_MARKERS[code]) for code in CLASSES}
    assert len(looks) == 8


# The shift of classes.


def test_shift_counts_who_moves_not_net_changes():
    before = pd.Series(["important_value", "general_value", "general_keep"])
    after = pd.Series(["general_value", "important_value", "general_keep"])
    ax = plot_class_shift(before, after, names=("mean", "老闆的"), lang="en")
    assert ax.get_title(loc="left").startswith("2 of 3 customers change class")
    assert "“老闆的”" in ax.get_title(loc="left")
    assert (figure_table(ax)["change"] == 0).all()
    same = plot_class_shift(before, before, lang="en")
    assert same.get_title(loc="left").startswith("No customer changes class")


def test_shift_marks_are_the_counts():
    rfm = TABLES["sixty"]
    mean, median = classes_of(rfm), classes_of(rfm, "median")
    ax = plot_class_shift(mean, median)
    table = figure_table(ax)
    rings, dots = [c for c in ax.collections if len(c.get_offsets()) == 8 and c.get_sizes().size]
    assert rings.get_offsets()[:, 0].tolist() == table["before"].tolist()
    assert dots.get_offsets()[:, 0].tolist() == table["after"].tolist()
    assert table.loc["general_value", "after"] == (median == "general_value").sum()
    assert table["before"].sum() == table["after"].sum() == 60


def test_shift_refuses_other_customers_and_one_name():
    before = pd.Series(["general_value", "general_keep"], index=["A", "B"])
    with pytest.raises(DataError, match="same customers"):
        plot_class_shift(before, before.set_axis(["A", "C"]))
    with pytest.raises(DataError, match="two names"):
        plot_class_shift(before, before, names="ab")
    with pytest.raises(DataError, match="empty"):
        plot_class_shift(before.iloc[:0], before.iloc[:0])


# Distributions.


def test_distribution_says_who_reaches_the_cut():
    spend = pd.Series([100.0, 100.0, 100.0, 700.0], name="monetary")
    ax = plot_distribution(spend, cuts={"mean": 250, "median": 100}, lang="en")
    title = ax.get_title(loc="left").replace("\n", " ")
    assert title == "Only 25% of customers reach the mean spend; 100% reach the median"
    lines = [line for line in ax.lines if line.get_gid() == "cut"]
    assert [line.get_xdata()[0] for line in lines] == [250, 100]
    assert {"mean NT$250", "median NT$100"} <= {text.get_text() for text in ax.texts}


def test_distribution_of_recency_counts_the_left_side():
    days = pd.Series([1, 2, 3, 30], name="recency_days")
    ax = plot_distribution(days, cuts={"cut": 2}, lang="zh-TW")
    assert ax.get_title(loc="left") == "門檻 2 天內買過的客戶有 50%"
    one = plot_distribution(days, cuts={"cut": 1}, lang="en")
    assert one.get_title(loc="left") == "Only 25% of customers bought within the cut of 1 day"


def test_frequency_bars_are_centred_on_whole_numbers():
    ax = plot_distribution(pd.Series([1, 1, 2, 4], name="frequency"))
    assert [(bar.get_x(), bar.get_height()) for bar in ax.patches] == [
        (0.5, 2),
        (1.5, 1),
        (2.5, 0),
        (3.5, 1),
    ]
    assert figure_table(ax)["customers"].tolist() == [2, 1, 0, 1]


def test_values_far_off_share_a_last_bar_that_is_told():
    spend = pd.Series([float(n) for n in range(1, 200)] + [90_000.0, 100_000.0], name="monetary")
    ax = plot_distribution(spend, cuts={"median": 101}, lang="en")
    last = figure_table(ax).iloc[-1]
    assert (last["to"], figure_table(ax)["customers"].sum()) == (100_000, 201)
    assert any("and more: " in text.get_text() for text in ax.texts)
    assert ax.get_xlim()[1] < 1000
    ax.figure.canvas.draw()
    ticks = [float(t.get_text() or 0) for t in ax.get_xticklabels()]
    assert max(ticks) <= figure_table(ax)["to"].iloc[-2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.integers(-50, 900) | st.floats(-1e6, 1e9, allow_nan=False).map(lambda x: round(x, 2)),
        min_size=1,
        max_size=40,
    )
)
def test_every_customer_is_in_one_bar(values):
    data = pd.Series(values, dtype="float64")
    body = data[data <= last_drawn(data, {"mean": data.mean()})]
    edges = bin_edges(body)
    assert (np.diff(edges) > 0).all()
    assert count_bars(data, body, edges)["customers"].sum() == len(data)
    assert len(edges) <= 40


@pytest.mark.parametrize(
    ("values", "cuts", "says"),
    [
        ([], None, "empty"),
        ([1.0, None], None, "blank"),
        (["a", "b"], None, "not numbers"),
        ([1.0, 2.0], {"mean": float("nan")}, "plain numbers"),
        ([1.0, 2.0], {}, "one to three"),
        ([1.0, 2.0], 5, "must name its lines"),
    ],
)
def test_bad_distribution_is_told(values, cuts, says):
    values = pd.Series(values, name="monetary", dtype=None if values else "float64")
    with pytest.raises(DataError, match=says):
        plot_distribution(values, cuts=cuts)


# Scatter.


def test_scatter_has_every_customer_and_right_is_recent():
    rfm = TABLES["sixty"]
    ax = plot_rfm_scatter(rfm, cuts=rfm_cuts(rfm), classes=classes_of(rfm), lang="en")
    drawn = np.vstack([marks.get_offsets() for marks in ax.collections])
    wanted = rfm[["recency_days", "monetary"]].to_numpy(dtype=float)
    assert sorted(map(tuple, drawn)) == sorted(map(tuple, wanted))
    left, right = ax.get_xlim()
    assert left > right
    assert "right = more recent" in ax.get_xlabel()
    assert ax.get_yscale() == "log"
    table = figure_table(ax)
    best = int(table[["R", "F", "M"]].all(axis=1).sum())
    assert best > 1
    assert ax.get_title(loc="left").startswith(f"{best} of 60 customers are high")
    corners = [text.get_text() for text in ax.texts if "spend: " in text.get_text()]
    assert sum(int(text.rpartition(" ")[2]) for text in corners) == 60
    sizes = {m.get_sizes().max() for m in ax.collections}
    assert max(sizes) == pytest.approx(300)


def test_scatter_scales_follow_the_money():
    def scale(rfm):
        return plot_rfm_scatter(rfm, cuts=rfm_cuts(rfm)).get_yscale()

    assert scale(TABLES["returns"]) == "symlog"
    assert scale(TABLES["equal"]) == "linear"
    even = make_rfm(20).assign(monetary=np.arange(1.0, 21.0))
    assert scale(even) == "linear"


def test_scatter_title_for_none_and_one():
    rfm = pd.DataFrame({"recency_days": [2, 21], "frequency": [2, 1], "monetary": [350.0, 80.0]})
    cuts = {"recency_days": 10, "frequency": 9, "monetary": 200}
    ax = plot_rfm_scatter(rfm, cuts=cuts, lang="en")
    assert ax.get_title(loc="left") == "No customer is high on R, F and M"
    ax = plot_rfm_scatter(rfm, cuts={**cuts, "frequency": 2}, lang="zh-TW", money="英鎊")
    assert ax.get_title(loc="left") == "2 位客戶中，1 位 R、F、M 三項都高，帶來 81% 的營收"
    assert ax.get_ylabel() == "M：消費總額（英鎊）"


def test_bad_scatter_is_told():
    rfm = TABLES["sixty"]
    cuts = rfm_cuts(rfm)
    with pytest.raises(DataError, match="monetary"):
        plot_rfm_scatter(rfm.drop(columns="monetary"), cuts=cuts)
    with pytest.raises(DataError, match="empty"):
        plot_rfm_scatter(rfm.iloc[:0], cuts=cuts)
    with pytest.raises(DataError, match="frequency"):
        plot_rfm_scatter(rfm, cuts=cuts.drop("frequency"))
    with pytest.raises(DataError, match="same customers"):
        plot_rfm_scatter(rfm, cuts=cuts, classes=classes_of(rfm).iloc[::-1])
    with pytest.raises(DataError, match="blank"):
        plot_rfm_classes(rfm.assign(monetary=np.nan), classes_of(rfm))
    with pytest.raises(DataError, match="empty"):
        plot_rfm_classes(rfm.iloc[:0], classes_of(rfm).iloc[:0])


# Rows left out.


def test_left_out_counts_every_reason():
    ax = plot_left_out(REJECTED, kept=94, lang="en")
    title = ax.get_title(loc="left").replace("\n", " ")
    assert title == "6 of 100 rows were left out; most often: Repeated row (3)"
    assert [bar.get_width() for bar in ax.patches] == [3, 2, 1]
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert labels == ["Repeated row", "Return without a purchase", "an_unheard_of_reason"]
    assert figure_table(ax)["rows"].to_dict() == {
        "repeated_row": 3,
        "return_without_purchase": 2,
        "an_unheard_of_reason": 1,
    }
    assert alt_text(ax, "zh-TW").startswith("橫條圖：100 列中有 6 列未採用，依原因：重複的列 3、")


def test_left_out_speaks_of_one_and_of_none():
    one = plot_left_out(REJECTED.iloc[:1], kept=REJECTED, lang="en")
    assert one.get_title(loc="left") == "1 of 7 rows was left out; the reason: Repeated row"
    none = plot_left_out(REJECTED.iloc[:0], kept=412, lang="zh-TW")
    assert none.get_title(loc="left") == "讀到的 412 列都採用了"
    tied = plot_left_out(REJECTED.iloc[[0, 3]], kept=9, lang="en")
    assert tied.get_title(loc="left") == "2 of 11 rows were left out"


@pytest.mark.parametrize("kept", [-1, 2.5, "all", True])
def test_left_out_refuses_a_kept_that_is_no_count(kept):
    with pytest.raises(DataError, match="kept must be"):
        plot_left_out(REJECTED, kept=kept)


def test_left_out_refuses_nothing_and_no_reason():
    with pytest.raises(DataError, match="no row at all"):
        plot_left_out(REJECTED.iloc[:0], kept=0)
    with pytest.raises(DataError, match="reason"):
        plot_left_out(REJECTED.rename(columns={"reason": "why"}), kept=1)
    with pytest.raises(DataError, match="no reason"):
        plot_left_out(pd.DataFrame({"reason": ["repeated_row", None]}), kept=1)


# Words, tables, showing.


def test_table_is_a_copy():
    ax = FIGURES["classes"](TABLES["sixty"])
    table = figure_table(ax)
    table["customers"] = 0
    assert figure_table(ax)["customers"].sum() == 60


def test_axes_of_ones_own_are_told_apart():
    own = plt.subplots()[1]
    for tell in (alt_text, figure_table, show):
        with pytest.raises(DataError, match="not drawn by a plot function"):
            tell(own)
        with pytest.raises(DataError, match="Figure, not the axes"):
            tell(own.figure)


def test_bars_points_and_lines_of_ones_own_are_described(capsys):
    use_language("en")
    for draw, words in (
        (lambda ax: ax.bar(["C4", "C2"], [1700, 1600]), "2 bars; highest C4 (1,700), lowest C2"),
        (lambda ax: ax.barh(["a", "b"], [3, 1]), "2 bars; longest a (3), shortest b (1)."),
        (lambda ax: ax.scatter([1, 2], [3, 4]), "2 points; from 3 to 4 on the vertical axis."),
        (lambda ax: ax.plot([1, 2], [3, 4.5]), "2 values; highest 4.5, lowest 3."),
    ):
        own = plt.subplots()[1]
        draw(own)
        own.axhline(2)  # a level is no data
        own.set(title="Mine", xlabel="customer", ylabel="NT$")
        show(own)
        printed = capsys.readouterr().out
        assert words in printed
        assert "“Mine”" in printed
        assert "Horizontal axis: customer. Vertical axis: NT$." in printed
        assert "直條" not in printed
        assert all(word in alt_text(own, "zh-TW") for word in ("「Mine」", "橫軸：customer。"))


def test_figures_are_forgotten_with_their_axes():
    import gc
    import weakref

    ax = FIGURES["left out"](TABLES["sixty"])
    trace = weakref.ref(ax)
    assert trace() in describe._known
    plt.close(ax.figure)
    del ax
    gc.collect()
    assert trace() is None


def test_show_prints_outside_a_notebook(capsys, monkeypatch):
    monkeypatch.setattr(describe, "_in_ipython", lambda: False)
    ax = FIGURES["classes"](TABLES["sixty"], lang="en")
    show(ax)
    assert capsys.readouterr().out == alt_text(ax) + "\n"


def test_parts_of_a_figure_are_shown_whole(capsys, monkeypatch):
    monkeypatch.setattr(describe, "_in_ipython", lambda: False)
    left, right = plt.figure(figsize=(15, 5), layout="constrained").subfigures(1, 2)
    first = plot_left_out(REJECTED, kept=1, ax=left.subplots(), lang="en")
    second = plot_left_out(REJECTED, kept=2, ax=right.subplots(), lang="zh-TW")
    show(first)
    assert capsys.readouterr().out == f"{alt_text(first)} {alt_text(second)}\n"


def test_show_gives_a_notebook_picture_alt_and_words(monkeypatch):
    pytest.importorskip("IPython")
    import IPython.display

    sent = []
    monkeypatch.setattr(describe, "_in_ipython", lambda: True)
    monkeypatch.setattr(IPython.display, "display", lambda *what, **how: sent.append((what, how)))
    for _ in range(2):
        ax = FIGURES["classes"](TABLES["sixty"], lang="zh-TW")
        show(ax)
        assert not plt.fignum_exists(ax.figure.number)
    (picture,), how = sent[0]
    assert how["metadata"]["image/png"]["alt"] == alt_text(ax)
    assert picture["image/png"] == sent[2][0][0]["image/png"], "the same data, the same bytes"
    assert len(picture["image/png"]) < 120_000
    assert sent[1][0][0].data.startswith("圖意：橫條圖")


def test_words_in_markdown_are_no_markup():
    assert describe._as_markdown("<1% a_b $5 *x*") == (
        r"\<1% a\_b <span>\$</span>5 \*x\*"  # two $ in a line would be set as a formula
    )


def test_use_style_sets_and_rcdefaults_takes_back():
    with mpl.rc_context():
        use_style()
        ax = plt.subplots()[1]
        ax.set_title("重要價值")
        ax.plot([-1, 1], [-1, 1])
        ax.figure.canvas.draw()
        assert ax.title.get_fontfamily() == style.FAMILY
        assert mpl.rcParams["font.size"] == 12


def test_numbers_as_people_write_them():
    assert [percent(x) for x in (0.0, 0.004, 0.005, 0.5, 0.996, 1.0, -0.004, float("nan"))] == [
        "0%",
        "<1%",
        "0%",
        "50%",
        ">99%",
        "100%",
        "0%",
        "–",
    ]
    assert [number(x) for x in (0, 1, 99.96, 1e6)] == ["0", "1", "100", "1,000,000"]
    assert number(-1234.5) == "−1,234"
    assert counted("plot.customers", 1, "en") == "1 customer"
    assert counted("plot.customers", 1200, "en") == "1,200 customers"


def test_two_lines_part_at_a_pause():
    text = "303 位客戶中有 250 位留在原級；升級 26 位、降級 27 位、另有新客戶 17 位"
    assert [line[-1] for line in style.wrap(text, 330, 15)] == ["；", "位"]
    english = "Only 33% of customers buy as often as the mean; 52% as often as the median"
    assert style.wrap(english, 400, 15) == english.replace("; ", ";\n").split("\n")
    # A pause too near an end leaves a line nearly empty.
    assert style.wrap("甲：" + "乙" * 30, 330, 15)[0] != "甲："


def test_a_number_stays_with_what_it_counts():
    text = "170 位客戶中有 127 位留在原級；升級 18 位、降級 19 位"
    for room in (90, 150, 210, 270, 330):
        for line in style.wrap(text, room, 15):
            assert not line[-1].isdigit()
            assert line[0] != "位"


def test_wrapped_lines_fit_and_lose_nothing():
    text = "門檻由平均數改為中位數，60 位客戶中有 38 位換了類別"
    lines = style.wrap(text, 200, 15)
    assert len(lines) == 2
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(style.text_width(line, 15) <= 200 for line in lines)
    assert not any(line.startswith(("，", "、", "」")) for line in lines)
    english = style.wrap("None of them changes class when the cut moves", 150, 12)
    assert " ".join(english) == "None of them changes class when the cut moves"


def test_a_figure_of_ones_own_is_shown_with_its_words(capsys):
    ax = pd.Series([1, 2]).plot.bar(title="two")
    use_language("en")
    show(ax, words={"zh-TW": "兩根", "en": "two bars"})
    assert capsys.readouterr().out == "two bars\n"
