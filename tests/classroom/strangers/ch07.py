# Chapter 7: answers that a stranger wrote from the exercise and the lesson alone.

# %% 7.2 wrong
# did-en: The people are of all 320 customers and not of those who bought this year; the minutes are right.
# did-zh: 人數用全部 320 位客戶去算，不是今年買過的人；分鐘數是對的。
everybody = tier.value_counts()
people = (
    everybody["abc3:a"] + math.ceil(everybody["abc3:b"] / 2) + math.ceil(everybody["abc3:c"] / 5)
)
n = to_serve.value_counts()
minutes = (160 - 1.5 * n["abc3:a"] - 1 * n["abc3:b"]) / n["abc3:c"] * 60
plan = {"people": people, "minutes": minutes}

# %% 7.2 wrong
# did-en: The minutes are left in hours; the people are right.
# did-zh: 分鐘數忘了乘 60，還是小時；人數是對的。
n = to_serve.value_counts()
plan = {
    "people": math.ceil(n["abc3:a"]) + math.ceil(n["abc3:b"] / 2) + math.ceil(n["abc3:c"] / 5),
    "minutes": (160 - n["abc3:a"] * 1.5 - n["abc3:b"]) / n["abc3:c"],
}

# %% 7.2 wrong
# did-en: Bs and Cs are divided with //, so the tiers are rounded down and not up.
# did-zh: B、C 用 // 去除，每一級變成捨去，不是進位。
a = (to_serve == "abc3:a").sum()
b = (to_serve == "abc3:b").sum()
c = (to_serve == "abc3:c").sum()
plan = {"people": a + b // 2 + c // 5, "minutes": (160 - a * 1.5 - b * 1) / c * 60}

# %% 7.2 wrong
# did-en: What is left of the hours is shared among all customers to serve, not among the Cs.
# did-zh: 剩下的時數除以所有要服務的客戶，而不是只分給 C。
a = (to_serve == "abc3:a").sum()
b = (to_serve == "abc3:b").sum()
c = (to_serve == "abc3:c").sum()
left = 160 - a * 1.5 - b * 1
plan = {
    "people": a + math.ceil(b / 2) + math.ceil(c / 5),
    "minutes": left / len(to_serve) * 60,
}

# %% 7.2 wrong
# did-en: One person has three Cs, the other end of the lesson's range; here it is five.
# did-zh: C 用一人顧三位去算，那是課文範圍的另一頭；這一題是五位。
n = to_serve.value_counts()
a, b, c = n["abc3:a"], n["abc3:b"], n["abc3:c"]
plan = {
    "people": a + math.ceil(b / 2) + math.ceil(c / 3),
    "minutes": (160 - 1.5 * a - b) * 60 / c,
}

# %% 7.2 wrong
# did-en: Two slips: rounded once after adding and not tier by tier, and the Bs' hours are not subtracted.
# did-zh: 兩處錯：先相加才一次進位，沒有每一級各自進位；算分鐘時又忘了扣掉 B 的時數。
n = to_serve.value_counts()
a, b, c = n["abc3:a"], n["abc3:b"], n["abc3:c"]
plan = {
    "people": math.ceil(a / 1 + b / 2 + c / 5),
    "minutes": (160 - 1.5 * a) / c * 60,
}

# %% 7.2 wrong
# did-en: A and B have each other's hours: 1 hour for an A and 1.5 for a B.
# did-zh: A 和 B 的時數對調了：A 算成 1 小時，B 算成 1.5 小時。
hours = {"abc3:a": 1, "abc3:b": 1.5}
used = sum(hours.get(t, 0) for t in to_serve)
n_c = (to_serve == "abc3:c").sum()
plan = {
    "people": int(rk.staffing(to_serve)["staff_least"].sum()),
    "minutes": (160 - used) / n_c * 60,
}

# %% 7.2 right
# did-en: The people are from rk.staffing, the minutes from a loop over the customers; numpy numbers.
# did-zh: 人數用 rk.staffing，分鐘數用迴圈扣時數，數字是 numpy 的型別。
left = 160.0
n_c = 0
for code in to_serve:
    if code == "abc3:a":
        left -= 1.5
    elif code == "abc3:b":
        left -= 1
    else:
        n_c += 1
plan = {"people": rk.staffing(to_serve)["staff_least"].sum(), "minutes": left / n_c * 60}

# %% 7.2 right
# did-en: The answer is a Series with the two names as its index.
# did-zh: 答案寫成以兩個名稱為索引的 Series。
n = to_serve.value_counts(sort=False).to_numpy()
plan = pd.Series(
    {"minutes": 60 * (160 - 1.5 * n[0] - n[1]) / n[2], "people": n[0] + -(-n[1] // 2) + -(-n[2] // 5)}
)

# %% 7.4 wrong
# did-en: The bars count all customers, not those of tier A.
# did-zh: 直條數的是全部客戶，不是只有 A 級。
counts = rk.lifecycle_phase(history).value_counts(sort=False)
ax = counts.plot.bar()
ax.set_title("Phases of the A customers")
ax.set_xlabel("phase")
ax.set_ylabel("customers")
phase_chart = ax

# %% 7.4 wrong
# did-en: The bars stand from the most customers to the fewest, not in the order of life.
# did-zh: 直條依人數由多到少排，沒有照生命週期的順序。
phase = rk.lifecycle_phase(history)
ax = phase[tier == "abc3:a"].value_counts().plot.bar()
ax.set_title("A customers by phase")
ax.set_xlabel("phase")
ax.set_ylabel("customers")
phase_chart = ax

# %% 7.4 wrong
# did-en: The bars show the share of tier A in each phase, not how many customers.
# did-zh: 直條畫的是 A 級各階段的比例，不是人數。
phase = rk.lifecycle_phase(history)
in_a = phase[tier[tier == "abc3:a"].index]
shares = in_a.value_counts(normalize=True, sort=False)
ax = shares.plot.bar(title="A customers by phase")
ax.set_xlabel("phase")
ax.set_ylabel("A customers")
phase_chart = ax

# %% 7.4 wrong
# did-en: Takes the 64 largest profits for tier A, so that the 65th, who ties with the 64th, is missing.
# did-zh: 用利潤最大的 64 位當 A 級，少了和第 64 名同分的第 65 位。
phase = rk.lifecycle_phase(history)
top = customers["profit"].nlargest(64).index
ax = phase[top].value_counts(sort=False).plot.bar()
ax.set_title("Where the A customers are")
ax.set_xlabel("phase")
ax.set_ylabel("customers")
phase_chart = ax

# %% 7.4 wrong
# did-en: Two slips: the phases look at six months at a time (window=6), and the vertical axis has no name.
# did-zh: 兩處錯：階段用了六個月一段（window=6）；縱軸沒有名稱。
phase = rk.lifecycle_phase(history, window=6)
ax = phase[tier == "abc3:a"].value_counts(sort=False).plot.bar()
ax.set_title("A customers by phase")
ax.set_xlabel("phase")
phase_chart = ax

# %% 7.4 right
# did-en: Drawn with matplotlib itself, with the names of the phases below the bars.
# did-zh: 直接用 matplotlib 畫，直條下面寫階段的名稱。
import matplotlib.pyplot as plt

phase = rk.lifecycle_phase(history)
order = ["lifecycle:build", "lifecycle:grow", "lifecycle:hold", "lifecycle:decline"]
heights = [int(((phase == p) & (tier == "abc3:a")).sum()) for p in order]
fig, phase_chart = plt.subplots()
phase_chart.bar([rk.label("class." + p) for p in order], heights, color="grey")
phase_chart.set(title="A customers by phase", xlabel="phase", ylabel="customers")

# %% 7.5 wrong
# did-en: A customer exactly on the cut counts as demoted: <= in place of <.
# did-zh: 剛好等於門檻的人也被算成降級，用了 <= 而不是 <。
def demoted(before, after):
    tier_before = rk.abc_tier(before, cuts=(0.20, 0.50))
    cut_a = before[tier_before == "abc3:a"].min()
    cut_b = before[tier_before == "abc3:b"].min()
    both = before.index.intersection(after.index)
    fell_a = (tier_before[both] == "abc3:a") & (after[both] <= cut_a)
    fell_b = (tier_before[both] == "abc3:b") & (after[both] <= cut_b)
    return both[fell_a | fell_b]


mended = demoted
# same-on-the-books: yes

# %% 7.5 wrong
# did-en: The cuts are the smallest spend among the later quarter's As and Bs, so they still move.
# did-zh: 門檻取的是後一季 A、B 裡最少的金額，門檻照樣跟著別人動。
def demoted(before, after):
    tier_before = rk.abc_tier(before, cuts=(0.20, 0.50))
    tier_after = rk.abc_tier(after, cuts=(0.20, 0.50))
    cut_a = after[tier_after == "abc3:a"].min()
    cut_b = after[tier_after == "abc3:b"].min()
    both = before.index.intersection(after.index)
    now = after[both]
    was = tier_before[both]
    return both[((was == "abc3:a") & (now < cut_a)) | ((was == "abc3:b") & (now < cut_b))]


mended = demoted

# %% 7.5 wrong
# did-en: Who bought nothing in the later quarter counts as 0, and so as demoted, and should be left out.
# did-zh: 後一季沒買的人補成 0，也進了名單；只該看兩季都買過的人。
def demoted(before, after):
    t = rk.abc_tier(before, cuts=(0.20, 0.50))
    cut_a = before[t == "abc3:a"].min()
    cut_b = before[t == "abc3:b"].min()
    now = after.reindex(before.index, fill_value=0)
    out = ((t == "abc3:a") & (now < cut_a)) | ((t == "abc3:b") & (now < cut_b))
    return before.index[out]


mended = demoted

# %% 7.5 wrong
# did-en: An A is on the list only when below the cut of B as well; falling from A to B is missed.
# did-zh: A 級要掉到 B 的門檻以下才算，從 A 掉到 B 的人漏掉了。
def demoted(before, after):
    t = rk.abc_tier(before, cuts=(0.20, 0.50))
    cut_b = before[t == "abc3:b"].min()
    both = before.index.intersection(after.index)
    return both[t[both].isin(["abc3:a", "abc3:b"]) & (after[both] < cut_b)]


mended = demoted

# %% 7.5 wrong
# did-en: The function ignores what it is given and reads quarter_before and quarter_after from outside.
# did-zh: 函式沒有用傳進來的資料，直接讀外面的 quarter_before 和 quarter_after。
def demoted(before, after):
    t = rk.abc_tier(quarter_before, cuts=(0.20, 0.50))
    cut_a = quarter_before[t == "abc3:a"].min()
    cut_b = quarter_before[t == "abc3:b"].min()
    both = quarter_before.index.intersection(quarter_after.index)
    now = quarter_after[both]
    return both[((t[both] == "abc3:a") & (now < cut_a)) | ((t[both] == "abc3:b") & (now < cut_b))]


mended = demoted
# same-on-the-books: yes

# %% 7.5 right
# did-en: A loop over the customers that returns a plain list of numbers.
# did-zh: 用迴圈一位一位判斷，傳回普通的清單。
def demoted(before, after):
    t = rk.abc_tier(before, cuts=(0.20, 0.50))
    cut = {code: before[t == code].min() for code in ("abc3:a", "abc3:b")}
    out = []
    for who in before.index:
        if who in after.index and t[who] in cut and after[who] < cut[t[who]]:
            out.append(who)
    return out


mended = demoted

# %% 7.6 wrong
# did-en: Sorted by the whole yearly need, not by what is not yet bought from us.
# did-zh: 依全年需求排，沒有扣掉已經向我們買的。
share = customers["revenue"] / customers["yearly_need"]
develop = customers[(share < 0.5) & (customers["forecast_amount"] >= 10_000)]
visit_first = develop.sort_values("yearly_need", ascending=False).head(6).index.tolist()

# %% 7.6 wrong
# did-en: The smallest amounts are first: sorted from small to large.
# did-zh: 由小到大排，取到的是缺口最小的六位。
t = customers.assign(gap=customers["yearly_need"] - customers["revenue"])
t = t[(t["revenue"] / t["yearly_need"] < 0.5) & (t["forecast_amount"] >= 10000)]
visit_first = t.sort_values("gap").index[:6].tolist()

# %% 7.6 wrong
# did-en: The forecast of NT$10,000 is not asked for; only the share of wallet is.
# did-zh: 只看占有率低於 0.5，沒有要求預測滿 10,000 元。
gap = customers["yearly_need"] - customers["revenue"]
low = customers["revenue"] / customers["yearly_need"] < 0.5
visit_first = gap[low].nlargest(6).index.tolist()

# %% 7.6 wrong
# did-en: The share is what the customer buys elsewhere (1 minus ours), so those we serve most are in.
# did-zh: 占有率算成向別人買的那一份（1 減掉我們的），收進來的反而是多半向我們買的人。
c = customers.copy()
c["share"] = 1 - c["revenue"] / c["yearly_need"]
c["left"] = c["yearly_need"] - c["revenue"]
c = c[(c["share"] < 0.5) & (c["forecast_amount"] >= 10000)]
visit_first = list(c.sort_values("left", ascending=False).head(6).index)

# %% 7.6 wrong
# did-en: The lowest share of wallet comes first, not the largest amount not yet bought from us.
# did-zh: 依占有率由低到高排，不是依還沒買的金額由大到小。
c = customers[customers["forecast_amount"] >= 10000].copy()
c["share"] = c["revenue"] / c["yearly_need"]
visit_first = c[c["share"] < 0.5].sort_values("share").index[:6].tolist()

# %% 7.6 wrong
# did-en: Both edges are wrong: a share of just 0.5 is let in, a forecast of just 10,000 kept out.
# did-zh: 兩個邊界都弄反：剛好 0.5 也收，剛好 10,000 元卻不收。
share = customers["revenue"] / customers["yearly_need"]
develop = customers[(share <= 0.5) & (customers["forecast_amount"] > 10_000)]
gap = develop["yearly_need"] - develop["revenue"]
visit_first = gap.sort_values(ascending=False).index[:6].tolist()
# same-on-the-books: yes

# %% 7.6 wrong
# did-en: Two slips: “or” joins the two conditions in place of “and”, and only five customers are taken.
# did-zh: 兩處錯：兩個條件用「或」連起來，而不是「而且」；又只取了五位。
share = customers["revenue"] / customers["yearly_need"]
box = customers[(share < 0.5) | (customers["forecast_amount"] >= 10_000)]
visit_first = (box["yearly_need"] - box["revenue"]).nlargest(5).index.tolist()

# %% 7.6 right
# did-en: A Series of the six amounts, the customers as its index, from rk.wallet_strategy and nlargest.
# did-zh: 用 rk.wallet_strategy 和 nlargest，答案是以客戶為索引、金額為值的 Series。
kind = rk.wallet_strategy(
    customers["revenue"] / customers["yearly_need"], customers["forecast_amount"], cuts=(0.5, 10_000)
)
visit_first = (customers["yearly_need"] - customers["revenue"])[kind == "wallet:develop"].nlargest(6)

# %% 7.6 right
# did-en: The six numbers as a tuple, made with sorted().
# did-zh: 用 sorted() 排，六個編號放在 tuple 裡。
rows = [
    (need - rev, who)
    for who, need, rev, nxt in zip(
        customers.index, customers["yearly_need"], customers["revenue"], customers["forecast_amount"]
    )
    if rev < need * 0.5 and not nxt < 10_000
]
visit_first = tuple(who for _, who in sorted(rows, reverse=True)[:6])

# %% 7.7 wrong
# did-en: The two shares are right, but they are not divided by the share of all orders that have paper.
# did-zh: 兩個比例都對，但沒有再除以全部訂單裡有紙的比例。
al = bought[bought["customer"].isin(tier.index[tier == "abc3:a"])]
paper = set(al.loc[al["product"] == "影印紙（包）", "order"])
toner = set(al.loc[al["product"] == "碳粉匣", "order"])
pens = set(al.loc[al["product"] == "原子筆（盒）", "order"])
lifts = {"toner": len(toner & paper) / len(toner), "pens": len(pens & paper) / len(pens)}

# %% 7.7 wrong
# did-en: A customer's whole year is one basket; one order should be one basket.
# did-zh: 把一位客戶一整年當成一籃，應該一張訂單一籃。
al = bought[bought["customer"].isin(tier.index[tier == "abc3:a"])]
who = {p: set(g["customer"]) for p, g in al.groupby("product")}
paper = who["影印紙（包）"]
base = len(paper) / al["customer"].nunique()
lifts = {
    "toner": len(who["碳粉匣"] & paper) / len(who["碳粉匣"]) / base,
    "pens": len(who["原子筆（盒）"] & paper) / len(who["原子筆（盒）"]) / base,
}

# %% 7.7 wrong
# did-en: The orders are of all customers, not of tier A alone.
# did-zh: 用了全部客戶的訂單，不是只有 A 級的。
paper = set(bought.loc[bought["product"] == "影印紙（包）", "order"])
toner = set(bought.loc[bought["product"] == "碳粉匣", "order"])
pens = set(bought.loc[bought["product"] == "原子筆（盒）", "order"])
share = len(paper) / bought["order"].nunique()
lifts = {
    "toner": len(toner & paper) / len(toner) / share,
    "pens": len(pens & paper) / len(pens) / share,
}

# %% 7.7 wrong
# did-en: The number of all orders is a number of rows (len), so each order counts once for every line.
# did-zh: 全部訂單數用了列數（len），一張訂單有幾列就算幾次。
al = bought[bought["customer"].isin(tier.index[tier == "abc3:a"])]
paper = set(al.loc[al["product"] == "影印紙（包）", "order"])
toner = set(al.loc[al["product"] == "碳粉匣", "order"])
pens = set(al.loc[al["product"] == "原子筆（盒）", "order"])
anyhow = len(paper) / len(al)
lifts = {
    "toner": (len(toner & paper) / len(toner)) / anyhow,
    "pens": (len(pens & paper) / len(pens)) / anyhow,
}

# %% 7.7 wrong
# did-en: The divisor is the share of all customers' orders that have paper; it should be of tier A's orders.
# did-zh: 分母用了全公司訂單有紙的比例，應該用 A 級訂單的。
al = bought[bought["customer"].isin(tier.index[tier == "abc3:a"])]
has = al.groupby("order")["product"].agg(set)
all_has = bought.groupby("order")["product"].agg(set)
base = all_has.map(lambda s: "影印紙（包）" in s).mean()
t = has[has.map(lambda s: "碳粉匣" in s)].map(lambda s: "影印紙（包）" in s).mean()
p = has[has.map(lambda s: "原子筆（盒）" in s)].map(lambda s: "影印紙（包）" in s).mean()
lifts = {"toner": t / base, "pens": p / base}

# %% 7.7 wrong
# did-en: Two slips: toner and pens have each other's value, and both are rounded to one decimal.
# did-zh: 兩處錯：碳粉匣和原子筆的數字放反了；又都四捨五入到一位。
pairs = rk.co_purchase_lift(bought, tier, "abc3:a", basket="order", min_baskets=1)
pairs = pairs.set_index(["product_a", "product_b"])["lift"]
t = [v for k, v in pairs.items() if set(k) == {"影印紙（包）", "碳粉匣"}][0]
p = [v for k, v in pairs.items() if set(k) == {"影印紙（包）", "原子筆（盒）"}][0]
lifts = {"toner": round(p, 1), "pens": round(t, 1)}

# %% 7.7 right
# did-en: Worked out from a table of orders by products with True and False, as a Series.
# did-zh: 用訂單對品名的 True/False 表算，答案是 Series。
al = bought.merge(tier.rename("tier"), left_on="customer", right_index=True)
al = al[al["tier"] == "abc3:a"]
has = pd.crosstab(al["order"], al["product"]) > 0
paper = has["影印紙（包）"]
lifts = pd.Series(
    {
        "pens": paper[has["原子筆（盒）"]].mean() / paper.mean(),
        "toner": paper[has["碳粉匣"]].mean() / paper.mean(),
    }
)

# %% 7.7 right
# did-en: Looked up in rk.co_purchase_lift and rounded by numpy to three decimals.
# did-zh: 從 rk.co_purchase_lift 的表裡找，用 numpy 四捨五入到三位。
import numpy as np

pairs = rk.co_purchase_lift(clean, tier, "abc3:a", basket="order", min_baskets=1)
with_paper = pairs[(pairs["product_a"] == "影印紙（包）") | (pairs["product_b"] == "影印紙（包）")]
found = {}
for _, row in with_paper.iterrows():
    names = {row["product_a"], row["product_b"]}
    if "碳粉匣" in names:
        found["toner"] = np.round(row["lift"], 3)
    if "原子筆（盒）" in names:
        found["pens"] = np.round(row["lift"], 3)
lifts = found

# %% 7.a wrong
# did-en: The hours left are not divided by the number of As: all of them together.
# did-zh: 算出剩下的總時數就停了，沒有除以 A 的人數。
hours_per_a = 240 - 95 * 0.5 - 160 * 0.25

# %% 7.a wrong
# did-en: B and C keep the hours of the lesson's table (0.75 and 0.2), not the manager's half and quarter.
# did-zh: B、C 還用課文表裡的 0.75 和 0.2 小時，不是經理說的半小時和 15 分鐘。
hours_per_a = (240 - 95 * 0.75 - 160 * 0.2) / 65

# %% 7.b wrong
# did-en: The lowest profits first: ascending=False was forgotten.
# did-zh: 忘了 ascending=False，取到利潤最低的五位。
call_first = gone.sort_values("profit").head(5).index

# %% 7.b wrong
# did-en: Sorted by last year's profit and not by this year's.
# did-zh: 依去年的利潤排，不是今年的利潤。
call_first = list(gone.sort_values("profit_last_year", ascending=False).head(5).index)

# %% 7.b right
# did-en: nlargest, and the answer is the table of the five customers.
# did-zh: 用 nlargest，答案直接是那五位客戶的表。
call_first = gone.nlargest(5, "profit")

# %% 7.c wrong
# did-en: Counts only those who fell to C and leaves out those who bought nothing.
# did-zh: 只算降到 C 的，漏了整季沒買的。
at_risk = moves.loc["abc3:b", "abc3:c"] / moves.loc["abc3:b"].sum()

# %% 7.c wrong
# did-en: Those who bought nothing are left out of the denominator: divided by the three tiers' sum only.
# did-zh: 分母漏了整季沒買的人，只除以三級的合計。
b = moves.loc["abc3:b"]
at_risk = (b["abc3:c"] + b["lost"]) / b[["abc3:a", "abc3:b", "abc3:c"]].sum()

# %% 7.c wrong
# did-en: The number of customers, not their share of the Bs.
# did-zh: 給的是人數，不是占 B 級的比例。
b_row = moves.loc["abc3:b"]
at_risk = b_row["abc3:c"] + b_row["lost"]

# %% 7.d wrong
# did-en: The other half of the box: those who are in tier A.
# did-zh: 給成相反的人：這一格裡在 A 級的客戶。
missed = develop.index[tier[develop.index] == "abc3:a"]

# %% 7.d wrong
# did-en: Only tier B; those of the box who are in tier C are missing.
# did-zh: 只取了 B 級，漏了這一格裡 C 級的客戶。
missed = [c for c in develop.index if tier[c] == "abc3:b"]

# %% 7.d right
# did-en: A set of customers, as a difference of two sets.
# did-zh: 用兩個集合相減，答案是 set。
missed = set(develop.index) - set(tier.index[tier == "abc3:a"])
