# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 3 章　客戶價值金字塔
#
# [English edition](../en/03_value_pyramid.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 從四本帳算出每位客戶的價值指標，空白各有交代
# > 2. 把單位不同的指標換成 0 到 100 分，方向正確
# > 3. 加權成一個分數，用固定門檻與「前 20%」各分一次，說出差在哪裡
# > 4. 走完金字塔的四個步驟：畫圖、列名單、看分布、看組成
# > 5. 檢查權重一變誰會換位子，並替賠錢的客戶想三種做法
# >
# > 閱讀與試做 45 分鐘（第 {section reference} 節備查，不算在內），[練習](../../exercises/zh-TW/03_value_pyramid.ipynb)另計。先讀過[從這裡開始](00_start.ipynb)和[第 1 章](01_concepts.ipynb)。
# > 資料：`data/` 裡的客戶年報、年度交易、付款記錄、聯絡記錄，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 3: the customer value pyramid
#
# [中文版](../zh-TW/03_value_pyramid.ipynb)
#
# > **After this chapter you can**
# > 1. build indicators of value from four books, and account for every blank
# > 2. turn indicators in different units into points from 0 to 100, the right way round
# > 3. weigh them into one score, tier it by a fixed cut and by “the top 20%”, and say how the two differ
# > 4. take the four steps into a pyramid: draw it, list a layer, see its spread, see who is in it
# > 5. find out whom a change of weights would move, and weigh three ways to treat a customer who costs money
# >
# > 45 minutes to read and try (without section {section reference}, which is for reference); then comes the
# > [exercise](../../exercises/en/03_value_pyramid.ipynb). You need
# > [Start here](00_start.ipynb) and [chapter 1](01_concepts.ipynb). Data: four of the firm’s books in `data/`,
# > [what their columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 上一章依利潤排名，經理看了名單，卻皺起眉頭：
#
# > C220 的利潤排第五，沒錯。可是這家公司付款總是拖，動不動就打電話來抱怨。利潤只是**一個**數字。
# > 付得慢的、常抱怨的，還有現在不大、明年可能變大的，該怎麼算進去？
#
# 這一章的做法來自一本中國教科書的〈客戶價值的金字塔〉：把許多指標加權成一個分數，再把客戶疊成一座金字塔。
# 書上的權重和幾張圖表已經遺失；教材自己補上的，會在旁邊註明。
#
# **先猜再算。** 利潤最高的 20% 有 65 位客戶（最後兩位同分）。把付款、客訴、展望也算進去以後，這 65 位有幾位還在前 20%？
# 把 `None` 換成你猜的數字，第 {section four_steps} 節對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# The last chapter ranked customers by profit. The manager reads the list and frowns:
#
# > C220 is fifth by profit, I know. But they always pay late, and they keep ringing up to complain. Profit is
# > **one** number. What of those who pay late, complain, or are about to grow?
#
# The method of this chapter comes from “The customer value pyramid”, a section of a Chinese textbook: weigh many
# indicators into one score, then stack the customers into a pyramid. Some of its figures are lost, and its
# weights too. Wherever the kit fills such a gap, it says so.
#
# **Guess before you compute.** The top 20% by profit are 65 customers (the last two are level). Once payment,
# complaints and prospects count too, how many of the 65 are still in the top 20%? Replace the `None` with
# your number. Section {section four_steps} has the answer.

# %% name="guess"
my_guess = None

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")

TODAY = pd.Timestamp("2021-04-01")

# %% [markdown] lang="zh-TW"
# ## {section four_books}　四本帳，一張表
#
# 教科書把客戶的價值指標分成四類。旭東的四本帳剛好各管一類：
#
# | 類別 | 指標 | 從哪一本來 |
# |---|---|---|
# | 交易 | 次數、金額、利潤、毛利率、平均與最大單筆、退貨次數與金額、往來多久、交易週期、**預期銷售額** | 客戶年報、年度交易 |
# | 財務 | 最大與平均收款、平均收款天數、平均欠款、欠款率 | 付款記錄 |
# | 聯絡 | 任務、表揚、客訴、建議的次數與比例 | 聯絡記錄 |
# | 特徵 | 規模、資本額、區域、產業、年銷售額、是否上市 | 客戶年報 |
#
# 先把四本帳打開。（`clean_transactions` 逐列檢查交易能不能用；這本帳冊很乾淨，未採用的 `left_out` 是 0 列。）

# %% [markdown] lang="en"
# ## {section four_books} Four books, one table
#
# The textbook sorts indicators of value into four families. As it happens, Xudong has a book for each:
#
# | family | indicators | book |
# |---|---|---|
# | transaction | orders, amount, profit, gross margin, mean and largest order, returns by count and amount, years as a customer, days between orders, **forecast sales** | 客戶年報 (customers of the year), 年度交易 (the year’s ledger) |
# | finance | largest and mean receipt, mean days to pay, mean overdue, overdue rate | 付款記錄 (payments) |
# | contact | tasks, compliments, complaints, suggestions: counts and ratios | 聯絡記錄 (contacts) |
# | profile | size, capital, region, industry, yearly sales, listed or not | 客戶年報 |
#
# First open the four. (`clean_transactions` returns the orders, cleaned, and the lines it left out: none here.)

# %% name="load"
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
payments = rk.load_table(rk.data_file("付款記錄.csv"))
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
print(len(customers), len(clean), len(payments), len(contacts))

# %% name="claim_load" claims=true
assert len(left_out) == 0

# %% [markdown] lang="zh-TW"
# 320 位客戶、7,105 列交易、3,146 張發票、1,090 次聯絡。先看經理說的 C220：
#
# > **怎麼讀這段程式**
# > - `表["欄"]` 取一欄；`表.loc[列, 欄]` 同時挑列和欄，方括號裡再放一層 `[ ]`，就是一份名單。
# > - `==` 逐列問「等不等於」，得到一串 `True`／`False`；`表[條件]` 只留下 `True` 的列。
# > - `.tail(6)` 取最後六列。`assert` 是教材的自我檢查，不必照抄。

# %% [markdown] lang="en"
# 320 customers, 7,105 lines of orders, 3,146 invoices, 1,090 contacts. Now for the manager’s C220:
#
# > **Reading the code**
# > - `table["column"]` picks a column; `table.loc[rows, columns]` picks both; an inner pair of `[ ]` makes a list.
# > - `==` asks every row “equal?” and gives `True` or `False`; `table[condition]` keeps the rows with `True`.
# > - `.tail(6)` takes the last six rows. `assert` is the kit checking itself; you need not write any.

# %% name="one_customer"
rk.pretty(customers.loc[["C220"], ["region", "industry", "order_count", "revenue", "profit"]])

# %% name="claim_one_customer" claims=true
assert customers["profit"].rank(ascending=False)["C220"] == 5

# %% name="one_customer_invoices"
one = payments[payments["customer"] == "C220"]
rk.pretty(one[["order", "invoice_amount", "due_date", "paid_date", "late_reason"]].tail(6))

# %% name="claim_one_customer_invoices" claims=true
assert len(one) == 20

# %% [markdown] lang="zh-TW"
# 20 張發票，一張訂單一張。有幾張**逾期**？逾期有兩種，要分開問：
#
# - 付了，但付款日期**晚於**應付日期；
# - 還沒付，而且應付日期**已經過了**。還沒付、也還沒到期的，不能算人家逾期。
#
# `.isna()` 問「這格是不是空白」，`&` 是「而且」，`.sum()` 數有幾個 `True`。空白的日期跟誰比都是 `False`，所以第二種一定要另外問。

# %% [markdown] lang="en"
# Twenty invoices, one for each order (the last six are shown). How many were **late**? There are two ways of
# being late:
#
# - paid, but **after** the due date;
# - not paid, with the due date **already past**. An invoice that is unpaid and not due yet is nobody’s fault.
#
# `.isna()` asks “is this cell blank?”, `&` means “and”, `.sum()` counts the `True`s. Any comparison with a
# blank date gives `False`, which is why the second kind needs a question of its own.

# %% name="late_by_hand"
paid_late = one["paid_date"] > one["due_date"]
still_owing = one["paid_date"].isna() & (one["due_date"] < TODAY)
complained = (contacts["customer"] == "C220") & (contacts["kind"] == "complaint")
print(paid_late.sum(), still_owing.sum(), complained.sum())

# %% name="claim_late_by_hand" claims=true
assert (paid_late.sum(), still_owing.sum(), complained.sum()) == (8, 0, 7)

# %% [markdown] lang="zh-TW"
# 印出來的依序是：付得晚 8 張，過期未付 0 張，一年抱怨 7 次。經理沒有冤枉人。不過「付得慢」不一定全是客戶的錯：
# 把 20 張都攤開來看，8 次逾期裡有一次是貨品有爭議，一次是**我方帳單有誤**。
#
# > **試一試　3.a**　全公司的 3,146 張發票，到今天為止有幾張逾期？

# %% [markdown] lang="en"
# Eight of the 20 were paid late, none is overdue and unpaid, and there were seven complaints in the year. So
# the manager has a point. But look at the reasons: of the eight, one was a dispute about the goods, and one
# was **an error in our own invoice**. “Pays late” is not always the customer’s doing. Chapter 1 took such
# invoices out; this chapter leaves them in, to keep the code short, and says so in its limits.
#
# > **Try it: 3.a.** Of the firm’s 3,146 invoices, how many are late as of today?

# %% name="try_a"
n_late = ...
check("3.a", n_late)

# %% [markdown] lang="zh-TW"
# 320 位客戶不必算 320 遍。`groupby("customer")` 把同一位客戶的列放在一起；`True` 當 1、`False` 當 0，
# 所以一串 `True`／`False` 的**平均數**就是逾期的**比率**。
# `|` 是「或」，`.notna()` 是「不是空白」；`.assign` 多加一欄，做成新表；`.rename` 替算好的這一欄取名字。
#
# 分母只放**已有結果**的發票：付清的，或者已經過期的。

# %% [markdown] lang="en"
# Now all 320 customers at once: `groupby("customer")` puts each customer’s rows together. `True` counts as 1 and
# `False` as 0, so the **mean** of such a column is a **rate**. `|` means “or”; `.notna()` is the opposite of `.isna()`;
# `.assign` makes a new table with one column more; `.rename` gives the result a name.
#
# We divide only by the invoices **whose outcome is known**: paid, or past their due date.

# %% name="overdue_rate"
late = (payments["paid_date"] > payments["due_date"]) | (
    payments["paid_date"].isna() & (payments["due_date"] < TODAY)
)
known = payments["paid_date"].notna() | (payments["due_date"] < TODAY)
settled = payments.assign(late=late)[known]
overdue_rate = settled.groupby("customer")["late"].mean().rename("overdue_rate")
print(len(settled), len(overdue_rate), overdue_rate["C220"])

# %% name="claim_overdue_rate" claims=true
assert (len(settled), len(overdue_rate), overdue_rate["C220"]) == (2990, 317, 0.4)

# %% [markdown] lang="zh-TW"
# C220 的逾期率是 40%。（這裡照教科書，凡是逾期都算；第 1 章的準時率先扣掉了我方的錯，還沒到期的也算準時，所以兩章的數字不同。）
# 注意只有 317 位有答案：另外三位的發票全都還沒到期。他們不是零，是**還不知道**。
#
# 另一個財務指標是**收款天數**：從下單到付款幾天？下單日在交易帳裡，付款日在付款記錄裡，要靠訂單編號 `order` 接起來。
# `merge(…, on="order", how="left")`：左邊的表每一列都留著，到右邊找同一個編號，把資料抄過來。`.dt.days` 取天數。

# %% [markdown] lang="en"
# C220’s overdue rate is 40%. Note that only 317 customers have one: the other three have no invoice due yet.
# Their rate is not zero; it is **not known**.
#
# Another indicator of the finance family is the **days to pay**, from order to payment. The first date is in
# the ledger, the second in the payments, and the order number `order` links them.
# `merge(…, on="order", how="left")` keeps every row of the left table, finds the same number on the right,
# and copies what stands there. `.dt.days` takes the days.

# %% name="days_to_pay"
ordered = clean.groupby("order")["date"].min().rename("ordered")
paid = payments.merge(ordered, on="order", how="left")
paid = paid.assign(days=(paid["paid_date"] - paid["ordered"]).dt.days)
days_to_pay = paid.groupby("customer")["days"].mean()
print(days_to_pay["C220"], days_to_pay.median())

# %% name="claim_days_to_pay" claims=true
assert len(paid) == len(payments)
assert paid["ordered"].notna().all()
assert (round(days_to_pay["C220"]), days_to_pay.median()) == (54, 26.5)

# %% [markdown] lang="zh-TW"
# C220 平均 54 天付款，中間的客戶 26.5 天。拖到現在還沒付的發票不在平均裡，所以真相還要更慢一點。
# 收款天數和逾期率說的是同一件事，都放進分數，等於把「付款」算兩次。這一章只用逾期率。
#
# 聯絡記錄呢？`size()` 數每一組有幾列，`unstack` 把聯絡類型攤成一欄一欄：

# %% [markdown] lang="en"
# C220 takes 54 days on average, the middle customer 26.5. The mean sees paid invoices only; those still
# unpaid are not in it, so it flatters. Days to pay and overdue rate tell much the same story: put both into a
# score, and payment counts twice. This chapter uses the overdue rate alone.
#
# And the contacts? `size()` counts the rows of each group, and `unstack` spreads the kinds into columns:

# %% name="contact_counts"
counts = contacts.groupby(["customer", "kind"]).size().unstack(fill_value=0)
rk.pretty(counts.loc[["C220", "C003"]])

# %% name="claim_contact_counts" claims=true
assert (len(counts), counts.loc["C220", "complaint"]) == (290, 7)

# %% [markdown] lang="zh-TW"
# 欄名是類型的代碼：`complaint` 客訴、`compliment` 表揚、`suggestion` 建議、`task` 拜訪與來電。
#
# 可是只有 290 位。另外 30 位整年沒有聯絡記錄，**沒有記錄就是 0 次**，和上面「還不知道」的三位不同。
# 用 `join` 依客戶編號把幾塊接成一張表（預設左邊的客戶全部留下），再用 `fillna(0)` 把客訴的空白補成 0：

# %% [markdown] lang="en"
# The columns are the codes of the kinds: `complaint`, `compliment`, `suggestion`, and `task` for visits and calls.
#
# But `counts` has only 290 customers. The other 30 had no contact all year, and here **no record means 0**, unlike the
# three above, whose rate is not known. `join` puts the pieces together by customer (everybody on the left stays),
# and `fillna(0)` turns the blanks of the complaints into 0:

# %% name="join"
table = customers[["profit", "forecast_amount"]].join(overdue_rate)
table = table.join(counts["complaint"].rename("complaint_count"))
table = table.join(customers["company_size"])
blanks = table.isna().sum()
table["complaint_count"] = table["complaint_count"].fillna(0)
rk.pretty(table.loc[["C220", "C336", "C393"]])

# %% name="claim_join" claims=true
assert (blanks["overdue_rate"], blanks["complaint_count"], len(table)) == (3, 30, 320)

# %% [markdown] lang="zh-TW"
# 四類指標各有代表：利潤與預期銷售額（交易）、逾期率（財務）、客訴次數（聯絡）、公司規模（特徵）。
# 選哪五個由教材決定；教科書列了大約三十個，用不著全放。（逾期率在教科書裡叫「平均欠款率」。）
#
# > **每一個空白都要問**：是「零」、是「還不知道」，還是「資料掉了」？三種補法不同，補錯了不會有錯誤訊息。

# %% [markdown] lang="en"
# Each family has a say: profit and forecast (transaction), overdue rate (finance), complaints (contact), company size,
# in employees (profile). The five are the kit’s choice; the textbook lists about thirty, and nobody needs them all.
#
# > **Question every blank.** Is it a zero, is it not known yet, or has something been lost? Each needs a
# > different treatment, and the wrong one gives no error message.

# %% [markdown] lang="zh-TW"
# ## {section one_scale}　元、次、%，怎麼相加？
#
# 利潤是元，客訴是次，不能直接相加。先換成同一把尺：0 分最差，100 分最好。教科書沒有說怎麼換，教材提供兩種。
#
# 第一種看**名次**：有多少比例的**其他**客戶不如你。`rank()` 由小到大排名次，同分的人平分名次：

# %% [markdown] lang="en"
# ## {section one_scale} Money, counts, percentages: how to add them?
#
# Profit is money and complaints are a count; you can’t add them. Put them on one scale first: 0 points for the
# worst, 100 for the best. The textbook does not say how. The kit offers two ways.
#
# The first goes by **place**: what share of the **other** customers is worse than you? `rank()` numbers the values
# from the smallest, and equal ones share a place:

# %% name="points_by_hand"
place = table["profit"].rank()
by_hand = 100 * (place - 1) / (len(table) - 1)
profit_points = rk.to_points(table["profit"])
print(round(by_hand["C220"], 1), by_hand.min(), by_hand.max())

# %% name="claim_points_by_hand" claims=true
assert (profit_points - by_hand).abs().max() < 1e-9
assert round(by_hand["C220"], 1) == 98.7

# %% [markdown] lang="zh-TW"
# C220 的利潤得 98.7 分。`rk.to_points` 算出來一模一樣。第二種看**距離**：最差的放 0，最好的放 100，其他人照比例：

# %% [markdown] lang="en"
# C220’s profit is worth 98.7 points, and `rk.to_points` gives the same. The second way goes by **distance**: the
# worst at 0, the best at 100, everybody else in proportion:

# %% name="minmax"
minmax = rk.to_points(table["profit"], method="minmax")
print(round(minmax.median()), round(minmax["C220"]), (minmax < 20).sum())

# %% name="claim_minmax" claims=true
assert round(minmax.median()) == 10
assert round(profit_points.median()) == 50

# %% [markdown] lang="zh-TW"
# 依距離算，中間的客戶只有 10 分，九成多的人擠在 20 分以下：一位大客戶拉長了整把尺。
# 利潤這樣右偏的指標，這一章用**名次**。代價是看不出第一名贏多少，只知道贏了。
#
# 還有**方向**。逾期率是少的好，要告訴它 `smaller_is_better=True`。客訴呢？
#
# > **試一試　3.b**　把 `table["complaint_count"]` 依名次換成分數，放進 `complaint_points`。

# %% [markdown] lang="en"
# By distance, the middle customer has only 10 points, and more than nine customers in ten stay below 20: a
# single giant stretches the scale. For something as skewed as profit this chapter goes by **place**. The
# price: you see who is ahead, but not by how much.
#
# Then there is the **direction**. A low overdue rate is good, so we write `rk.to_points(…,
# smaller_is_better=True)`. And complaints?
#
# > **Try it: 3.b.** Turn `table["complaint_count"]` into points by place, and call them `complaint_points`.

# %% name="try_b"
complaint_points = ...
check("3.b", complaint_points)

# %% name="points"
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "overdue_rate": rk.to_points(
            table["overdue_rate"], smaller_is_better=True, missing="keep"
        ),
        "complaint_count": rk.to_points(table["complaint_count"], smaller_is_better=True),
        "company_size": rk.to_points(table["company_size"]),
    }
)
points.loc[["C220", "C336", "C393"]].round(1)

# %% name="claim_points" claims=true
assert points.loc["C220"].round(1).tolist() == [98.7, 95.9, 18.8, 0.0, 36.1]
assert [round(best) for best in points.max()] == [100, 100, 77, 68, 100]

# %% [markdown] lang="zh-TW"
# C220 利潤 98.7 分、客訴 0 分：一位客戶，兩張臉。`missing="keep"` 的意思是空白留著，不要亂猜。
#
# 逾期率最高只有 77 分，客訴最高只有 68 分，因為從不逾期、從不抱怨的人太多，大家並列。所以總分不會有人接近 100。
# 等一下看到「80 分以上」的人很少，別忘了這件事。

# %% [markdown] lang="en"
# C220 has 98.7 points for profit and 0 for complaints: one customer, two faces. `missing="keep"` leaves a blank
# blank instead of guessing.
#
# The best overdue rate gets only 77 points and the best complaint count 68, because so many customers are never late
# or never complain, and they share a place. So no total can reach 100. Remember that when few reach 80.

# %% [markdown] lang="zh-TW"
# ## {section weights}　加權、門檻、三級
#
# 每個指標占多少？這是**經理的判斷**，不是計算。經理說：「利潤占一半，也就是 50%；展望（預期銷售額）20%；付款 15%；客訴 10%；規模 5%。」
# 加起來要剛好是 1（教科書的權重表遺失了，這組是教材設的）。分數 × 權重，再橫著加起來（`axis="columns"`）：

# %% [markdown] lang="en"
# ## {section weights} Weights, cuts, three tiers
#
# How much should each indicator count? That is the **manager’s judgement**, not a computation. He says: “Half for
# profit, a fifth for the forecast, 15% for payment, 10% for complaints, 5% for size.” Together they
# must be exactly 1. (The textbook’s table of weights is lost; these are the kit’s.) In the code, braces
# hold pairs of “name: number”. Points times weights, added up across the row (`axis="columns"`):

# %% name="score_by_hand"
weights = {
    "profit": 0.50,
    "forecast_amount": 0.20,
    "overdue_rate": 0.15,
    "complaint_count": 0.10,
    "company_size": 0.05,
}
share = pd.Series(weights)
weighted = (points * share).sum(axis="columns")
weight_known = (points.notna() * share).sum(axis="columns")
by_hand = weighted / weight_known
print(round(weighted["C393"], 1), round(by_hand["C393"], 1))

# %% name="claim_score_by_hand" claims=true
assert (round(weighted["C393"], 1), round(by_hand["C393"], 1)) == (68.7, 80.8)

# %% [markdown] lang="zh-TW"
# 為什麼還要除以 `weight_known`？C393 的逾期率空白，加總時空白當 0 分，等於說「付款最差」，只有 68.7 分。
# 只用**知道的**指標、權重按比例放大，則是 80.8 分。一格空白怎麼補，差了 12 分。教材選後者，而且寫出來。
#
# `rk.composite_score` 做同一件事；它遇到空白會先停下來問你，權重加起來不是 1 也不肯算。

# %% [markdown] lang="en"
# Why divide by `weight_known`? C393’s overdue rate is blank. A sum takes a blank as 0 points, which says “the
# worst payer of all”: 68.7. With only the indicators that **are** known, and their weights scaled up to 1, it
# is 80.8. The treatment of one blank makes 12 points of difference. This chapter takes the second way.
#
# `rk.composite_score` does the same. When there are blanks, it stops unless told what to do (`missing=`); and
# it refuses weights that do not add up to 1.

# %% name="score"
score = rk.composite_score(points, weights, missing="renormalise")
rank = score.rank(ascending=False)
print(round(score["C220"], 1), rank["C220"])

# %% name="claim_score" claims=true
assert (score - by_hand).abs().max() < 1e-9
assert (round(score["C220"], 1), rank["C220"]) == (73.2, 42)

# %% [markdown] lang="zh-TW"
# C220 得 73.2 分，從利潤的第 5 名掉到第 42 名。
#
# 接著切成三級。教科書說：**大於** 80 分是 VIP，**大於** 60 分是重要客戶，**小於** 60 分是普通客戶。剛好 60 分的人呢？
# 書上沒有說。教材規定站在門檻上的人算高的一級：60 以上、未滿 80 是重要，80 以上是 VIP。用一小串假分數試試看：

# %% [markdown] lang="en"
# C220 has 73.2 points and falls from 5th by profit to 42nd.
#
# Now cut the scores into three tiers. The textbook says: **over** 80 is VIP, **over** 60 important, **under** 60
# ordinary. And somebody with exactly 60? It does not say. The kit’s rule is that a score right on a cut
# belongs to the higher tier: important from 60 to below 80, VIP from 80. Try it on a few made-up scores:

# %% name="tiers"
edge = rk.value_tier(pd.Series([59.9, 60, 79.9, 80]))
tier = rk.value_tier(score)
summary = rk.tier_summary(table["profit"], tier)
rk.pretty(summary)

# %% name="claim_tiers" claims=true
assert [code.split(":")[1] for code in edge] == ["ordinary", "important", "important", "vip"]
assert summary["customers"].tolist() == [15, 91, 214]

# %% name="scores"
rk.show(rk.plot_scores(score, tiers=tier, cuts=(60, 80)))

# %% [markdown] lang="zh-TW"
# 只有 15 位客戶過 80 分，而且擠在門檻邊：C117 的 80.1 分是 VIP，C288 的 79.8 分不是。差 0.3 分，待遇不該差一截。
#
# 再看一個矛盾。教科書在另一頁把「**前 20%** 的客戶」也叫 VIP。兩種 VIP 是同一群人嗎？

# %% [markdown] lang="en"
# Only 15 customers reach 80, and several are right at the line: C117 with 80.1 is a VIP, C288 with 79.8 is not. A
# difference of 0.3 points should not decide what service somebody gets.
#
# Here is a contradiction as well. On another page the textbook calls “the **top 20%**” VIPs too. Are they the
# same people?

# %% name="relative"
top_fifth = rk.relative_tier(score)
print((top_fifth == "pareto2:key").sum(), (tier == "value3:vip").sum())
print(round(score[top_fifth == "pareto2:key"].min(), 1))

# %% name="claim_relative" claims=true
assert pd.crosstab(top_fifth, tier).to_numpy().tolist() == [[15, 49, 0], [0, 42, 214]]

# %% [markdown] lang="zh-TW"
# 64 位對 15 位。前 20% 的最後一名只有 69.0 分，離 80 還遠。
#
# - **固定門檻**問「夠不夠好」：人數會變，可能一位都沒有，也可能人人都是。適合當標準，明年還能比。
# - **前 20%** 問「排第幾」：人數固定，配得上固定的工時；可是大家一起退步，仍然有 20% 是「VIP」。
#
# 教材用兩個代碼分開寫：`value3:vip` 和 `pareto2:key`。你跟經理說「VIP」的時候，也請說是哪一種。

# %% [markdown] lang="en"
# Sixty-four against 15. The last of the top 20% has 69.0 points, a long way from 80.
#
# - A **fixed cut** asks “good enough?” The number varies: perhaps nobody, perhaps everybody. It makes a standard,
#   and next year can be compared with this.
# - **The top 20%** asks “in which place?” The number is fixed and suits fixed staff hours; but even if everybody gets
#   worse, 20% are still “VIPs”.
#
# The kit writes two codes, `value3:vip` and `pareto2:key`. When you say “VIP” to the manager, say which.

# %% [markdown] lang="zh-TW"
# **動手調權重。** 移動滑桿，看 80 分那條線上下有誰進出。試兩件事：把利潤拉到 100，其他歸零；再把五個都拉成一樣。
# 滑桿的數字會自動除以總和，所以權重永遠加到 1。（三位有空白的客戶先不放進來。滑桿在 GitHub 上不會動，靜態的圖就是上面那一張。）

# %% [markdown] lang="en"
# **Move the weights yourself.** Watch who crosses the line at 80. Try two things: profit at 100 and the rest
# at 0; then all five alike. Whatever you set, the weights are scaled to add up to 1. (The three customers
# with a blank are left out here. On GitHub the sliders stand still: use the picture above.)

# %% name="slider" tags=["nbval-ignore-output"]
rk.explore_weights(points.dropna(), weights=weights)

# %% [markdown] lang="zh-TW"
# ## {section four_steps}　打分之後的四個步驟
#
# 分數不是終點。教科書在打分之後還有四步，每一步回答經理的一個問題。
#
# **第一步，畫金字塔**：每一層多少人、帶來多少利潤？

# %% [markdown] lang="en"
# ## {section four_steps} After the scoring: four steps
#
# A score is not the end. The textbook takes four steps from there, and each answers a question of the manager’s.
#
# **Step one, draw the pyramid**: how many people in each layer, and how much profit?

# %% name="pyramid"
rk.show(rk.plot_pyramid(table["profit"], tier))

# %% name="claim_pyramid" claims=true
assert [f"{part:.0%}" for part in summary["value_share"]] == ["28%", "62%", "9%"]

# %% [markdown] lang="zh-TW"
# 真正養活公司的是中間那一層：91 位重要客戶帶來 62% 的利潤，不是塔尖的 15 位。利潤最大的 C381 也在中間，因為他將近四成的帳逾期。
#
# **第二步，點開一層，列出名單**。經理要打電話，需要的是名字：

# %% [markdown] lang="en"
# The firm lives on the middle layer: the 91 important customers bring 62% of the profit, the 15 at the top 28%. Even
# C381, the most profitable of all, is in the middle: nearly four of its invoices in ten were late.
#
# **Step two, open a layer and list its members** (a drill-down). You can’t phone a percentage; the manager needs names:

# %% name="drill_down"
vips = table[tier == "value3:vip"].join(score).sort_values("score", ascending=False)
rk.pretty(vips.head(12))

# %% name="claim_drill_down" claims=true
assert vips.index[0] == "C336"
assert "C393" in vips.index
assert table["profit"].idxmax() == "C381"
assert tier["C381"] == "value3:important"
assert round(table.loc["C381", "overdue_rate"], 2) == 0.39

# %% [markdown] lang="zh-TW"
# **第三步，看一層裡面的分布**：最大、最小、平均。`agg` 一次算好幾個數字。`rk.tier_profile` 把三個欄位一起算完，
# `.xs(…)` 從中抽出一欄來看，這裡看利潤（換成 `"overdue_rate"` 就看逾期率）；`observed=False` 的意思是沒有人的等級也列出來：

# %% [markdown] lang="en"
# **Step three, see the spread within a layer**: largest, smallest, mean. `agg` computes several figures at once, and
# `rk.tier_profile` does three columns in one go. `.xs(…)` takes one of them out; here it is profit (write
# `"overdue_rate"` to see that):

# %% name="spread"
by_hand = table["profit"].groupby(tier, observed=False).agg(["min", "mean", "max"])
profile = rk.tier_profile(table[["profit", "company_size", "overdue_rate"]], tier)
spread = profile.distribution
profit_rows = spread.xs("profit", level="column")[["min", "mean", "max"]]
rk.pretty(spread.xs("profit", level="column").round())

# %% name="claim_spread" claims=true
assert (profit_rows - by_hand).abs().to_numpy().max() < 1e-6
assert spread.loc[("value3:vip", "profit"), "min"] == 5691
assert round(spread.loc[("value3:vip", "overdue_rate"), "mean"], 2) == 0.07
assert round(spread.loc[("value3:important", "overdue_rate"), "mean"], 2) == 0.21

# %% [markdown] lang="zh-TW"
# VIP 的利潤從 5,691 到 127,565 元，差了 22 倍，同一層不等於同一種人。
# VIP 的平均逾期率 7%，重要客戶 21%，這才是他們真正的差別。
#
# **第四步，看組成**：什麼產業、哪個區域？先用教科書的數字驗算：35 位 VIP，金融 24、電信 8、政府 3；五個區域 5、15、9、2、4。

# %% [markdown] lang="en"
# The VIPs’ profit runs from NT$5,691 to NT$127,565, 22 times as much: one layer is not one kind of customer.
# Overdue rates average 7% among the VIPs and 21% among the important: there is the difference.
#
# **Step four, see the composition**: which industry, which region? First check the arithmetic of the
# textbook’s own table: 35 VIPs, with 24 in finance, 8 telecom, 3 government; in five
# regions 5, 15, 9, 2 and 4.

# %% name="textbook_table"
industry, region = pd.Series([24, 8, 3]), pd.Series([5, 15, 9, 2, 4])
print((100 * industry / industry.sum()).round(2).tolist())
print((100 * region / region.sum()).round(2).tolist())

# %% name="claim_textbook_table" claims=true
assert (100 * industry / industry.sum()).round(2).tolist() == [68.57, 22.86, 8.57]
assert (100 * region / region.sum()).round(2).tolist() == [14.29, 42.86, 25.71, 5.71, 11.43]

# %% [markdown] lang="zh-TW"
# 和書上的百分比完全相同。可是書上只給 VIP 的組成，少了一樣：**全體客戶**的組成。沒有對照，68.57% 是多是少？旭東的圖把全體放在最下面：

# %% [markdown] lang="en"
# They match the printed percentages. But the textbook leaves out one thing: the composition of **all** customers. Is
# 68.57% a lot? Nobody can tell. Here is Xudong, with everybody in the last row:

# %% name="composition_region"
who = rk.tier_profile(customers[["region"]], tier).composition
rk.show(rk.plot_composition(customers["region"], tier))

# %% name="claim_composition_region" claims=true
assert who.loc[("value3:vip", "region", "south"), "customers"] == 8

# %% [markdown] lang="zh-TW"
# VIP 有 53% 在南區，全體只有 29%：南區看起來特別會出 VIP。先別急著調人，53% 只是 15 位裡的 8 位，少兩三位就不明顯了。

# %% [markdown] lang="en"
# 53% of the VIPs are in the south, against 29% of all: it looks like a nursery of VIPs. Before moving staff
# there, note that 53% is 8 of 15; with three fewer, there would be
# little to see.

# %% name="composition_industry"
rk.show(rk.plot_composition(customers["industry"], tier))

# %% [markdown] lang="zh-TW"
# 產業的差別更小：學校最多（33%，全體 26%），餐旅業一位 VIP 也沒有。人少的層只適合提出問題，不適合下結論。
#
# > **試一試　3.c**　利潤在前 20%、分數**卻不在**前 20% 的是哪些客戶？放進 `leavers`。
# > `~` 是「不是」；`table.index[條件]` 給你條件成立的客戶編號。

# %% [markdown] lang="en"
# Industry makes less of a difference: schools lead (33%, against 26% of all), and hospitality has no VIP. A
# small layer is good for raising questions, not for settling them.
#
# > **Try it: 3.c.** Which customers are in the top 20% by profit, and **not** in the top 20% by score? Put them into
# > `leavers`. `~` means “not”; `table.index[condition]` gives the customers for whom the condition holds.

# %% name="try_c"
by_profit = rk.relative_tier(table["profit"]) == "pareto2:key"
by_score = rk.relative_tier(score) == "pareto2:key"
leavers = ...
check("3.c", leavers)

# %% name="compare_guess"
print(my_guess, (by_profit & by_score).sum())

# %% name="claim_compare_guess" claims=true
assert (by_profit.sum(), (by_profit & by_score).sum()) == (65, 49)

# %% [markdown] lang="zh-TW"
# 左邊是你的猜測，右邊是答案：65 位留下 49 位。**每四位就有一位**換掉。C220 還在，因為他的利潤實在大；
# 換下去的都在這 65 位的後半，預期銷售額低，平均 39% 的發票逾期（留下來的是 21%）。多看四個指標，改變的不是塔尖，而是邊界。

# %% [markdown] lang="en"
# Your guess is on the left, the answer on the right: 49 of the 65 stay, and **one in four** leaves. C220
# stays, because its profit is so large; the leavers are all from the lower half of the 65, with small
# forecasts, and 39% of their invoices late on average (against 21%). The four other indicators change the
# border more than the top.

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：消失的好客戶
#
# 同事也做了一張表。「客訴接上去、算分、切三級，VIP 七位，名單漂漂亮亮，一格空白都沒有！」執行看看：

# %% [markdown] lang="en"
# ## {section trap} A trap: the good customers who vanished
#
# A colleague made a table too. “Joined the complaints, scored, cut into three: seven VIPs, a handsome list, and not
# one blank to worry about!” Run it:

# %% name="trap"
complaints = contacts[contacts["kind"] == "complaint"].groupby("customer").size()
theirs = table.drop(columns="complaint_count").join(
    complaints.rename("complaint_count"), how="inner"
)
bad_when_many = ["overdue_rate", "complaint_count"]
their_points = pd.DataFrame(
    {
        name: rk.to_points(theirs[name], smaller_is_better=name in bad_when_many)
        for name in weights
    }
)
their_tier = rk.value_tier(rk.composite_score(their_points, weights))
rk.pretty(rk.tier_summary(theirs["profit"], their_tier))

# %% [markdown] lang="zh-TW"
# （`.drop(columns=…)` 拿掉一欄；大括號裡的 `for name in weights` 是「每個指標各做一次」。）
#
# > **停下來想一想**　把這張表的客戶數加起來。少了誰？為什麼沒有錯誤訊息，也沒有空白？
#
# <details><summary>想好了再打開</summary>
#
# `how="inner"` 只留兩邊都有的客戶。沒抱怨過的人不在客訴的計數裡，於是整列消失。320 位剩下 112 位，正好全是**抱怨過**的；
# 我們的 15 位 VIP 只剩 4 位，最高分的 C336 也不見了。這份名單會讓業務部去服務最會抱怨的人，忘了最安靜的好客戶。
# 空白其實是警告；`inner` 把警告一起丟了。接完表，**第一件事是數列數**。
#
# </details>

# %% [markdown] lang="en"
# (In the braces, `for name in weights` means “once for each indicator”; `.drop(columns=…)` leaves a column out.)
#
# > **Stop and think.** Add up the customers of this table. Who is missing? Why was there no error, and no blank?
#
# <details><summary>Decide first, then open this</summary>
#
# `how="inner"` keeps only customers found on both sides. Those who never complained are not in the count of complaints,
# so their whole row is gone. Of 320 customers 112 are left, precisely those **who complained**. Of our 15 VIPs four
# remain, and C336, the best of all, has vanished. The sales staff would look after whoever complains
# and forget the good customers who keep quiet. A blank is a warning; `inner` throws the warning away.
# After every join, **count the rows first**.
#
# </details>

# %% name="trap_facts" claims=true
assert (len(theirs), (their_tier == "value3:vip").sum()) == (112, 7)
assert vips.index.isin(theirs.index).sum() == 4
assert "C336" not in theirs.index
assert len(table) == 320

# %% [markdown] lang="zh-TW"
# ## {section other_weights}　權重一變，誰換位子？
#
# 權重是判斷，判斷可以不同。換兩組看看：五個指標一樣重（`dict.fromkeys` 讓每個指標都是 0.2）；以及第 1 章的 10 : 30 : 60（信用、交易額、利潤）。

# %% [markdown] lang="en"
# ## {section other_weights} Other weights, other places
#
# Weights are a judgement, and judgements differ. Try two others: all five alike (`dict.fromkeys` gives each
# the same 0.2); and, in the second cell, chapter 1’s 10 : 30 : 60 for credit, order amount and profit. That
# cell ends with C220’s place in each ranking.

# %% name="equal_weights"
equal = dict.fromkeys(weights, 0.2)
equal_score = rk.composite_score(points, equal, missing="renormalise")
equal_tier = rk.value_tier(equal_score)
names = ("50 : 20 : 15 : 10 : 5", "20 : 20 : 20 : 20 : 20")
rk.show(rk.plot_alluvial(tier, equal_tier, names=names))

# %% name="claim_equal_weights" claims=true
assert (tier != equal_tier).sum() == 65
assert (equal_tier == "value3:vip").sum() == 1

# %% name="weights_of_chapter_1"
three = pd.DataFrame(
    {
        "credit": points["overdue_rate"],
        "order_amount": rk.to_points(customers["revenue"]),
        "profit": points["profit"],
    }
)
score_1 = rk.composite_score(three, rk.CREDIT_ORDER_PROFIT, missing="renormalise")
vip_1 = rk.value_tier(score_1) == "value3:vip"
rankings = (table["profit"], score_1, score, equal_score)
places = [int(each.rank(ascending=False)["C220"]) for each in rankings]
print(vip_1.sum(), places)

# %% name="claim_weights_of_chapter_1" claims=true
assert vip_1.sum() == 46
assert places == [5, 8, 42, 171]

# %% [markdown] lang="zh-TW"
# 五個一樣重：65 位換級，VIP 從 15 位變成 1 位。換成 10 : 30 : 60：VIP 有 46 位（第 1 章是 47 位，因為那裡的準時率算法不同）。而 C220 依序是第 **5**、**8**、**42**、**171** 名
# （利潤、第 1 章的權重、這一章的權重、一樣重）。他什麼都沒做，動的是尺。
#
# 所以權重要在**看結果之前**由負責的人決定，寫下來，一年內不改。先看名單再調權重，調到喜歡的客戶上榜為止，那不叫分級。

# %% [markdown] lang="en"
# All alike: 65 customers change tier, and of 15 VIPs one is left. With 10 : 30 : 60 there are 46. And C220
# comes **5th**, **8th**, **42nd** and **171st**: by profit, by chapter 1’s weights, by this chapter’s, by
# equal ones. C220 did nothing; we changed the weights.
#
# So let whoever answers for them set the weights **before seeing the result**, write them down, and keep them
# for a year. Looking at the list first, and turning the weights until the favourites are on it, is not
# tiering.

# %% [markdown] lang="zh-TW"
# ## {section several_pyramids}　不只一座金字塔
#
# 教科書建議同時看好幾座：**利潤**金字塔、**潛在**價值金字塔，第三座在同一章裡有時叫「模型」、有時叫「模版」，大概有一個是錯字；
# 教材當作「綜合分數」。潛在價值怎麼算，書上也沒說，教材的算法是：他一年向**別家**買多少，乘上我們的毛利率。

# %% [markdown] lang="en"
# ## {section several_pyramids} More than one pyramid
#
# The textbook wants several side by side: a **profit** pyramid, a **potential** pyramid, and a third that the
# same chapter calls 模型 (“model”) in one place and 模版 (“template”) in another, one of them probably a
# misprint. The kit takes it as the composite score. How to measure potential is not said either. The kit’s
# way: what a customer buys from **others** in a year, times our gross margin (the part of revenue left after
# the cost of the goods). Adding `True`s (`.astype(int)` makes them 1) counts on how many lists a customer
# stands: none, one, two or three.

# %% name="three_pyramids"
margin = (customers["revenue"] - customers["cost_of_goods"]) / customers["revenue"]
potential = (customers["yearly_need"] - customers["revenue"]) * margin
by_potential = rk.relative_tier(potential) == "pareto2:key"
lists = by_profit.astype(int) + by_score.astype(int) + by_potential.astype(int)
print(lists.value_counts().sort_index().tolist())

# %% name="claim_three_pyramids" claims=true
assert ((lists == 3).sum(), (lists > 0).sum()) == (33, 102)

# %% [markdown] lang="zh-TW"
# 印出來的依序是上榜 0、1、2、3 座的人數。三座塔各取前 20%，一共出現 102 位客戶，三座都上榜的只有 33 位。「最好的客戶」看你問的是今天、明天，還是整體。
#
# Peppers 與 Rogers 把今天和明天合成一座：**MVC** 最有價值（留住）、**MGC** 最具成長性（培養）、**BZ** 負值（處理）；
# 教科書在中間補了第四層 **LVC** 低貢獻。BZ 有時寫成 BZC，是同一個詞。門檻書上沒有，教材設：利潤 10,000 元以上是 MVC；
# 別家的生意要是能搶到一成，多賺 3,000 元以上是 MGC。

# %% [markdown] lang="en"
# Take the top 20% of each: 102 different customers appear, and only 33 on all three lists. Who “the best
# customers” are depends on whether you ask about today’s profit, tomorrow’s, or the whole.
#
# Peppers and Rogers put today and tomorrow into one pyramid: **MVC**, most valuable (retain); **MGC**, most growable
# (grow); **BZ**, below zero (deal with). The textbook adds a fourth layer between, **LVC**, low value.
# BZ and BZC are one and the same. No cuts are given. The kit’s: a profit of 10,000 or more is MVC; of the
# others, whoever would bring 3,000 or more if we won a tenth of what they buy elsewhere is MGC.

# %% name="peppers"
growth = 0.10 * potential
value4 = rk.peppers_tier(table["profit"], growth, profit_cut=10_000, growth_cut=3_000)
layers = rk.tier_summary(table["profit"], value4)
rk.show(rk.plot_customer_value_pyramids(table["profit"], value4))

# %% name="claim_peppers" claims=true
assert layers["customers"].tolist() == [41, 25, 244, 10]
assert [f"{part:.0%}" for part in layers["value_share"]] == ["72%", "5%", "24%", "-2%"]

# %% [markdown] lang="zh-TW"
# MVC 和 MGC 合起來 66 位，約 20%，帶來 78% 的利潤（72% 和 5% 都是四捨五入）；最底層的 10 位還倒賠 2%。
#
# 教科書說，這 20% 的客戶該得到 **80% 的力氣**。放進 60 個工時算算看：48 小時給 66 位，每位每週約 44 分鐘；
# 其餘 254 位分 12 小時，每位不到 3 分鐘。差 15 倍。這個比例只有那一本書說過，沒有證據。
# 三分鐘夠不夠回一通電話？怎麼分才不會讓人覺得受冷落，第 7 章再談。

# %% [markdown] lang="en"
# MVC and MGC together are 66 customers, about 20%, and bring 78% of the profit. The bottom layer brings nothing; it
# takes 2% away.
#
# These 20%, says the textbook, should get **80% of the effort**. Of 60 staff hours that is 48 for 66
# customers, about 44 minutes a week each; the other 254 share 12 hours, less than 3 minutes each: one
# fifteenth. The ratio is this one book’s, given without evidence. Are three minutes enough to return
# a call? Chapter 7 looks at how to divide time without making anyone feel unwelcome.

# %% name="effort"
top = 41 + 25

# %% name="claim_effort" claims=true
assert round(48 * 60 / top) == 44
assert 12 * 60 / (320 - top) < 3
assert round((48 / top) / (12 / (320 - top))) == 15
assert round(layers["value_share"].iloc[:2].sum(), 2) == 0.78

# %% [markdown] lang="zh-TW"
# **賠錢的客戶怎麼辦？** 今年有 18 位賠錢（其中 8 位靠成長可以回正，所以 BZ 只有 10 位）。常見的順序是：
# 先**調價**，再**降服務成本**，最後才**放手**。在帳上量量看，每一招能救幾位：

# %% [markdown] lang="en"
# **And those who cost money?** The firm made a loss on 18 this year (8 of them would be saved by growth, hence
# only 10 BZ). The usual order is: first **reprice**, then **cut the cost of serving**, and only then **release**. How
# many would the first two turn round? Measure it:

# %% name="below_zero"
losing = customers[customers["profit"] < 0]
repriced = losing["profit"] + 0.10 * losing["revenue"]
half_service = losing["profit"] + 0.50 * losing["service_cost"]
gross = (losing["revenue"] - losing["cost_of_goods"]).sum()
print(len(losing), (repriced > 0).sum(), (half_service > 0).sum(), gross)

# %% name="claim_below_zero" claims=true
assert (losing["profit_last_year"] < 0).all()
assert len(losing) == 18
assert ((repriced > 0).sum(), (half_service > 0).sum()) == (5, 18)
assert (gross, losing["service_cost"].sum()) == (64_901, 101_788)

# %% [markdown] lang="zh-TW"
# 漲價一成（假設他們照買）只救得了 5 位；服務成本減半，18 位**全部**轉正。他們每一位的毛利都是正的，是服務太貴，而且去年也都賠：
# 所以先看我們怎麼服務：哪些拜訪可以改成電話？哪些急件可以併單？
#
# 全部放手呢？少了 64,901 元毛利，省下 101,788 元服務成本，前提是那些工時**真的**省得下來；薪水照付的話，只是白白少賺。
# 公司也可能**故意**留著負值客戶：他們帶來人潮、介紹別人，或者順便買別的東西。（「劣質客戶」這種叫法，教材不用。）

# %% [markdown] lang="en"
# A price rise of 10%, if they go on buying, saves only 5; halving the cost of service saves **all** 18. The
# goods earn money with every one of them. It is the service that costs too much, and we made a loss on all 18
# last year too: this is not bad luck but the way we serve them. So ask first which visits could be phone calls,
# and which rush orders could go together.
#
# And releasing them all? That gives up NT$64,901 of gross profit and saves NT$101,788 of service cost,
# provided the hours are **really** saved. If the staff are paid all the same, we have only lost the
# NT$64,901. A firm may also keep below-zero customers **on purpose**: they bring traffic, or related sales.
# And as chapter 1 said, tiering must humiliate nobody: the textbook’s word for the lower 80%,
# “inferior customers”, is not used here.

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：兩張現成的評分表
#
# 這一節不算在 45 分鐘裡，可以先到第 {section tell_manager} 節，用得到時再回來看。
#
# 教科書的權重表遺失了。目前查得到、最接近的公開評分表這樣給分：**產出 30、準時付款 30、價格 30、整體 10**；
# 80 分以上 A，70 分以上 B，60 分以上 C，其餘 D；一年評兩次，**往來未滿三個月的不評**。
# 每一項怎麼給分，表上沒寫，教材這樣填：營收名次、準時率、毛利率名次、預期銷售額名次。

# %% [markdown] lang="en"
# ## {section reference} For reference: two ready-made sheets
#
# Not part of the 45 minutes: go on to section {section tell_manager}, and come back when you need it.
#
# The textbook’s weights are lost. The nearest published sheet that could be found gives **30 points for
# output (how much they take), 30 for timely payment, 30 for price, 10 overall**; A from 80, B from 70, C from
# 60, D below; filled in twice a year, and **not for customers of under three months**. It does not say how to
# award the points. The kit’s way: place by revenue, share of invoices on time, place by gross margin, place
# by forecast.

# %% name="sheet"
marks = pd.DataFrame(
    {
        "output": 0.30 * rk.to_points(customers["revenue"]),
        "payment": 30 * (1 - table["overdue_rate"].fillna(0)),
        "price": 0.30 * rk.to_points(margin),
        "overall": 0.10 * points["forecast_amount"],
    }
)
months = (TODAY - customers["opened"]).dt.days / 30
sheet = rk.scoring_sheet(marks, months=months)
grades = sheet["tier"].value_counts(sort=False, dropna=False)
rk.pretty(sheet.loc[["C220", "C176", "C288", "C393"]].round(1))

# %% name="claim_sheet" claims=true
assert grades.tolist() == [27, 54, 70, 162, 7]
assert months["C176"] == 3
assert sheet.loc["C220", "tier"] == "sheet:a"
assert round(sheet.loc["C220", "score"], 1) == 80.1
assert pd.isna(sheet.loc["C393", "tier"])

# %% [markdown] lang="zh-TW"
# A 等 27 位、B 54 位、C 70 位、D 162 位，另外 7 位太新，不評。C176 一月一日開始往來，剛好滿三個月（以 30 天算一個月），要評；
# C393 昨天才來，空白。第 {section weights} 節沒有這條規則，**只下過一張訂單**的 C393 就成了 VIP。
#
# 再看 C220：這張表沒有客訴，付款那 30 分也只扣四成，他得 80.1 分，是 **A**。換一張表，就換一個結論。
#
# 教科書還列了**綜合評估**的三個面向：經營、管理、需求，內容卻沒有附。教材自己做了一張：三個面向、十二個項目，每項 1 到 5 分，
# 由拜訪過的人打。帳上看不到的先放 3；看得到的兩項照實打：付款紀律 1，採購量 5。（`EVALUATION` 是項目的清單。）

# %% [markdown] lang="en"
# 27 get an A, 54 a B, 70 a C, 162 a D, and 7 are too new to grade. C176 opened on 1 January and has just completed
# three months (of 30 days), so it is graded; C393 came yesterday and stays blank. Think back to section {section weights}:
# without this rule, C393, **a customer since yesterday, with one order**, was a VIP.
#
# And C220: with 80.1 points on this sheet it just gets an **A**. The sheet does not ask about complaints, and
# paying 40% late costs only 12 of the 30 points. Another sheet, another verdict.
#
# The textbook also names a **comprehensive evaluation** under three headings: operation, management and need.
# Only its table of contents is left. The kit’s sheet has twelve items, 1 to 5 marks each, given by
# somebody who has visited. What the books do not show stays at 3; two things they do show: payment discipline
# 1, purchase volume 5. (`EVALUATION` is the list of items.)

# %% name="evaluation"
from rfmkit.relationship.sheets import EVALUATION

items = [item for head in EVALUATION.values() for item in head]
visit = pd.DataFrame(3, index=["C220"], columns=items)
visit["payment_discipline"] = 1
visit["purchase_volume"] = 5
evaluation = rk.evaluation_sheet(visit)
rk.pretty(evaluation)

# %% name="claim_evaluation" claims=true
assert evaluation.loc["C220"].round(1).tolist() == [50.0, 37.5, 62.5, 50.0]

# %% [markdown] lang="zh-TW"
# C220 的需求面 62.5 分，管理面只有 37.5 分：買得多，付款紀律差。換你當業務員，拜訪之後會改哪幾個 3？改一改，再執行一次。

# %% [markdown] lang="en"
# C220 gets 62.5 for need and only 37.5 for management: it buys a lot and pays badly. If you were the salesperson, which
# of the 3s would you change after a visit? Change them and run the cell again.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **客戶價值金字塔，2021 年 4 月**　五個指標（利潤 50%、預期銷售額 20%、逾期率 15%、客訴 10%、規模 5%），依名次給分，320 位客戶。
# >
# > 1. **先照顧中間那一層。** 91 位重要客戶帶來 62% 的利潤；VIP 只有 15 位，28%。
# > 2. **C220 留住，但要談條件。** 利潤第 5、總分第 42，逾期率 40%，客訴 7 次。先查我方出錯的帳單和有爭議的貨，再談付款。
# > 3. **18 位賠錢的客戶先改服務方式**，不急著放手：服務成本減半，全部轉正。
# > 4. **C393 先不評級。** 他 3 月 31 日才開始往來，80.8 分只來自一張訂單。
# >
# > 限制：權重是我們的判斷，換成一樣重，65 位會換級；預期銷售額與全年需求是業務員的估計；逾期有一部分是我方帳單的錯。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **The customer value pyramid, April 2021.** Five indicators (profit 50%, forecast 20%, overdue rate 15%, complaints
# > 10%, size 5%), points by place, 320 customers.
# >
# > 1. **Look after the middle layer first.** 91 important customers bring 62% of the profit; the VIPs are
# >    only 15, with 28%.
# > 2. **Keep C220, but talk terms.** Fifth by profit, 42nd by score, 40% of invoices late, seven complaints. First
# >    settle our own wrong invoice and the disputed goods, then talk about payment.
# > 3. **For the 18 customers who cost money, change the service**; there is no hurry to let them go. At half the
# >    cost of service every one of them makes a profit.
# > 4. **Give C393 no tier yet.** It opened on 31 March, and its 80.8 points come from a single order.
# >
# > Limits: the weights are our judgement, and with equal ones 65 customers would change tier; forecast and yearly need
# > are the salespeople’s estimates; some late payments are due to our own invoices.

# %% name="facts_of_the_advice" claims=true
# The kit checking itself: the figures in the advice above must agree with the data.
assert customers.loc["C393", ["opened", "order_count"]].tolist() == [pd.Timestamp("2021-03-31"), 1]
assert one["late_reason"].isin(["our_invoice_wrong", "goods_in_dispute"]).sum() == 2
assert [round(score[its_who], 1) for its_who in ("C117", "C288")] == [80.1, 79.8]
assert round(score[by_score].min(), 1) == 69.0
assert 127_565 // 5_691 == 22
assert (minmax < 20).mean() > 0.9
gone, kept = table[by_profit & ~by_score], table[by_profit & by_score]
assert gone["profit"].max() < table.loc[by_profit, "profit"].median()
assert gone["forecast_amount"].median() < kept["forecast_amount"].median() / 2
assert [round(x["overdue_rate"].mean(), 2) for x in (gone, kept)] == [0.39, 0.21]
assert (value4[losing.index] != "value4:below_zero").sum() == 8

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 指標（indicator）分交易、財務、聯絡、特徵四類；每一個空白都要問：是零、是未知，還是掉了？
# - 換分（points）：名次或最小最大，先問方向；加權（weights）是判斷，先定再看，總和是 1。
# - 固定門檻（fixed cut）問夠不夠好，前 20%（top 20%）問排第幾：15 位對 64 位，都有人叫 VIP。
# - 四個步驟（four steps）：金字塔、名單（drill-down）、分布（distribution）、組成（composition）；人少的層只提問。
# - MVC 留住、MGC 培養、LVC 低貢獻、BZ 負值：先調價，再降服務成本，最後才放手。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Indicators (指標) come in four families: transaction, finance, contact, profile. Question every blank: zero, unknown
#   or lost?
# - Points (換分): by place or by min–max, and mind the direction. Weights (權重) are a judgement: set them first, look
#   later, together 1.
# - A fixed cut (固定門檻) asks “good enough?”, the top 20% (前 20%) “which place?”: 15 customers against 64, and
#   both are called VIP.
# - Four steps (四個步驟): pyramid, drill-down (名單), distribution (分布), composition (組成). A small layer only
#   raises questions.
# - MVC retain, MGC grow, LVC low value, BZ (負值) below zero: reprice, cut the cost of serving, and only then release.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 一位客戶的客訴欄是空白，逾期率也是空白。兩個空白該怎麼補？
# 2. 規則寫「60 以上、未滿 80 是重要」。剛好 80 分的人在哪一級？前 20% 的規則下呢？
# 3. 同事把權重設成 50、20、15、10、10，每個人的總分都變高了。哪裡錯了？`rk.composite_score` 會怎麼做？
#
# <details><summary>看答案</summary>
#
# 1. 客訴空白是沒有記錄，補 0。逾期率空白是還不知道，不補；只用其他指標，並註明。
# 2. VIP。前 20% 的規則只看名次，光知道 80 分答不出來。
# 3. 加起來是 105%，不是 100%，每個人的分數都被灌水。`rk.composite_score` 會拒絕計算，要你先改好權重。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. A customer’s complaints are blank, and so is the overdue rate. What do you do with each?
# 2. The rule says “important from 60 to below 80”. In which tier is exactly 80? And by the rule of the top 20%?
# 3. A colleague’s weights are 50, 20, 15, 10 and 10, and some scores pass 100. What is wrong, and what would
#    `rk.composite_score` do?
#
# <details><summary>Answers</summary>
#
# 1. No record of a complaint means none: fill in 0. A blank overdue rate is not known: leave it, score on the other
#    indicators, and say so.
# 2. VIP. The top 20% goes by place, so the 80 points alone do not tell.
# 3. They add up to 105, so everybody’s score is inflated. `rk.composite_score` refuses until the weights are right.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# [第 3 章練習](../../exercises/zh-TW/03_value_pyramid.ipynb)換成另一家分公司的帳，題目一樣，客戶不同。
#
# 經理看完說：「分數都是去年的事。**明年誰還值得我們花時間？他們現在滿意嗎？**」那是[第 4 章：終身價值與滿意度](04_clv_cs.ipynb)。

# %% [markdown] lang="en"
# ## Next
#
# The [exercise of chapter 3](../../exercises/en/03_value_pyramid.ipynb) has another branch’s books: the same
# task, other customers.
#
# The manager reads it all and says: “These scores are about last year. **Who will be worth it tomorrow, and are they
# happy?**” That is [chapter 4, lifetime value and satisfaction](04_clv_cs.ipynb).
