# Chapter 9: answers that a stranger wrote from the exercise and the lesson alone.

# %% 9.1 wrong
# did-en: Reads all the CSV files into memory with pandas, though 12 GB of text will not fit into 16 GB.
# did-zh: 想用 pandas 把全部 CSV 讀進記憶體，12 GB 的文字檔在 16 GB 的電腦上放不下。
answer_9_1 = "b"

# %% 9.1 wrong
# did-en: Buys a Spark cluster, though the ledger still fits on one disk and one person works on it.
# did-zh: 要公司買 Spark 叢集，但帳冊一顆硬碟就放得下，也只有一個人在用。
answer_9_1 = "d"

# %% 9.1 right
# did-en: The right letter in full-width brackets, as a capital.
# did-zh: 字母正確，大寫、加全形括號。
answer_9_1 = "（C）"

# %% 9.2 wrong
# did-en: frequency counts the months in which the customer bought, and does not add up the orders.
# did-zh: frequency 數的是有買的月數，沒有把訂單數加起來。
all_rows = pd.concat(pieces)
year_table = all_rows.groupby("customer").agg(
    {"last_purchase": "max", "frequency": "count", "monetary": "sum"}
)
year_table["recency_days"] = (TODAY - year_table["last_purchase"]).dt.days

# %% 9.2 wrong
# did-en: The earliest of the months' last purchases was taken, not the latest.
# did-zh: 各月最後購買日取了最早的（min），應該取最晚的。
stacked = pd.concat(pieces)
year_table = stacked.groupby(level=0).agg(
    last_purchase=("last_purchase", "min"), frequency=("frequency", "sum"), monetary=("monetary", "sum")
)
year_table["recency_days"] = (TODAY - year_table["last_purchase"]).dt.days

# %% 9.2 wrong
# did-en: Days are counted to the last purchase in the books (31 March), not to TODAY: one day too few.
# did-zh: 天數算到帳上最後一筆購買（3 月 31 日），不是 TODAY，全部少一天。
year_table = pd.concat(pieces).groupby("customer").agg(
    {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
)
newest = year_table["last_purchase"].max()
year_table["recency_days"] = (newest - year_table["last_purchase"]).dt.days

# %% 9.2 wrong
# did-en: Months with only returns were dropped with dropna, and their negative amounts with them.
# did-zh: 先用 dropna 把只有退貨的月份刪掉，負的金額也跟著不見了。
rows = pd.concat([p.dropna() for p in pieces])
year_table = rows.groupby("customer").agg({"last_purchase": "max", "frequency": "sum", "monetary": "sum"})
year_table["recency_days"] = (TODAY - year_table["last_purchase"]).dt.days
# same-on-the-books: yes

# %% 9.2 wrong
# did-en: Only each customer's last month is kept (drop_duplicates), so orders and money are not the year's.
# did-zh: 用 drop_duplicates 只留下每位客戶最後一個月，訂單數和金額都不是一整年的。
t = pd.concat(pieces).reset_index().drop_duplicates("customer", keep="last").set_index("customer")
t["recency_days"] = (TODAY - t["last_purchase"]).dt.days
year_table = t

# %% 9.2 wrong
# did-en: Tables are added with +, so a customer who is missing in any month gets a blank in place of a sum.
# did-zh: 用 + 把表加起來，只要有一個月沒出現，那位客戶就變成空白，不是合計。
f = pieces[0]["frequency"]
m = pieces[0]["monetary"]
for p in pieces[1:]:
    f = f + p["frequency"]
    m = m + p["monetary"]
last = pd.concat(pieces).groupby("customer")["last_purchase"].max()
year_table = pd.DataFrame({"recency_days": (TODAY - last).dt.days, "frequency": f, "monetary": m})

# %% 9.2 wrong
# did-en: Two slips: monetary is the mean of the months and not their sum, and the days count today as well.
# did-zh: 兩處錯：monetary 取了各月的平均，不是合計；天數又多算了一天。
ways = {"last_purchase": "max", "frequency": "sum", "monetary": "mean"}
year_table = pd.concat(pieces).groupby("customer").agg(ways)
year_table["recency_days"] = (TODAY - year_table["last_purchase"]).dt.days + 1

# %% 9.2 right
# did-en: R is worked out for each month first and the smallest is taken; customer is a column.
# did-zh: 先算每個月的 R 再取最小的，customer 是欄位不是索引。
parts = [p.assign(recency_days=(TODAY - p["last_purchase"]).dt.days) for p in pieces]
year_table = (
    pd.concat(parts)
    .groupby("customer")
    .agg(monetary=("monetary", "sum"), recency_days=("recency_days", "min"), frequency=("frequency", "sum"))
    .reset_index()
)

# %% 9.2 right
# did-en: A loop over the pieces with dictionaries; frequency is a whole number, other columns as float.
# did-zh: 用字典和迴圈一張一張累加，frequency 是整數，其餘是浮點數。
last, orders, money = {}, {}, {}
for piece in pieces:
    for who, row in piece.iterrows():
        money[who] = money.get(who, 0.0) + row["monetary"]
        if pd.notna(row["last_purchase"]):
            last[who] = max(last.get(who, row["last_purchase"]), row["last_purchase"])
            orders[who] = orders.get(who, 0) + int(row["frequency"])
year_table = pd.DataFrame(
    {"frequency": pd.Series(orders), "recency_days": (TODAY - pd.Series(last)).dt.days.astype(float)}
)
year_table["monetary"] = pd.Series(money)

# %% 9.3 wrong
# did-en: A customer's day is taken for one order, so that two orders on one day become one.
# did-zh: 把同一位客戶同一天的訂單當成一張，一天下兩張單只算到一張。
n = len(pd.concat(files).drop_duplicates(["customer", "date"]))
counted = {"orders": n, "times": sum(t["order"].nunique() for t in files) / n}

# %% 9.3 wrong
# did-en: The ratio is turned round: the right number divided by the assistant's.
# did-zh: 倍數除反了，用正確的張數去除以助理的數字。
right = pd.concat(files)["order"].nunique()
reported = sum(t["order"].nunique() for t in files)
counted = {"orders": right, "times": right / reported}

# %% 9.3 wrong
# did-en: Returns are counted too: the orders come from ledger and not from the purchases.
# did-zh: 連退貨單也數了：用的是 ledger，不是只有購買。
right = ledger["order"].nunique()
assistant = sum(t["order"].nunique() for t in files)
counted = {"orders": right, "times": assistant / right}

# %% 9.3 wrong
# did-en: times says how much too many (the ratio less 1), not how many times.
# did-zh: times 給的是多報了幾成（比值減 1），不是幾倍。
right = len(set().union(*[set(t["order"]) for t in files]))
assistant = sum(t["order"].nunique() for t in files)
counted = {"orders": right, "times": (assistant - right) / right}

# %% 9.3 wrong
# did-en: The assistant's own number is given as the right one, so that the ratio is 1.
# did-zh: 把助理加總的數字當成正確張數，倍數就變成 1。
right = 0
for t in files:
    right = right + t["order"].nunique()
counted = {"orders": right, "times": right / sum(t["order"].nunique() for t in files)}

# %% 9.3 wrong
# did-en: Two slips: customers are counted in place of orders, and the ratio is rounded to a whole number.
# did-zh: 兩處錯：數的是客戶不是訂單；倍數又四捨五入成整數。
right = pd.concat(files)["customer"].nunique()
assistant = sum(t["order"].nunique() for t in files)
counted = {"orders": right, "times": round(assistant / right)}

# %% 9.3 right
# did-en: A Series; the orders from DuckDB as a float, the ratio rounded to four decimals.
# did-zh: 答案是 Series：訂單數由 DuckDB 數、是浮點數，倍數四捨五入到四位。
import duckdb

stacked = pd.concat(files)
n = duckdb.sql('SELECT COUNT(DISTINCT "order") FROM stacked').fetchall()[0][0]
reported = sum(len(t["order"].unique()) for t in files)
counted = pd.Series({"times": round(reported / n, 4), "orders": float(n)})

# %% 9.4 wrong
# did-en: The mean of the gaps in place of their median.
# did-zh: 用了間隔的平均數，不是中位數。
v = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
v["gap"] = (v["date"] - v.groupby("customer")["date"].shift()).dt.days
t = v.groupby("customer").agg(
    visits=("date", "size"), usual=("gap", "mean"), last=("date", "max")
)
silent = (TODAY - t["last"]).dt.days
overdue = t.index[(t["visits"] >= 4) & (silent > 3 * t["usual"]) & (silent <= 60)].tolist()

# %% 9.4 wrong
# did-en: Two orders on one day count as two visits with a gap of 0: repeated days were not dropped.
# did-zh: 同一天的兩張訂單算成來兩次、間隔 0 天，沒有先去掉重複的日子。
v = bought.drop_duplicates(["customer", "order"]).sort_values(["customer", "date"])
v = v.assign(gap=(v["date"] - v.groupby("customer")["date"].shift()).dt.days)
t = v.groupby("customer").agg(visits=("date", "size"), usual=("gap", "median"), last=("date", "max"))
silent = (TODAY - t["last"]).dt.days
overdue = t.index[(t["visits"] >= 4) & (silent > 3 * t["usual"]) & (silent <= 60)].tolist()

# %% 9.4 wrong
# did-en: At least four gaps, which is five visits; four visits are enough.
# did-zh: 要求至少四個間隔，等於要來五次；來四次就夠了。
v = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
v["gap"] = v.groupby("customer")["date"].diff().dt.days
g = v.groupby("customer")["gap"].agg(["count", "median"])
silent = (TODAY - v.groupby("customer")["date"].max()).dt.days
overdue = g.index[(g["count"] >= 4) & (silent > 3 * g["median"]) & (silent <= 60)]

# %% 9.4 wrong
# did-en: The 60 days are left out, so that those the manager knows about already are on the list.
# did-zh: 漏了 60 天的條件，經理已經知道的人也在名單上。
v = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
v["gap"] = v.groupby("customer")["date"].diff().dt.days
g = v.groupby("customer").agg(n=("date", "size"), usual=("gap", "median"))
overdue = g.index[(g["n"] >= 4) & (rfm["recency_days"] > 3 * g["usual"])].tolist()

# %% 9.4 wrong
# did-en: Compares with the customer's longest gap, as the lesson does, not with 3 times the median.
# did-zh: 照課文和自己最長的間隔比，這一題是中位數的 3 倍。
v = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
v["gap"] = v.groupby("customer")["date"].diff().dt.days
pace = v.groupby("customer").agg(visits=("date", "size"), longest=("gap", "max"), last=("date", "max"))
silent = (TODAY - pace["last"]).dt.days
overdue = pace.index[(pace["visits"] >= 4) & (silent > pace["longest"]) & (silent <= 60)].tolist()

# %% 9.4 wrong
# did-en: The gaps run on from one customer to the next: shift() without groupby.
# did-zh: 用 shift() 沒有先 groupby，間隔跨到了別的客戶。
v = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
v["gap"] = (v["date"] - v["date"].shift()).dt.days
t = v.groupby("customer").agg(n=("date", "size"), usual=("gap", "median"), last=("date", "max"))
silent = (TODAY - t["last"]).dt.days
overdue = t.index[(t["n"] >= 4) & (silent > 3 * t["usual"]) & (silent <= 60)].tolist()

# %% 9.4 wrong
# did-en: Just 3 times the median counts too: >= where more than 3 times is asked for.
# did-zh: 剛好 3 倍也算進去了：用了 >=，題目是大於。
v = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
v["gap"] = (v["date"] - v.groupby("customer")["date"].shift()).dt.days
t = v.groupby("customer").agg(n=("date", "size"), usual=("gap", "median"), last=("date", "max"))
silent = (TODAY - t["last"]).dt.days
overdue = t.index[(t["n"] >= 4) & (silent >= 3 * t["usual"]) & (silent <= 60)].tolist()

# %% 9.4 wrong
# did-en: Two slips: returns count as visits (ledger), and more than 4 visits are asked for.
# did-zh: 兩處錯：用 ledger，退貨也算來過；又要求超過 4 次。
v = ledger[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
v["gap"] = (v["date"] - v.groupby("customer")["date"].shift()).dt.days
t = v.groupby("customer").agg(n=("date", "size"), usual=("gap", "median"), last=("date", "max"))
silent = (TODAY - t["last"]).dt.days
overdue = t.index[(t["n"] > 4) & (silent > 3 * t["usual"]) & (silent <= 60)].tolist()

# %% 9.4 right
# did-en: A loop with numpy over each customer's days; the answer is a set.
# did-zh: 用迴圈和 numpy 一位一位算，答案是 set。
import numpy as np

overdue = set()
for who, days in bought.groupby("customer")["date"]:
    days = np.sort(days.dt.normalize().unique())
    if len(days) < 4:
        continue
    gaps = np.diff(days) / np.timedelta64(1, "D")
    wait = (TODAY - pd.Timestamp(days[-1])) / pd.Timedelta(days=1)
    if wait > 3 * np.median(gaps) and not wait > 60:
        overdue.add(who)

# %% 9.4 right
# did-en: From DuckDB with LAG and MEDIAN; the answer is a table with a column customer.
# did-zh: 用 DuckDB 的 LAG 和 MEDIAN 算，答案是有 customer 欄的表。
import duckdb

overdue = duckdb.sql("""
WITH v AS (SELECT DISTINCT customer, date AS day FROM bought),
g AS (SELECT customer, day,
      date_diff('day', LAG(day) OVER (PARTITION BY customer ORDER BY day), day) AS gap FROM v)
SELECT customer FROM g GROUP BY customer
HAVING COUNT(*) >= 4
   AND date_diff('day', MAX(day), TIMESTAMP '2021-04-01') > 3 * MEDIAN(gap)
   AND date_diff('day', MAX(day), TIMESTAMP '2021-04-01') <= 60
""").df()

# %% 9.5 wrong
# did-en: Only last_purchase was put right; seen orders count twice, and mean_order is a mean of means.
# did-zh: 只把最後購買日改成 max；數過的訂單還是再數一次，mean_order 也還是平均的平均。
def update(table, seen, rows):
    buys = rows[rows["amount"] > 0]
    batch = pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": buys.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )
    batch["mean_order"] = batch["monetary"] / batch["frequency"]
    ways = {"last_purchase": "max", "frequency": "sum", "monetary": "sum", "mean_order": "mean"}
    merged = pd.concat([table, batch]).groupby("customer").agg(ways)
    merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
    return merged


mended = update

# %% 9.5 wrong
# did-en: The mean order is still a mean of two means; the last purchase and the orders are right.
# did-zh: mean_order 還是兩個平均的平均；最後購買日和訂單數都改對了。
def update(table, seen, rows):
    buys = rows[rows["amount"] > 0]
    fresh = buys[~buys["order"].isin(seen)]
    batch = pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": fresh.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )
    batch["mean_order"] = batch["monetary"] / batch["frequency"]
    ways = {"last_purchase": "max", "frequency": "sum", "monetary": "sum", "mean_order": "mean"}
    merged = pd.concat([table, batch]).groupby("customer").agg(ways)
    merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
    return merged


mended = update

# %% 9.5 wrong
# did-en: Late rows of seen orders are thrown away altogether, and their money with them.
# did-zh: 數過的訂單晚到的列整列丟掉，那些錢也沒有加進來。
def update(table, seen, rows):
    rows = rows[~rows["order"].isin(seen)]
    buys = rows[rows["amount"] > 0]
    batch = pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": buys.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )
    ways = {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
    merged = pd.concat([table, batch]).groupby("customer").agg(ways)
    merged["mean_order"] = merged["monetary"] / merged["frequency"]
    merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
    return merged


mended = update

# %% 9.5 wrong
# did-en: The order numbers in seen are not looked at, so an order whose rows arrive late counts twice.
# did-zh: 沒有用到 seen，晚到的列讓同一張訂單數了兩次；其他兩處都改對了。
def update(table, seen, rows):
    buys = rows[rows["amount"] > 0]
    batch = pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": buys.groupby("customer")["order"].nunique(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )
    ways = {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
    merged = pd.concat([table, batch]).groupby("customer").agg(ways)
    merged["mean_order"] = merged["monetary"] / merged["frequency"]
    merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
    return merged


mended = update

# %% 9.5 wrong
# did-en: New orders are counted by rows (count), not as different orders (nunique).
# did-zh: 新訂單用 count 數列數，不是用 nunique 數不同的訂單。
def update(table, seen, rows):
    buys = rows[rows["amount"] > 0]
    fresh = buys[~buys["order"].isin(seen)]
    batch = pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": fresh.groupby("customer")["order"].count(),
            "monetary": rows.groupby("customer")["amount"].sum(),
        }
    )
    merged = pd.concat([table, batch]).groupby("customer").agg(
        {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
    )
    merged["mean_order"] = merged["monetary"] / merged["frequency"]
    merged["recency_days"] = (TODAY - merged["last_purchase"]).dt.days
    return merged


mended = update

# %% 9.5 wrong
# did-en: Two slips: returns are left out of the money, and days run to the last purchase in the table.
# did-zh: 兩處錯：金額沒有算退貨；天數又算到表上最後一次購買，不是 TODAY。
def update(table, seen, rows):
    buys = rows[rows["amount"] > 0]
    fresh = buys[~buys["order"].isin(seen)]
    batch = pd.DataFrame(
        {
            "last_purchase": buys.groupby("customer")["date"].max(),
            "frequency": fresh.groupby("customer")["order"].nunique(),
            "monetary": buys.groupby("customer")["amount"].sum(),
        }
    )
    merged = pd.concat([table, batch]).groupby("customer").agg(
        {"last_purchase": "max", "frequency": "sum", "monetary": "sum"}
    )
    merged["mean_order"] = merged["monetary"] / merged["frequency"]
    merged["recency_days"] = (merged["last_purchase"].max() - merged["last_purchase"]).dt.days
    return merged


mended = update

# %% 9.5 right
# did-en: An outer join in place of concat, with customer as a column of the result.
# did-zh: 用 outer join 代替 concat，結果的 customer 是欄位。
def update(table, seen, rows):
    is_buy = rows["amount"] > 0
    last = rows[is_buy].groupby("customer")["date"].max().rename("new_last")
    orders = rows[is_buy & ~rows["order"].isin(seen)].groupby("customer")["order"].nunique()
    money = rows.groupby("customer")["amount"].sum()
    t = table.join([last, orders.rename("new_orders"), money.rename("new_money")], how="outer")
    t["last_purchase"] = t[["last_purchase", "new_last"]].max(axis=1)
    t["frequency"] = t["frequency"].fillna(0) + t["new_orders"].fillna(0)
    t["monetary"] = t["monetary"].fillna(0) + t["new_money"].fillna(0)
    t["mean_order"] = t["monetary"] / t["frequency"]
    t["recency_days"] = (TODAY - t["last_purchase"]).dt.days
    out = t[["recency_days", "frequency", "monetary", "mean_order"]]
    return out.rename_axis("customer").reset_index()


mended = update

# %% 9.6 wrong
# did-en: Who stands exactly on the upper amount is in, and gets a letter for certain: <= in place of <.
# did-zh: 剛好等於上面那個金額的人也算進去了（<=），他其實一定收得到。
low, high = rfm["monetary"].quantile([0.78, 0.82], interpolation="lower")
unsure = rfm.index[(rfm["monetary"] >= low) & (rfm["monetary"] <= high)]

# %% 9.6 wrong
# did-en: Who stands exactly on the lower amount is left out, though the cut may be that amount or above.
# did-zh: 剛好等於下面那個金額的人被漏掉了（>），門檻剛好在那裡他就收得到，高一點就收不到。
low, high = rfm["monetary"].quantile([0.78, 0.82], interpolation="lower")
unsure = rfm[(rfm["monetary"] > low) & (rfm["monetary"] < high)].index.tolist()

# %% 9.6 wrong
# did-en: Everybody at or above the lower amount, though those above the upper one get a letter for certain.
# did-zh: 取了下面那個金額以上的全部，超過上面金額的人其實一定收得到。
cuts = rfm["monetary"].quantile([0.78, 0.82], interpolation="lower")
unsure = rfm.index[rfm["monetary"] >= cuts[0.78]].tolist()

# %% 9.6 wrong
# did-en: The complement: everybody for whom it is certain, one way or the other.
# did-zh: 給成相反的人：一定收得到和一定收不到的人。
low, high = rfm["monetary"].quantile([0.78, 0.82], interpolation="lower")
unsure = rfm.index[(rfm["monetary"] < low) | (rfm["monetary"] >= high)].tolist()

# %% 9.6 wrong
# did-en: Customers with monetary within 2% of the 80% amount, in place of places between 78% and 82%.
# did-zh: 取的是金額在 80% 門檻上下 2% 以內的人，不是位置在 78% 到 82% 之間的人。
cut = rfm["monetary"].quantile(0.8, interpolation="lower")
unsure = rfm.index[rfm["monetary"].between(cut * 0.98, cut * 1.02)].tolist()

# %% 9.6 wrong
# did-en: Two slips: frequency in place of monetary, and the upper edge is included.
# did-zh: 兩處錯：用了 frequency 而不是 monetary；上面的邊界又算進去了。
low, high = rfm["frequency"].quantile([0.78, 0.82], interpolation="lower")
unsure = rfm.index[rfm["frequency"].between(low, high)].tolist()

# %% 9.6 right
# did-en: between with the left edge only; the answer is a Series with the customers as its index.
# did-zh: 用只含左邊界的 between，答案是以客戶為索引的 Series。
m = rfm["monetary"]
edges = m.quantile([0.78, 0.82], interpolation="lower").to_list()
unsure = m[m.between(*edges, inclusive="left")]

# %% 9.a wrong
# did-en: The ratio is turned round: customers for a row.
# did-zh: 除反了，算成一列有幾位客戶。
shrinks = 400_000 / 50_000_000

# %% 9.a wrong
# did-en: The rows a customer has in the chain made up in the lesson, not in head office's 50 million.
# did-zh: 用的是課文自己做的連鎖帳冊，不是總部的 5,000 萬列。
shrinks = len(chain) / len(rfm)

# %% 9.a right
# did-en: The quotient of two numbers in scientific notation, as a numpy float.
# did-zh: 用科學記號寫的兩個數相除，是 numpy 的浮點數。
import numpy as np

shrinks = np.float64(5e7) / np.float64(4e5)

# %% 9.b wrong
# did-en: Adds date, which M does not need.
# did-zh: 多讀了日期，算 M 用不到。
columns_for_m = "abg"

# %% 9.b wrong
# did-en: Quantity and unit price are read in place of amount: one column more than needed.
# did-zh: 讀了數量和單價來相乘，而不是直接讀金額，多讀一欄。
columns_for_m = "aef"

# %% 9.b right
# did-en: The right letters with a comma, the other way round.
# did-zh: 字母正確，順序相反、中間有逗號。
columns_for_m = "g, a"

# %% 9.c wrong
# did-en: The rows that have a gap, not those where it is blank.
# did-zh: 數的是有間隔的列，不是空白的列。
blank_gaps = gaps["gap"].count()

# %% 9.c wrong
# did-en: The customers of one shop only, though all 20 shops are in gaps.
# did-zh: 只數了一家店的客戶，gaps 裡有 20 家店。
blank_gaps = gaps[gaps["customer"].str.startswith("S01-")]["customer"].nunique()

# %% 9.d wrong
# did-en: The right number of customers itself, not how many times too many was reported.
# did-zh: 給的是正確的客戶數，沒有再算報成了幾倍。
times_too_many = chain["customer"].nunique()

# %% 9.d wrong
# did-en: Divided by twelve months, not by the right number of customers.
# did-zh: 除以 12 個月，不是除以正確的客戶數。
times_too_many = reported / 12

# %% 9.d right
# did-en: Worked out by DuckDB, rounded to three decimals.
# did-zh: 用 DuckDB 數客戶，倍數四捨五入到三位。
people = duckdb.sql("SELECT COUNT(DISTINCT customer) FROM books").fetchall()[0][0]
times_too_many = round(reported / people, 3)

# %% 9.e wrong
# did-en: Those still there in the sample, not those who are missing.
# did-zh: 數的是樣本裡還在的客戶，不是不見的。
vanished = len(from_rows)

# %% 9.e wrong
# did-en: Nine tenths of the customers, as if a tenth of the rows held a tenth of the customers.
# did-zh: 直接取客戶數的九成，以為抽一成的列就只剩一成的客戶。
vanished = round(len(rfm) * 0.9)

# %% 9.e right
# did-en: A sum of True and False, as a numpy number.
# did-zh: 用 isin 的反面加總，是 numpy 的整數。
vanished = (~rfm.index.isin(from_rows.index)).sum()
