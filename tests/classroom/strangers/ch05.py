# Answers that new students gave to chapter 5, written from its lesson and exercise alone.
# The try-it questions run in the lesson's namespace; pictures are drawn on the current axes.

# %% 5.1 wrong
# did-en: Took the return of 20 March for a purchase: it became the last one (R 12) and a third order (F 3).
# did-zh: 把 3 月 20 日的退貨當成一次購買，R 從那天算成 12 天，F 也多算一次。
answer_5_1 = "b"

# %% 5.1 wrong
# did-en: Gave the mean per order (4,500 ÷ 2) for M, where the question wants the total.
# did-zh: M 寫成每張訂單的平均（4,500 ÷ 2），題目要的是總額。
answer_5_1 = "e"

# %% 5.1 right
# did-en: The right letter, as a full-width capital with spaces around it.
# did-zh: 字母是對的，只是用全形大寫，前後還有空白。
answer_5_1 = " Ｃ "

# %% 5.2 wrong
# did-en: Used `<=`, so the orders of New Year's Day itself are in the table too.
# did-zh: 用了 `<=`，把元旦當天的訂單也算進去了。
new_year = pd.Timestamp("2021-01-01")
past = clean[clean["date"] <= new_year]
january = rk.rfm_table(past, today=new_year, order="order")

# %% 5.2 wrong
# did-en: F counts the purchased rows (order lines) with count, not the different orders.
# did-zh: F 用 count 數了購買的列數（品項），沒有把同一張訂單算一次。
new_year = pd.Timestamp("2021-01-01")
past = clean[clean["date"] < new_year]
buys = past[past["amount"] > 0]
january = buys.groupby("customer").agg(last=("date", "max"), frequency=("order", "count"))
january["recency_days"] = (new_year - january["last"]).dt.days
january["monetary"] = past.groupby("customer")["amount"].sum()
january = january[["recency_days", "frequency", "monetary"]]

# %% 5.2 wrong
# did-en: M adds the purchases alone: what was returned is not taken off.
# did-zh: M 只加購買的列，退貨沒有扣掉。
new_year = pd.Timestamp("2021-01-01")
buys = clean[(clean["date"] < new_year) & (clean["amount"] > 0)]
january = buys.groupby("customer").agg(
    recency_days=("date", lambda d: (new_year - d.max()).days),
    frequency=("order", "nunique"),
    monetary=("amount", "sum"),
)

# %% 5.2 wrong
# did-en: Never took the returns out before counting, so a return moves R and adds one to F.
# did-zh: 算 R 和 F 之前沒有排除退貨，退貨也被當成一次購買。
new_year = pd.Timestamp("2021-01-01")
past = clean[clean["date"] < new_year]
g = past.groupby("customer")
january = pd.DataFrame(
    {
        "recency_days": (new_year - g["date"].max()).dt.days,
        "frequency": g["order"].nunique(),
        "monetary": g["amount"].sum(),
    }
)

# %% 5.2 wrong
# did-en: Two slips: R counts to 31 December, a day short, and M is the mean per order, not the total.
# did-zh: 兩個錯：R 算到 12 月 31 日，少一天；M 又寫成每張訂單的平均，不是總額。
past = clean[clean["date"] < "2021-01-01"]
january = rk.rfm_table(past, today="2020-12-31", order="order")
january["monetary"] = january["monetary"] / january["frequency"]

# %% 5.2 wrong
# did-en: Put in the customers who had not bought yet on that morning, with zeros, to make 320 rows.
# did-zh: 把那天早上還沒買過的客戶也補成 0 放進表裡，湊成 320 列。
past = clean[clean["date"] < "2021-01-01"]
january = rk.rfm_table(past, today="2021-01-01", order="order")
january = january.reindex(customers.index).fillna(0)

# %% 5.2 wrong
# did-en: Merged the returns onto every purchase line, so a return is taken off once a line, not once.
# did-zh: 把退貨併到每一列購買上，列重複了，同一筆退貨被扣了好幾次。
new_year = pd.Timestamp("2021-01-01")
past = clean[clean["date"] < new_year]
buys = past[past["amount"] > 0]
back = past.loc[past["amount"] < 0, ["customer", "amount"]].rename(columns={"amount": "back"})
both = buys.merge(back, on="customer", how="left").fillna({"back": 0})
both["net"] = both["amount"] + both["back"]
january = both.groupby("customer").agg(
    last=("date", "max"), frequency=("order", "nunique"), monetary=("net", "sum")
)
january["recency_days"] = (new_year - january["last"]).dt.days

# %% 5.2 right
# did-en: Customer is a column, the columns in another order, F as float; filtered by the year.
# did-zh: 客戶編號放在一般欄位，欄的順序不同，F 是小數型別；用年份篩列。
past = clean[clean["date"].dt.year == 2020]
january = rk.rfm_table(past, today="2021-01-01", order="order").reset_index()
january["frequency"] = january["frequency"].astype(float)
january = january[["monetary", "customer", "frequency", "recency_days"]]

# %% 5.2 right
# did-en: A loop over the customers, M as whole numbers, the biggest spender first.
# did-zh: 用迴圈一位一位算，M 是整數，按消費由大到小排。
new_year = pd.Timestamp("2021-01-01")
past = clean[clean["date"] < new_year]
rows = {}
for name, part in past.groupby("customer"):
    bought = part[part["amount"] > 0]
    days = (new_year - bought["date"].max()).days
    rows[name] = [days, len(set(bought["order"])), int(part["amount"].sum())]
january = pd.DataFrame.from_dict(rows, orient="index", columns=["recency_days", "frequency", "monetary"])
january = january.sort_values("monetary", ascending=False)

# %% 5.3 wrong
# did-en: Scored R like F and M, so many days got a 5: R is the wrong way round.
# did-zh: R 和 F、M 一樣打分，沒有說「越小越好」，天數多的反而拿 5 分。
points = pd.DataFrame(
    {"R": rk.score(rfm["recency_days"]), "F": rk.score(rfm["frequency"]), "M": rk.score(rfm["monetary"])}
)
by_scores = rk.rfm_class(points >= 4)

# %% 5.3 wrong
# did-en: Used `> 4`, so only a score of 5 is high and the 4s fell to low.
# did-zh: 寫成 `> 4`，只有 5 分算高，4 分被算成低。
s = pd.DataFrame(index=rfm.index)
s["R"] = rk.score(rfm["recency_days"], smaller_is_better=True)
s["F"] = rk.score(rfm["frequency"])
s["M"] = rk.score(rfm["monetary"])
by_scores = rk.rfm_class(s > 4)

# %% 5.3 wrong
# did-en: Took scores at or above the mean score as high, so the 3s that lie above it count too.
# did-zh: 把「不低於平均分數」當成高，而不是 4 分和 5 分。
s = pd.DataFrame(
    {
        "R": rk.score(rfm["recency_days"], smaller_is_better=True),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
by_scores = rk.rfm_class(s >= s.mean())

# %% 5.3 wrong
# did-en: Right scores, but rk.high_low read the score of R as days: R is high from 1 to 4, not 4 and 5.
# did-zh: 分數對，卻交給 rk.high_low 判斷，它把 R 的分數當天數，變成 1 到 4 分都算高。
s = pd.DataFrame(
    {
        "recency_days": rk.score(rfm["recency_days"], smaller_is_better=True),
        "frequency": rk.score(rfm["frequency"]),
        "monetary": rk.score(rfm["monetary"]),
    }
)
by_scores = rk.rfm_class(rk.high_low(s, cuts={"recency_days": 4, "frequency": 4, "monetary": 4}))

# %% 5.3 wrong
# did-en: Wrote the eight names by hand and swapped develop (R high, F low) with keep (R low, F high).
# did-zh: 八個名稱自己寫，把「發展」（R 高 F 低）和「保持」（R 低 F 高）對調了。
r = rk.score(rfm["recency_days"], smaller_is_better=True) >= 4
f = rk.score(rfm["frequency"]) >= 4
m = rk.score(rfm["monetary"]) >= 4
second = {(True, True): "value", (True, False): "keep", (False, True): "develop", (False, False): "win_back"}
by_scores = pd.Series(
    [("important_" if c else "general_") + second[(a, b)] for a, b, c in zip(r, f, m)], index=rfm.index
)

# %% 5.3 wrong
# did-en: Scored the table of New Year's Day (january), not the whole year's rfm.
# did-zh: 拿元旦那天的表 january 來打分，不是一整年的 rfm。
s = pd.DataFrame(
    {
        "R": rk.score(january["recency_days"], smaller_is_better=True),
        "F": rk.score(january["frequency"]),
        "M": rk.score(january["monetary"]),
    }
)
by_scores = rk.rfm_class(s.ge(4))

# %% 5.3 right
# did-en: The Chinese short names, as plain text.
# did-zh: 用中文簡稱，是一般文字。
s = pd.DataFrame(
    {
        "R": rk.score(rfm["recency_days"], smaller_is_better=True),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
zh = {
    "value": "價值",
    "develop": "發展",
    "keep": "保持",
    "win_back": "挽留",
}
codes = rk.rfm_class(s > 3).astype(str)
by_scores = codes.map(
    lambda c: ("重要" if c.startswith("important") else "一般") + zh[c.split("_", 1)[1]] + "客戶"
)

# %% 5.3 right
# did-en: A frame with one column, the customers in reverse order, the English names of the classes.
# did-zh: 一欄的 DataFrame，客戶順序顛倒，類別寫英文名稱。
s = pd.DataFrame(
    {
        "R": rk.score(-rfm["recency_days"]),
        "F": rk.score(rfm["frequency"]),
        "M": rk.score(rfm["monetary"]),
    }
)
codes = rk.rfm_class(s.isin([4, 5])).astype(str)
names = codes.str.replace("_", ": ", n=1).str.replace("_", " ").str.capitalize()
by_scores = names[::-1].to_frame("tier")

# %% 5.4 wrong
# did-en: Mended the ties, but R still runs the wrong way: the more days, the higher the score.
# did-zh: 同分修好了，R 的方向沒改，天數越多分數還是越高。
def five_points(rfm):
    table = pd.DataFrame(index=rfm.index)
    for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
        worse = rfm[column].rank(method="min") - 1
        table[name] = (worse * 5 // len(rfm) + 1).astype(int)
    return table

# %% 5.4 wrong
# did-en: Turned R round, but kept method="first" and qcut: equal customers still get unequal scores.
# did-zh: R 的方向改好了，還是用 rank(method="first") 和 qcut，一樣的客戶分數不一樣。
def five_points(rfm):
    table = pd.DataFrame(index=rfm.index)
    for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
        place = rfm[column].rank(method="first", ascending=(name != "R"))
        table[name] = pd.qcut(place, 5, labels=[1, 2, 3, 4, 5]).astype(int)
    return table

# %% 5.4 wrong
# did-en: Copied the lesson's 320 as the number of customers, so a table of another length is scored wrongly.
# did-zh: 把課文的 320 寫死當總人數，人數不同的表分數就錯了。
def five_points(rfm):
    table = pd.DataFrame(index=rfm.index)
    for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
        worse = rfm[column].rank(method="min", ascending=(name != "R")) - 1
        table[name] = (1 + 5 * worse // 320).astype(int)
    return table

# %% 5.4 wrong
# did-en: Ranked with "max" and took nothing off, so equals and the customer himself count as worse.
# did-zh: 名次用 max 又沒有減掉自己，同分的人和自己都算成比他差，最好的客戶變成 6 分。
def five_points(rfm):
    n = len(rfm)
    days = -rfm["recency_days"]
    return pd.DataFrame(
        {
            "R": days.rank(method="max") * 5 // n + 1,
            "F": rfm["frequency"].rank(method="max") * 5 // n + 1,
            "M": rfm["monetary"].rank(method="max") * 5 // n + 1,
        }
    ).astype(int)

# %% 5.4 wrong
# did-en: Rounds to the nearest whole number instead of keeping the whole part, so there are 6s.
# did-zh: 用四捨五入，不是只取整數，分數偏高，還出現 6 分。
def five_points(rfm):
    table = pd.DataFrame(index=rfm.index)
    for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
        worse = rfm[column].rank(method="min", ascending=(name != "R")) - 1
        table[name] = (worse * 5 / len(rfm)).round().astype(int) + 1
    return table

# %% 5.4 wrong
# did-en: R is 6 minus the upside-down score: it counts who is better, and is a point off at some ties.
# did-zh: R 用 6 減掉反方向的分數，那是在數比他「好」的人，遇到同分會差一分。
def five_points(rfm):
    table = pd.DataFrame(index=rfm.index)
    for name, column in [("R", "recency_days"), ("F", "frequency"), ("M", "monetary")]:
        worse = rfm[column].rank(method="min") - 1
        table[name] = (5 * worse // len(rfm) + 1).astype(int)
    table["R"] = 6 - table["R"]
    return table

# %% 5.4 right
# did-en: Counts the worse one customer at a time in a loop, gives floats and the columns M, F, R.
# did-zh: 用迴圈逐位數比他差的人，分數是小數型別，欄的順序是 M、F、R。
def five_points(table):
    n = len(table)
    out = pd.DataFrame(index=table.index)
    out["M"] = [1.0 + 5 * (table["monetary"] < v).sum() // n for v in table["monetary"]]
    out["F"] = [1.0 + 5 * (table["frequency"] < v).sum() // n for v in table["frequency"]]
    out["R"] = [1.0 + 5 * (table["recency_days"] > v).sum() // n for v in table["recency_days"]]
    return out

# %% 5.4 right
# did-en: A lambda that calls rk.score three times.
# did-zh: 一行 lambda，裡面叫三次 rk.score。
five_points = lambda t: pd.DataFrame({
    "R": rk.score(t["recency_days"], smaller_is_better=True),
    "F": rk.score(t["frequency"]),
    "M": rk.score(t["monetary"]),
})

# %% 5.5 wrong
# did-en: Counted the customers who stay in the same class (==) in all three cases.
# did-zh: 三個數字都數成類別「沒變」的人數（用了 ==）。
def same(table, method="mean"):
    new = rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table, method=method)))
    return (new == tier).sum()

cost = {
    "median": same(rfm, "median"),
    "mean_order": same(rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])),
    "lines": same(rk.rfm_table(clean, today=TODAY)),
}

# %% 5.5 wrong
# did-en: Kept the old means as the cuts for mean_order and lines, where the new table's were asked.
# did-zh: mean_order 和 lines 沿用舊表的平均數當門檻，沒有用新的表重算。
old = rk.rfm_cuts(rfm)
by_median = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="median")))
mean_order = rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])
lines = rk.rfm_table(clean, today=TODAY)
cost = {
    "median": int((by_median != tier).sum()),
    "mean_order": int((rk.rfm_class(rk.high_low(mean_order, cuts=old)) != tier).sum()),
    "lines": int((rk.rfm_class(rk.high_low(lines, cuts=old)) != tier).sum()),
}

# %% 5.5 wrong
# did-en: Only M's cut became the median; R and F were still cut at the mean.
# did-zh: median 只換了 M 的門檻，R 和 F 還是用平均數。
def moved(table, cuts):
    return int((rk.rfm_class(rk.high_low(table, cuts=cuts)) != tier).sum())

mixed = rk.rfm_cuts(rfm)
mixed["monetary"] = rfm["monetary"].median()
a = rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])
b = rk.rfm_table(clean, today=TODAY)
cost = {
    "median": moved(rfm, mixed),
    "mean_order": moved(a, rk.rfm_cuts(a)),
    "lines": moved(b, rk.rfm_cuts(b)),
}

# %% 5.5 wrong
# did-en: mean_order took the mean of the ledger's rows (lines), not total divided by number of orders.
# did-zh: mean_order 直接對帳冊的每一列取平均，算成每個品項的平均，不是每張訂單。
def moved(table, method="mean"):
    new = rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table, method=method)))
    return int((new != tier).sum())

per_order = rfm.copy()
per_order["monetary"] = clean.groupby("customer")["amount"].mean()
cost = {
    "median": moved(rfm, "median"),
    "mean_order": moved(per_order),
    "lines": moved(rk.rfm_table(clean, today=TODAY)),
}

# %% 5.5 wrong
# did-en: Compared the sizes of the classes (value_counts), so customers who changed places cancel out.
# did-zh: 比的是各類人數的差（value_counts），一進一出互相抵銷，不是一位一位比。
def moved(table, method="mean"):
    new = rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table, method=method)))
    return int((new.value_counts() - tier.value_counts()).abs().sum() // 2)

cost = {
    "median": moved(rfm, "median"),
    "mean_order": moved(rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])),
    "lines": moved(rk.rfm_table(clean, today=TODAY)),
}

# %% 5.5 wrong
# did-en: Two slips: gave shares of the customers, not numbers, and cut the last two at their medians.
# did-zh: 兩個錯：寫成占全部客戶的比例，不是人數；後兩種又用中位數當門檻。
def moved(table):
    new = rk.rfm_class(rk.high_low(table, cuts=table.median()))
    return (new != tier).mean()

cost = {
    "median": moved(rfm),
    "mean_order": moved(rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])),
    "lines": moved(rk.rfm_table(clean, today=TODAY)),
}

# %% 5.5 right
# did-en: A Series of NumPy floats, in another order.
# did-zh: 用 Series 裝，數字是小數型別，順序也不同。
def moved(table, method="mean"):
    new = rk.rfm_class(rk.high_low(table, cuts=rk.rfm_cuts(table, method=method)))
    return float((new != tier).sum())

buys = clean[clean["amount"] > 0]
cost = pd.Series(
    {
        "lines": moved(rfm.assign(frequency=buys.groupby("customer").size())),
        "median": moved(rfm, "median"),
        "mean_order": moved(rfm.assign(monetary=rfm["monetary"] / rfm["frequency"])),
    }
)

# %% 5.6 wrong
# did-en: Counted the rows (order lines) of each month, so an order of three lines counts three times.
# did-zh: 數的是每個月的列數（品項），一張三項的訂單被算成三次。
buys = clean[clean["amount"] > 0]
school = buys[buys["customer"].map(customers["industry"]) == "school"]
n = school["date"].dt.strftime("%Y-%m").value_counts().sort_index()
chart = n.plot.bar(title="Orders of schools", xlabel="month", ylabel="orders")

# %% 5.6 wrong
# did-en: Did not take the returns out, so their order numbers are counted as orders.
# did-zh: 沒有排除退貨，退貨單也被當成訂單數進去了。
one_row = clean.drop_duplicates("order")
school = one_row[one_row["customer"].map(customers["industry"]) == "school"]
n = school["date"].dt.strftime("%Y-%m").value_counts().sort_index()
chart = n.plot.bar(title="學校每月訂單數", xlabel="月份", ylabel="訂單數")

# %% 5.6 wrong
# did-en: Left the months in the order of value_counts, the biggest bar first, not in order of time.
# did-zh: value_counts 之後沒有照月份排，長條由多到少，不是照時間。
orders = clean[clean["amount"] > 0].drop_duplicates("order")
orders = orders.merge(customers[["industry"]], left_on="customer", right_index=True)
orders = orders[orders["industry"] == "school"]
chart = (
    orders["date"].dt.strftime("%Y-%m").value_counts()
    .plot.bar(title="When schools buy", xlabel="month", ylabel="number of orders")
)

# %% 5.6 wrong
# did-en: Grouped by month alone, 01 to 12: the year is missing and January 2021 comes before April 2020.
# did-zh: 只用月份 01 到 12 分組，沒有年份，2021 年 1 月跑到 2020 年 4 月前面。
buys = clean[clean["amount"] > 0]
school = buys[buys["customer"].map(customers["industry"]) == "school"]
n = school.groupby(school["date"].dt.strftime("%m"))["order"].nunique()
chart = n.plot.bar(title="Orders of schools by month", xlabel="month", ylabel="orders")

# %% 5.6 wrong
# did-en: Added up the NT dollars of each month instead of counting the orders.
# did-zh: 加總每個月的金額，不是數訂單張數。
sales = clean[clean["amount"] > 0].copy()
sales["month"] = sales["date"].dt.strftime("%Y-%m")
sales = sales[sales["customer"].isin(customers.index[customers["industry"] == "school"])]
chart = sales.groupby("month")["amount"].sum().plot.bar(
    title="學校每月訂單", xlabel="月份", ylabel="訂單"
)

# %% 5.6 wrong
# did-en: Two slips: the bars are a running total (cumsum), and neither axis has a name.
# did-zh: 兩個錯：長條畫成累計（cumsum），兩條軸又都沒有名字。
orders = clean[clean["amount"] > 0].drop_duplicates("order")
s = orders[orders["customer"].map(customers["industry"]) == "school"]
n = s.groupby(s["date"].dt.strftime("%Y-%m"))["order"].count().cumsum()
chart = n.plot.bar(title="學校的訂單", xlabel="", ylabel="")

# %% 5.6 right
# did-en: Months as Period, bars drawn with matplotlib itself, Chinese words, and the figure handed in.
# did-zh: 月份用 Period，直接用 matplotlib 畫，中文標題，交的是整張 Figure。
import matplotlib.pyplot as plt

buys = clean[clean["amount"] > 0]
school = buys[buys["customer"].isin(customers.query("industry == 'school'").index)]
n = school.groupby(school["date"].dt.to_period("M"))["order"].nunique()
chart, ax = plt.subplots()
ax.bar(n.index.astype(str), n.to_numpy(), color="gray")
ax.set_title("學校每個月的訂單")
ax.set_xlabel("月份")
ax.set_ylabel("訂單數（張）")

# %% 5.6 right
# did-en: A frame with one column, so the bars have a legend.
# did-zh: 用一欄的 DataFrame 畫，多了一個圖例。
orders = clean[clean["amount"] > 0].drop_duplicates("order")
orders = orders.join(customers["industry"], on="customer")
t = orders[orders["industry"] == "school"].groupby(orders["date"].dt.strftime("%Y-%m")).size()
t = t.to_frame("orders")
chart = t.plot(kind="bar", title="Schools: orders a month", xlabel="Month", ylabel="Orders")

# %% 5.7 wrong
# did-en: Wrote `>= 60`, so a customer away for exactly 60 days would get a letter too.
# did-zh: 寫成 `>= 60`，剛好 60 天沒買的客戶也會收到信。
# same-on-the-books: yes
quiet = january[january["recency_days"] >= 60]
summer = clean[(clean["amount"] > 0) & clean["date"].dt.strftime("%Y-%m").isin(["2020-08", "2020-09"])]
waiting = (customers.loc[quiet.index, "industry"] == "school") & quiet.index.isin(summer["customer"])
letters = quiet.index[~waiting].tolist()

# %% 5.7 wrong
# did-en: Joined the conditions with or: took off all schools, and everybody who bought in summer.
# did-zh: 兩個條件用「或」連起來，學校全拿掉，夏天買過的別種產業也拿掉了。
quiet = january[january["recency_days"] > 60].join(customers["industry"])
buys = clean[clean["amount"] > 0]
summer = buys[(buys["date"] >= "2020-08-01") & (buys["date"] < "2020-10-01")]["customer"].unique()
off = (quiet["industry"] == "school") | quiet.index.isin(summer)
letters = list(quiet[~off].index)

# %% 5.7 wrong
# did-en: Handed in the schools that were to be taken off, not those who get the letter.
# did-zh: 交出來的是該拿掉的學校，不是該收到信的人。
quiet = january[january["recency_days"] > 60].join(customers["industry"])
buys = clean[clean["amount"] > 0]
summer = buys[(buys["date"] >= "2020-08-01") & (buys["date"] < "2020-10-01")]["customer"].unique()
letters = list(quiet[(quiet["industry"] == "school") & quiet.index.isin(summer)].index)

# %% 5.7 wrong
# did-en: Took off only schools that bought in both months, August and September.
# did-zh: 只拿掉 8 月、9 月「兩個月都」買過的學校，題目是其中一個月就算。
buys = clean[clean["amount"] > 0]
month = buys["date"].dt.strftime("%Y-%m")
august = set(buys.loc[month == "2020-08", "customer"])
september = set(buys.loc[month == "2020-09", "customer"])
schools = set(customers.index[customers["industry"] == "school"])
quiet = set(january.index[january["recency_days"] > 60])
letters = sorted(quiet - (schools & august & september))

# %% 5.7 wrong
# did-en: Looked at the last purchase only: schools that bought in summer and once more later stay in.
# did-zh: 只看「最後一次」在不在 8、9 月，夏天買過、後來又買過的學校沒有拿掉。
past = clean[(clean["date"] < "2021-01-01") & (clean["amount"] > 0)]
last_month = past.groupby("customer")["date"].max().dt.month
quiet = january[january["recency_days"] > 60]
school = customers["industry"].reindex(quiet.index) == "school"
waiting = school & last_month.reindex(quiet.index).isin([8, 9])
letters = quiet[~waiting].index

# %% 5.7 wrong
# did-en: Two slips: the summer ends on 1 September, and 120 days stands where the task says 60.
# did-zh: 兩個錯：夏天只算到 9 月 1 日，九月幾乎都漏了；60 天又寫成課文的 120 天。
buys = clean[clean["amount"] > 0]
summer = buys[(buys["date"] >= "2020-08-01") & (buys["date"] <= "2020-09-01")]["customer"].unique()
quiet = january[january["recency_days"] > 120].index
schools = customers[customers["industry"] == "school"].index
letters = [c for c in quiet if not (c in schools and c in summer)]

# %% 5.7 right
# did-en: A set, not a list.
# did-zh: 用集合裝，沒有順序。
buys = clean[clean["amount"] > 0]
summer = set(buys[buys["date"].between("2020-08-01", "2020-09-30")]["customer"])
schools = set(customers.index[customers["industry"] == "school"])
letters = set(january.index[january["recency_days"] > 60]) - (schools & summer)

# %% 5.7 right
# did-en: The rows of january that remain, a DataFrame with the customers in its index.
# did-zh: 交的是 january 留下來的那幾列，客戶編號在索引裡。
quiet = january[january["recency_days"] > 60].join(customers["industry"])
buys = clean[clean["amount"] > 0]
buys = buys[buys["date"].dt.strftime("%Y%m").isin(["202008", "202009"])]
quiet["summer"] = quiet.index.isin(buys["customer"])
letters = quiet.query("not (industry == 'school' and summer)")

# %% 5.a wrong
# did-en: Used `>=`, so the customers at exactly 120 days would be counted as more than 120.
# did-zh: 用了 `>=`，剛好 120 天的客戶也算成「超過」。
# same-on-the-books: yes
n_silent = (rfm["recency_days"] >= 120).sum()

# %% 5.a wrong
# did-en: Took the mean of the True and False: a share of the customers, not a number.
# did-zh: 用 mean 算成占全部客戶的比例，題目要的是人數。
n_silent = (rfm["recency_days"] > 120).mean()

# %% 5.a wrong
# did-en: Counted order lines older than 120 days in the ledger, not customers by their last purchase.
# did-zh: 在帳冊裡數 120 天以前的列，不是看每位客戶的最後一次購買。
n_silent = ((TODAY - purchases["date"]).dt.days > 120).sum()

# %% 5.b wrong
# did-en: Took customers with a 5 in at least one of the three (any), not in all of them.
# did-zh: 用了 any，只要有一項 5 分就算，題目要三項都是 5 分。
champions = scores.index[(scores == 5).any(axis=1)]

# %% 5.b wrong
# did-en: Asked for a total of at least 14, so one measure may be a 4.
# did-zh: 看三項加起來 14 分以上，有一項 4 分的也放進來了。
champions = scores.index[scores.sum(axis=1) >= 14].tolist()

# %% 5.b right
# did-en: A tuple, picked by the total of 15.
# did-zh: 用總分 15 分挑，裝在 tuple 裡。
champions = tuple(scores[scores.sum(axis=1) == 15].index)

# %% 5.c wrong
# did-en: Left out a zero: the cut of M is 3,000, not 30,000.
# did-zh: M 的門檻少一個零，寫成 3,000 元，應該是 30,000 元。
house = rk.rfm_class(rk.high_low(rfm, cuts={"recency_days": 60, "frequency": 12, "monetary": 3000}))

# %% 5.c wrong
# did-en: Compared with `<` and `>`, so a customer exactly on a cut came out low.
# did-zh: 用 `<` 和 `>` 比，剛好在門檻上的客戶變成低。
hl = pd.DataFrame(
    {"R": rfm["recency_days"] < 60, "F": rfm["frequency"] > 12, "M": rfm["monetary"] > 30000}
)
house = rk.rfm_class(hl)

# %% 5.c wrong
# did-en: Took "once a month" as a cut of 1 for F, though F counts the whole year's orders (12).
# did-zh: 把「一個月一次」寫成 F 門檻 1，F 是一整年的次數，應該是 12。
my_cuts = {"recency_days": 60, "frequency": 1, "monetary": 30_000}
house = rk.rfm_class(rk.high_low(rfm, cuts=my_cuts))

# %% 5.c wrong
# did-en: Two slips: R compared with `>=`, so that many days are high, and 30 days for two months.
# did-zh: 兩個錯：R 用 `>=` 比，天數多的算高；兩個月又寫成 30 天。
house = rk.rfm_class(
    pd.DataFrame(
        {"R": rfm["recency_days"] >= 30, "F": rfm["frequency"] >= 12, "M": rfm["monetary"] >= 30_000}
    )
)
