"""Pictures are judged by how they are built, whoever drew them."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.ticker import PercentFormatter

import rfmkit as rk
from rfmkit.classroom.answer_types import MONEY_UNITS, PER_CENT, Figure, InvalidAnswer, drawn

DATA = pd.Series([5.0, 3.0, 2.0], index=["a", "b", "c"])
KEY = drawn("bar", DATA, labels=DATA.index)


def named(ax):
    ax.set(title="T", xlabel="x", ylabel="y")
    return ax


def by_pyplot(data=DATA):
    _, ax = plt.subplots()
    ax.bar(data.index, data)
    return named(ax)


def by_pandas(data=DATA):
    _, ax = plt.subplots()
    return named(data.plot.bar(ax=ax))


def by_seaborn(data=DATA):
    _, ax = plt.subplots()
    return named(sns.barplot(x=data.index, y=data.to_numpy(), ax=ax))


def by_catplot(data=DATA):
    table = data.rename("y").rename_axis("x").reset_index()
    grid = sns.catplot(table, x="x", y="y", kind="bar")
    named(grid.ax)
    return grid


def by_hue(data=DATA):
    _, ax = plt.subplots()
    return named(sns.barplot(x=data.index, y=data.to_numpy(), hue=data.index, ax=ax, legend=False))


def with_wide_bars(data=DATA):
    _, ax = plt.subplots()
    ax.bar(data.index, data, width=1)
    return named(ax)


BARS = [by_pyplot, by_pandas, by_seaborn, by_catplot, by_hue, with_wide_bars]


@pytest.mark.parametrize("draw", BARS)
def test_bars_pass_whoever_drew_them(draw):
    kind = Figure("bar")
    key, picture = kind.parse(KEY), draw()
    assert kind.same(kind.parse(picture), key), kind.differences(kind.parse(picture), key, "en")
    figure = picture.figure if not isinstance(picture, plt.Axes) else picture.get_figure()
    assert kind.same(kind.parse(figure), key)


@pytest.mark.parametrize("draw", BARS)
def test_bars_in_another_order_are_known(draw):
    kind = Figure("bar")
    backwards = kind.parse(draw(DATA[::-1]))
    assert "order is not" in kind.differences(backwards, kind.parse(KEY), "en")
    free = Figure("bar", ordered=False)
    assert free.same(free.parse(draw(DATA[::-1])), free.parse(KEY))


def test_what_is_amiss_is_told_in_stages():
    kind = Figure("bar")
    key = kind.parse(KEY)

    def told(picture):
        plain = kind.parse(picture)
        assert not kind.same(plain, key)
        for lang in ("en", "zh-TW"):
            assert "{" not in kind.differences(plain, key, lang)
        return kind.differences(plain, key, "en")

    bare = by_pyplot()
    bare.set_title("  ")
    bare.set_ylabel("")
    assert "lacks a title, a label on the y axis" in told(bare)
    _, ax = plt.subplots()
    assert "You drew horizontal" not in told(named(ax.barh(DATA.index, DATA)[0].axes))
    assert "you drew 2" in told(by_pyplot(DATA[:2]))
    assert "The names" in told(by_pyplot(DATA.rename({"a": "z"})))
    assert "c (9)" in told(by_pyplot(DATA.replace(2, 9)))
    assert "a line chart" in told(named(plt.figure().add_subplot().plot([1, 2])[0].axes))


def test_horizontal_bars_are_read_from_the_top():
    kind = Figure("barh")
    key = kind.parse(drawn("barh", DATA, labels=DATA.index))
    _, ax = plt.subplots()
    ax.barh(DATA.index[::-1], DATA[::-1])
    assert kind.same(kind.parse(named(ax)), key)
    _, turned = plt.subplots()
    turned.barh(DATA.index, DATA)
    turned.invert_yaxis()
    assert kind.same(kind.parse(named(turned)), key)


def test_lines_points_and_histograms():
    _, ax = plt.subplots()
    ax.plot([1, 2, 3], [4, 5, 6])
    ax.axhline(5)
    assert Figure("line").parse(named(ax))["values"] == [[4.0, 5.0, 6.0]]
    _, ax = plt.subplots()
    ax.scatter([2, 1], [3, 4])
    kind = Figure("scatter")
    assert kind.same(kind.parse(named(ax)), kind.parse(drawn("scatter", [(1, 4), (2, 3)])))
    _, ax = plt.subplots()
    ax.hist([1, 1, 2, 5], bins=4)
    kind = Figure("hist")
    assert kind.same(kind.parse(named(ax)), kind.parse(drawn("hist", [2, 1, 0, 1])))


def test_tiers_may_be_named_or_coded_and_thousands_may_be_units():
    kind = Figure("bar", units=MONEY_UNITS)
    codes = ["abc4:premium", "abc4:small"]
    key = kind.parse(drawn("bar", [5000, 1000], labels=codes))
    for lang in ("zh-TW", "en"):
        names = [rk.class_name(code, lang=lang) for code in codes]
        ax = by_pyplot(pd.Series([5, 1], index=names))
        ax.set_xticks([0, 1], names)  # a long name may be broken, too
        assert kind.same(kind.parse(ax), key)


def test_shares_are_per_cent_only_where_the_axis_writes_them_so():
    heights = [50.0, 30.0, 20.0]
    kind = Figure("bar", units=PER_CENT)
    key = kind.parse(drawn("bar", heights, labels="abc"))
    writers = [None, PercentFormatter(1), "{x:.0%}", lambda x, _: f"{x:.1%}", PercentFormatter(100)]
    read = []
    for write in writers:
        ax = plt.figure().subplots()
        ax.bar(list("abc"), [one / 100 for one in heights])
        ax.set(title="t", xlabel="x", ylabel="y")
        if write is not None:
            ax.yaxis.set_major_formatter(write)
        read.append(kind.same(kind.parse(ax), key))
        plt.close("all")
    assert read == [False, True, True, True, False]


def test_what_is_no_single_plot_is_told():
    kind = Figure("bar")
    figure, axes = plt.subplots(1, 2)
    with pytest.raises(InvalidAnswer, match="nothing_drawn"):
        kind.parse(figure)
    for ax in axes:
        ax.bar(DATA.index, DATA)
    with pytest.raises(InvalidAnswer, match="several_plots"):
        kind.parse(figure)
    with pytest.raises(InvalidAnswer, match="several_plots"):
        kind.parse(np.array(axes))
    with pytest.raises(InvalidAnswer, match="need_figure"):
        kind.parse([1, 2])


def test_a_pie_is_told_what_it_cannot_show():
    ax = plt.figure().subplots()
    ax.pie(DATA, labels=DATA.index)
    for kind, key in (("bar", "figure_pie"), ("barh", "figure_pie"), ("line", "nothing_drawn")):
        with pytest.raises(InvalidAnswer, match=key):
            Figure(kind).parse(ax)
    with pytest.raises(InvalidAnswer) as told:
        Figure("bar").parse(ax.figure)
    assert "pie chart" in told.value.text("en")
    assert "圓餅圖" in told.value.text("zh-TW")


def test_looking_at_a_picture_does_not_change_it():
    ax = by_pyplot()
    ax.figure.canvas.draw()
    before = np.asarray(ax.figure.canvas.buffer_rgba()).copy()
    Figure("bar").parse(ax)
    ax.figure.canvas.draw()
    assert (np.asarray(ax.figure.canvas.buffer_rgba()) == before).all()
