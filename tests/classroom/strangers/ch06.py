# Answers that new students gave to chapter 6, written from its lesson and exercise alone.
# The try-it questions run in the lesson's namespace.

# %% 6.1 wrong
# did-en: Took the returns off twice: they were in the sum already, with their minus sign.
# did-zh: 退貨扣了兩次：負的金額本來就加在總和裡了，又再扣一次。
clean, rejected = rk.clean_transactions(ledger, start="2021-03-01", end="2021-03-31", today=TODAY)
returned = -clean.loc[clean["amount"] < 0, "amount"].sum()
march_revenue = clean["amount"].sum() - returned

# %% 6.1 wrong
# did-en: Stopped before 31 March (`<`), so the last day of the month is missing.
# did-zh: 用 `<` 比 3 月 31 日，少了三月的最後一天。
clean, rejected = rk.clean_transactions(ledger, today=TODAY)
march = clean[(clean["date"] >= "2021-03-01") & (clean["date"] < "2021-03-31")]
march_revenue = march["amount"].sum()

# %% 6.1 wrong
# did-en: Gave no start and no end, so rows of February and of 1 April are in the sum.
# did-zh: 沒有給起訖日，二月和 4 月 1 日的列也加進來了。
clean, rejected = rk.clean_transactions(ledger, today=TODAY)
march_revenue = clean["amount"].sum()

# %% 6.1 wrong
# did-en: Read the amounts with to_numeric and coerce, so those typed as text (1,260 and the like) got lost.
# did-zh: 用 to_numeric 加 coerce 讀金額，「1,260」「300元」這類文字金額都不見了。
clean, rejected = rk.clean_transactions(ledger, start="2021-03-01", end="2021-03-31", today=TODAY)
numbers = pd.to_numeric(ledger["amount"], errors="coerce")
march_revenue = numbers[clean.index].sum()

# %% 6.1 wrong
# did-en: Compared the rows before tidying the cells, so a repeated line with a stray space counts twice.
# did-zh: 還沒去空白就比對重複列，多了一個空白的那一列沒有抓到，算了兩次。
once = ledger.drop_duplicates()
clean, rejected = rk.clean_transactions(
    once, start="2021-03-01", end="2021-03-31", today=TODAY, repeats="keep"
)
march_revenue = float(clean["amount"].sum())

# %% 6.1 wrong
# did-en: Cleaned by own code that never takes out the test order, so its NT$46,000 is in the revenue.
# did-zh: 自己寫程式整理，沒有拿掉測試訂單，多算了 46,000 元。
t = ledger.copy()
t["customer"] = t["customer"].astype("string").str.strip()
t = t[t["customer"].notna() & (t["customer"] != "") & (t["status"] != "已取消")]
day = t["date"].astype(str).str.normalize("NFKC").str.replace("年|月|/", "-", regex=True).str.strip(" 日")
t["date"] = day.map(lambda d: pd.to_datetime(d, errors="coerce"))
money = t["amount"].astype(str).str.normalize("NFKC").str.replace(r"[^0-9.\-]", "", regex=True)
t["amount"] = pd.to_numeric(money, errors="coerce")
t = t.drop_duplicates(["order", "line", "customer", "date", "product", "amount"])
t = t[(t["date"] >= "2021-03-01") & (t["date"] < "2021-04-01")].dropna(subset=["date", "amount"])
clean, rejected = t, ledger.drop(t.index)
march_revenue = t["amount"].sum()

# %% 6.1 wrong
# did-en: Two slips: repeated lines count twice (repeats="keep"), and returns were left out (returns="drop").
# did-zh: 兩個錯：重複登打的列沒有拿掉，退貨又整列丟掉，沒有扣。
clean, rejected = rk.clean_transactions(
    ledger, start="2021-03-01", end="2021-03-31", today=TODAY, repeats="keep", returns="drop"
)
march_revenue = clean["amount"].sum()

# %% 6.1 right
# did-en: Quantity times unit price instead of the amount: the same money, as a NumPy whole number.
# did-zh: 用數量乘單價，不看金額欄，得到的錢一樣，是 NumPy 的整數。
clean, rejected = rk.clean_transactions(ledger, start="2021-03-01", end="2021-03-31", today=TODAY)
march_revenue = (clean["quantity"].astype("int64") * clean["unit_price"].astype("int64")).sum()

# %% 6.2 wrong
# did-en: F counts the days on which a customer bought, so two orders on one day are one.
# did-zh: F 數的是「有來買的天數」，同一天的兩張訂單只算一次。
buy = clean[clean["amount"] > 0]
rfm = pd.DataFrame(
    {
        "recency_days": (TODAY - buy.groupby("customer")["date"].max()).dt.days,
        "frequency": buy.groupby("customer")["date"].nunique(),
        "monetary": clean.groupby("customer")["amount"].sum(),
    }
)

# %% 6.2 wrong
# did-en: R is the day of the month of the last purchase (31 for 31 March), not the days since then.
# did-zh: R 填成最後一次購買是「幾號」，不是距離今天幾天。
rfm = rk.rfm_table(clean, today=TODAY, order="order")
rfm["recency_days"] = clean[clean["amount"] > 0].groupby("customer")["date"].max().dt.day

# %% 6.2 wrong
# did-en: Counted R to 31 March, the end of the period, not to today, 1 April: each R is a day short.
# did-zh: R 算到三月底（3 月 31 日），不是今天 4 月 1 日，每位都少一天。
rfm = rk.rfm_table(clean, today=pd.Timestamp("2021-03-31"), order="order")

# %% 6.2 wrong
# did-en: Two slips: F counts order lines, and M is what was bought, without taking off the returns.
# did-zh: 兩個錯：F 數的是品項列數，M 只加購買的金額，退貨沒扣。
buy = clean[clean["amount"] > 0]
rfm = buy.groupby("customer").agg(
    last=("date", "max"), frequency=("amount", "size"), monetary=("amount", "sum")
)
rfm.insert(0, "recency_days", (TODAY - rfm.pop("last")).dt.days)

# %% 6.2 wrong
# did-en: Merged each order's total back onto its lines before adding up, so M has it once a line.
# did-zh: 先把每張訂單的總額併回每一列再加總，三項的訂單總額就被加了三次。
rfm = rk.rfm_table(clean, today=TODAY, order="order")
totals = clean.groupby("order", as_index=False)["amount"].sum().rename(columns={"amount": "order_total"})
lines = clean.merge(totals, on="order")
rfm["monetary"] = lines.groupby("customer")["order_total"].sum()

# %% 6.2 wrong
# did-en: Counted the order numbers of all rows, so a return slip adds one to F; R and M are right.
# did-zh: F 數了所有列的訂單編號，退貨單也算一次；R 和 M 是對的。
rfm = rk.rfm_table(clean, today=TODAY, order="order")
rfm["frequency"] = clean.groupby("customer")["order"].nunique()

# %% 6.2 wrong
# did-en: Computed the three rightly, then named the columns in the wrong order: F and M changed places.
# did-zh: 三個數都算對，欄名的順序寫反，F 和 M 對調了。
g = clean[clean["amount"] > 0].groupby("customer")
rfm = pd.concat(
    [(TODAY - g["date"].max()).dt.days, g["order"].nunique(), clean.groupby("customer")["amount"].sum()],
    axis=1,
)
rfm.columns = ["recency_days", "monetary", "frequency"]

# %% 6.2 right
# did-en: Customer is a column, the columns in another order, R as float, and one column more.
# did-zh: 客戶編號在一般欄位，欄的順序不同，R 是小數型別，還多了一欄最後購買日。
buy = clean[clean["amount"] > 0]
rfm = buy.groupby("customer", as_index=False).agg(last=("date", "max"), frequency=("order", "nunique"))
rfm["recency_days"] = (TODAY - rfm["last"]) / pd.Timedelta(days=1)
rfm["monetary"] = rfm["customer"].map(clean.groupby("customer")["amount"].sum())

# %% 6.3 wrong
# did-en: Compared all three columns with `>=` in one go, so that many days count as a high R.
# did-zh: 三欄一起用 `>=` 比，天數多的也變成 R 高。
levels = rfm >= rfm.mean()
levels.columns = ["R", "F", "M"]

# %% 6.3 wrong
# did-en: Compared with `<` and `>`, so customers exactly on the mean of R or F came out low.
# did-zh: 用 `<` 和 `>` 比，R 或 F 剛好等於平均數的客戶變成低。
mean = rfm.mean()
levels = pd.DataFrame(
    {
        "R": rfm["recency_days"] < mean["recency_days"],
        "F": rfm["frequency"] > mean["frequency"],
        "M": rfm["monetary"] > mean["monetary"],
    }
)

# %% 6.3 wrong
# did-en: The cut of M is the mean of the orders, not the mean spend of the customers.
# did-zh: M 的門檻用了「每張訂單」的平均金額，不是「每位客戶」的平均消費。
cuts = rk.rfm_cuts(rfm)
cuts["monetary"] = clean[clean["amount"] > 0].groupby("order")["amount"].sum().mean()
levels = rk.high_low(rfm, cuts=cuts)

# %% 6.3 wrong
# did-en: Two slips: F and M are cut at the median, and R asks for more days than the mean.
# did-zh: 兩個錯：F 和 M 的門檻用中位數，R 又把天數多於平均的當成高。
levels = pd.DataFrame(index=rfm.index)
levels["R"] = rfm["recency_days"] > rfm["recency_days"].mean()
levels["F"] = rfm["frequency"] >= rfm["frequency"].median()
levels["M"] = rfm["monetary"] >= rfm["monetary"].median()

# %% 6.3 wrong
# did-en: Copied head office's cuts from the lesson (13, 3, 6,944) instead of the branch's means.
# did-zh: 抄了課文總公司的門檻（13、3、6,944），沒有算分公司自己的平均數。
# same-on-the-books: yes
levels = rk.high_low(rfm, cuts={"recency_days": 13, "frequency": 3, "monetary": 6944})

# %% 6.3 right
# did-en: 1 and 0 instead of True and False, the columns M, F, R.
# did-zh: 用 1 和 0 代替 True、False，欄的順序是 M、F、R。
levels = pd.DataFrame(
    {
        "M": (rfm["monetary"] - rfm["monetary"].mean() >= 0).astype(int),
        "F": (rfm["frequency"] - rfm["frequency"].mean() >= 0).astype(int),
        "R": (rfm["recency_days"].mean() - rfm["recency_days"] >= 0).astype(int),
    }
)

# %% 6.4 wrong
# did-en: Called a class important when at least two of the three are high, not when M is high.
# did-zh: 三項裡有兩項高就叫「重要」，其實只看 M 高不高。
def name(row):
    half = "important" if row["R"] + row["F"] + row["M"] >= 2 else "general"
    if row["R"]:
        return half + ("_value" if row["F"] else "_develop")
    return half + ("_keep" if row["F"] else "_win_back")

tier = levels.apply(name, axis=1)

# %% 6.4 wrong
# did-en: Joined the digits in the order M, R, F, but looked them up in a table written as R, F, M.
# did-zh: 三碼照 M、R、F 的順序接，查的表卻是 R、F、M 的順序。
names = {
    "111": "important_value", "101": "important_develop", "011": "important_keep",
    "001": "important_win_back", "110": "general_value", "100": "general_develop",
    "010": "general_keep", "000": "general_win_back",
}
d = levels.astype(int).astype(str)
tier = (d["M"] + d["R"] + d["F"]).map(names)

# %% 6.4 wrong
# did-en: Asked "R or F" for develop before keep, so customers of keep (R low, F high) fell into develop.
# did-zh: 先問「R 或 F 高」就歸到發展，保持（R 低 F 高）的客戶全跑到發展去了。
out = {}
for who, r, f, m in levels[["R", "F", "M"]].itertuples():
    if r and f:
        last = "value"
    elif r or f:
        last = "develop"
    else:
        last = "win_back"
    out[who] = ("important_" if m else "general_") + last
tier = pd.Series(out)

# %% 6.4 wrong
# did-en: The classes are right, but the index is 0 to 59: the customer numbers got lost.
# did-zh: 類別都對，索引卻變成 0 到 59，客戶編號不見了。
tier = pd.Series(rk.rfm_class(levels).tolist(), name="tier")

# %% 6.4 wrong
# did-en: Two slips: a low M was called important, and keep changed places with win back.
# did-zh: 兩個錯：M 低的叫成「重要」，「保持」又和「挽留」對調了。
import numpy as np

half = np.where(levels["M"], "general", "important")
rest = np.select(
    [levels["R"] & levels["F"], levels["R"], levels["F"]], ["_value", "_develop", "_win_back"], "_keep"
)
tier = pd.Series(half, index=levels.index).str.cat(pd.Series(rest, index=levels.index))

# %% 6.4 right
# did-en: The Chinese names without 客戶, in a dictionary.
# did-zh: 用字典裝，中文名稱沒有寫「客戶」兩個字。
end = {(1, 1): "價值", (1, 0): "發展", (0, 1): "保持", (0, 0): "挽留"}
tier = {
    who: ("重要" if row.M else "一般") + end[(int(row.R), int(row.F))]
    for who, row in levels.iterrows()
}

# %% 6.5 wrong
# did-en: Mended the spend to a total, but the shares still divide by the largest class, not by all.
# did-zh: 消費改成總和了，占比還是除以最大的那一類，不是全部。
def summarise(rfm, tier):
    groups = rfm.groupby(tier, observed=False)["monetary"]
    table = pd.DataFrame({"customers": groups.count(), "revenue": groups.sum()})
    table["customer_share"] = table["customers"] / table["customers"].max()
    table["revenue_share"] = table["revenue"] / table["revenue"].max()
    return table

summary = summarise(rfm, tier)

# %% 6.5 wrong
# did-en: Mended the shares, but the spend is still a customer's mean, so revenue and its share are wrong.
# did-zh: 占比的分母改好了，消費還是每位客戶的平均，金額和它的占比都不對。
def summarise(rfm, tier):
    groups = rfm.groupby(tier, observed=False)["monetary"]
    table = pd.DataFrame({"customers": groups.count(), "revenue": groups.mean()})
    table["customer_share"] = table["customers"] / table["customers"].sum()
    table["revenue_share"] = table["revenue"] / table["revenue"].sum()
    return table

summary = summarise(rfm, tier)

# %% 6.5 wrong
# did-en: All three errors are mended, but the shares were rounded to one decimal place, far too coarse.
# did-zh: 三個錯都改好了，占比卻四捨五入到一位小數，太粗了。
def summarise(rfm, tier):
    groups = rfm.groupby(tier, observed=False)["monetary"]
    table = pd.DataFrame({"customers": groups.count(), "revenue": groups.sum()})
    table["customer_share"] = table["customers"] / table["customers"].sum()
    table["revenue_share"] = table["revenue"] / table["revenue"].sum()
    return table.round(1)

summary = summarise(rfm, tier)

# %% 6.5 wrong
# did-en: Multiplied the shares by 100 and rounded them: per cent, not fractions between 0 and 1.
# did-zh: 占比乘了 100 再四捨五入，變成百分比，不是 0 到 1 的小數。
def summarise(rfm, tier):
    groups = rfm.groupby(tier, observed=False)["monetary"]
    table = pd.DataFrame({"customers": groups.count(), "revenue": groups.sum()})
    table["customer_share"] = (table["customers"] / table["customers"].sum() * 100).round(1)
    table["revenue_share"] = (table["revenue"] / table["revenue"].sum() * 100).round(1)
    return table

summary = summarise(rfm, tier)

# %% 6.5 wrong
# did-en: Counted the rows of the ledger in each class, not its customers; the money is right.
# did-zh: 人數用帳冊的列數來數，一位客戶算了好多次；消費是對的。
lines = clean["customer"].map(tier.astype(str))
summary = pd.DataFrame(
    {"customers": lines.value_counts(), "revenue": clean["amount"].groupby(lines).sum()}
)
summary["customer_share"] = summary["customers"] / summary["customers"].sum()
summary["revenue_share"] = summary["revenue"] / summary["revenue"].sum()

# %% 6.5 wrong
# did-en: Two slips: the shares are running totals (cumsum), and revenue adds up F, not M.
# did-zh: 兩個錯：占比做成累計（cumsum），消費又加錯欄，加成購買次數。
def summarise(rfm, tier):
    groups = rfm.groupby(tier, observed=False)
    table = pd.DataFrame({"customers": groups.size(), "revenue": groups["frequency"].sum()})
    table["customer_share"] = (table["customers"] / table["customers"].sum()).cumsum()
    table["revenue_share"] = (table["revenue"] / table["revenue"].sum()).cumsum()
    return table

summary = summarise(rfm, tier)

# %% 6.5 right
# did-en: The class is a column, the richest class first, shares rounded to four places.
# did-zh: 類別在一般欄位，消費最多的類別在最上面，占比四捨五入到四位小數。
joined = rfm.join(tier.astype(str).rename("tier"))
summary = joined.groupby("tier")["monetary"].agg(customers="size", revenue="sum").reset_index()
for what in ("customer", "revenue"):
    base = summary["customers" if what == "customer" else "revenue"]
    summary[what + "_share"] = (base / base.sum()).round(4)
summary = summary.sort_values("revenue", ascending=False)

# %% 6.6 wrong
# did-en: Sorted both lists of classes and compared them by place, so not each customer with himself.
# did-zh: 兩組類別各自排序再照位置比，不是同一位客戶前後比。
new = rk.rfm_class(rk.high_low(rfm, cuts=rfm.median()))
differ = tier.sort_values().to_numpy() != new.sort_values().to_numpy()
movers = tier.sort_values().index[differ].tolist()

# %% 6.6 wrong
# did-en: Listed only those who change between important and general, not every change of class.
# did-zh: 只列「重要」和「一般」之間的變動，其他換類別的沒有算。
new = rk.rfm_class(rk.high_low(rfm, cuts=rfm.median()))
before = tier.astype(str).str.split("_").str[0]
after = new.astype(str).str.split("_").str[0]
movers = list(before.index[before != after])

# %% 6.6 wrong
# did-en: Asked for F and M strictly above the median, so customers exactly on it came out low.
# did-zh: F、M 寫成嚴格大於中位數，剛好等於中位數的客戶變成低。
mid = rfm.median()
high = pd.DataFrame(
    {
        "R": rfm["recency_days"] <= mid["recency_days"],
        "F": rfm["frequency"] > mid["frequency"],
        "M": rfm["monetary"] > mid["monetary"],
    }
)
new = rk.rfm_class(high)
movers = [c for c in rfm.index if new[c] != tier[c]]

# %% 6.6 wrong
# did-en: Listed the customers whose class stays the same (==).
# did-zh: 列成類別「沒變」的客戶（用了 ==）。
new = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="median")))
movers = tier.index[tier == new].tolist()

# %% 6.6 wrong
# did-en: Moved the cuts of F and M to the median and left R at the mean.
# did-zh: 只把 F 和 M 的門檻換成中位數，R 還留在平均數。
c = rk.rfm_cuts(rfm).to_dict()
for k in ("frequency", "monetary"):
    c[k] = rfm[k].median()
new = rk.rfm_class(rk.high_low(rfm, cuts=c))
movers = list(tier[tier != new].index)

# %% 6.6 right
# did-en: Compared the highs and lows themselves instead of the classes; a set.
# did-zh: 直接比高低，不比類別名稱；用集合裝。
new = rk.high_low(rfm, cuts=rfm.median())
movers = set(levels.index[(new != levels).any(axis=1)])

# %% 6.7 wrong
# did-en: Sorted upwards, so the five smallest spenders of the two classes are on the list.
# did-zh: 由小排到大，挑到的是這兩類裡花得最少的五位。
wanted = rfm[tier.isin(["important_keep", "important_win_back"])]
call_list = wanted.sort_values("monetary").head(5).index.tolist()

# %% 6.7 wrong
# did-en: The right five customers, but in the order of their numbers, not the biggest spender first.
# did-zh: 五位都挑對，卻照客戶編號排，不是由花最多排起。
wanted = rfm[tier.isin(["important_keep", "important_win_back"])]
top = wanted["monetary"].nlargest(5).index
call_list = [c for c in rfm.index if c in top]

# %% 6.7 wrong
# did-en: Sorted by days, the longest away first, instead of by spend.
# did-zh: 照天數排，最久沒來的在前面，不是照消費排。
wanted = rfm[tier.isin(["important_keep", "important_win_back"])]
call_list = list(wanted.sort_values("recency_days", ascending=False).index[:5])

# %% 6.7 wrong
# did-en: Took important_develop for "gone quiet" in the place of important_keep.
# did-zh: 把「重要發展」當成有一陣子沒來，漏了「重要保持」。
wanted = rfm[(tier == "important_develop") | (tier == "important_win_back")]
call_list = wanted["monetary"].sort_values(ascending=False).index[:5].tolist()

# %% 6.7 wrong
# did-en: Two slips: used the classes by the median, and handed in all of them instead of five.
# did-zh: 兩個錯：用中位數分的類別來挑，又整串交出去，沒有只取五位。
new = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="median")))
wanted = rfm[new.isin(["important_keep", "important_win_back"])]
call_list = wanted.sort_values("monetary", ascending=False).index.tolist()

# %% 6.7 right
# did-en: Picked by the highs and lows, not the classes; an Index of pandas, in the right order.
# did-zh: 用高低來挑，不用類別名稱；交的是 pandas 的 Index，順序正確。
call_list = rfm.loc[levels["M"] & ~levels["R"], "monetary"].nlargest(5).index

# %% 6.7 right
# did-en: A tuple of the five numbers, found with a loop over the spend.
# did-zh: 用迴圈從花最多的往下挑，裝在 tuple 裡。
picked = []
for who in rfm["monetary"].sort_values(ascending=False).index:
    if str(tier[who]) in ("important_keep", "important_win_back") and len(picked) < 5:
        picked.append(who)
call_list = tuple(picked)

# %% 6.a wrong
# did-en: Counted every row left out, whatever its reason.
# did-zh: 數了全部未採用的列，沒有只挑三月以外的。
n_outside = len(rejected)

# %% 6.a wrong
# did-en: Counted the rows left out for all other reasons (`!=`).
# did-zh: 用了 `!=`，數成其他原因的列。
n_outside = (rejected["reason"] != "outside_period").sum()

# %% 6.a wrong
# did-en: Added the rows with a date in the future, which have a reason of their own.
# did-zh: 把日期在未來的列也算進來，那是另一個原因。
n_outside = int(rejected["reason"].isin(["outside_period", "future_date"]).sum())

# %% 6.a right
# did-en: Counted with value_counts, a NumPy whole number.
# did-zh: 用 value_counts 查，得到 NumPy 的整數。
n_outside = rejected["reason"].value_counts()["outside_period"]

# %% 6.b wrong
# did-en: Gave the largest amount (max), not the customer who spent it.
# did-zh: 用 max 給了最大的金額，題目要的是客戶編號。
biggest = rfm["monetary"].max()

# %% 6.b wrong
# did-en: Found the customer of the single largest line in the ledger, not of the largest total.
# did-zh: 找的是帳冊裡單筆金額最大那一列的客戶，不是總額最多的客戶。
biggest = clean.loc[clean["amount"].idxmax(), "customer"]

# %% 6.b right
# did-en: Read the number off the sorted table and typed it by hand, in full-width characters.
# did-zh: 看著排好的表自己打編號，打成全形字。
biggest = "Ｃ２８８"

# %% 6.c wrong
# did-en: Joined the conditions with or (`|`): a high M alone, or a low R alone, is enough.
# did-zh: 用「或」（`|`）連起來，只要花得多或只要沒來就算。
quiet = rfm.index[levels["M"] | ~levels["R"]]

# %% 6.c wrong
# did-en: Asked for a high R, so these big spenders came lately.
# did-zh: R 寫成高，挑到的是花得多而且最近才來過的客戶。
quiet = rfm.index[levels["M"] & levels["R"]].tolist()

# %% 6.c wrong
# did-en: Took 13 days, exactly the mean of R, as away for long (`>=`), though the cut itself is high.
# did-zh: 用 `>=`，剛好 13 天（平均數）的也算好一陣子沒來，其實站在門檻上算 R 高。
quiet = rfm.index[(rfm["recency_days"] >= 13) & (rfm["monetary"] >= rfm["monetary"].mean())]

# %% 6.c right
# did-en: A NumPy array, found by the names of the two classes.
# did-zh: 用兩個類別名稱挑，得到 NumPy 陣列。
quiet = tier[tier.isin(["important_keep", "important_win_back"])].index.to_numpy()
