# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 3 章練習　客戶價值金字塔
#
# [English edition](../en/03_value_pyramid.ipynb) · [回到課文](../../notebooks/zh-TW/03_value_pyramid.ipynb)
#
# > **情境**　總公司的經理把你的金字塔拿給**南區分公司**的經理看。他說：「我也要一座。不過帳單開錯，不能怪客戶。」
# > 這裡的帳是南區的：格式和課文相同，客戶和數字都不同。今天是 2021 年 4 月 1 日。
# >
# > **練什麼**　空白、方向、兩種 VIP、權重；評分之後的四個步驟；賠錢的客戶怎麼辦；能賒多少。{chapter 3}。
# > **資料**　`data/practice/` 裡的客戶年報、付款記錄、聯絡記錄，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 3 exercise: the customer value pyramid
#
# [中文版](../zh-TW/03_value_pyramid.ipynb) · [back to the lesson](../../notebooks/en/03_value_pyramid.ipynb)
#
# > **The scene.** Head office’s manager has shown your pyramid to the manager of the **southern branch**. “I want one
# > too,” he says. “But when our invoice is wrong, do not blame the customer.” These are his books: the lesson’s
# > layout, other customers and figures. Today is 1 April 2021.
# >
# > **What you practise.** Blanks, direction, two kinds of VIP, weights; the four steps after scoring; what to do about
# > customers who cost money; how much credit to give. {chapter 3}. **Data:** three books in `data/practice/`, 客戶年報 (customers of the year),
# > 付款記錄 (payments) and 聯絡記錄 (contacts), [what their columns mean](../../data/practice/README.md).
# >
# > **How to answer.** Every question takes three steps: replace the `...` with your answer, left in the variable that is named; run the
# > `check` cell below it; read the card. A wrong answer costs nothing, and you may change it as often as you like. When you are
# > stuck, delete the `#` in the `hint` cell and run it: a little more each time, three times. After the third hint, or a right
# > answer, the card takes you to the solution of the question, if your copy has the solutions. A red `NameError` usually means that
# > a cell above has not run: choose **Run → Run All Above Selected Cell**.

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint, progress

rk.use_language("zh-TW")

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
payments = rk.load_table(rk.data_file("付款記錄.csv", books="practice"))
contacts = rk.load_table(rk.data_file("聯絡記錄.csv", books="practice"))
print(len(customers), len(payments), len(contacts))

# %% [markdown] lang="zh-TW"
# ## {3.1}
#
# **把答案留在** `answer_3_1`（文字，幾個字母寫在一起，前後加引號）。

# %% [markdown] lang="en"
# ## {3.1}
#
# **Leave the answer in** `answer_3_1` (a text: the letters together, in quotes).

# %% name="ask_3_1"
ask("3.1")

# %% name="q3_1" question="3.1"
### BEGIN SOLUTION
### STUB answer_3_1 = ...
answer_3_1 = "ad"
### END SOLUTION

# %% name="check_3_1"
check("3.1", answer_3_1)

# %% name="hint_3_1"
# hint("3.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　客訴和退貨發生一次記一筆，沒有記錄就是 0 次。逾期率要有結果才算得出來，現在是「還不知道」；
# 學校沒有資本額，是「不適用」。補成 0，前者變成最準時的客戶，後者變成最小的公司。
#
# **另一種做法**　不知道的也可以補中位數，每個人就都有分數。代價是把猜測藏進表裡，看的人分不出哪些是真的；
# 真要補，就另外加一欄註明。

# %% [markdown] lang="en" solution_only=true
# **Why.** A complaint or a return leaves a record each time, so no record means none. An overdue rate needs an
# outcome, and there is none yet: not known. A school has no registered capital: does not apply. As a 0, the first
# would be the most punctual payer, the second the smallest firm.
#
# **Another way.** The unknown could be filled with the median, and everybody would have a score. The price is a
# guess that looks like a fact. If you do it, mark the guesses in a column of their own.

# %% [markdown] lang="zh-TW"
# ## {3.2}
#
# **把答案留在** `answer_3_2`（文字，一個字母，前後加引號）。

# %% [markdown] lang="en"
# ## {3.2}
#
# **Leave the answer in** `answer_3_2` (a text: one letter, in quotes).

# %% name="ask_3_2"
ask("3.2")

# %% name="q3_2" question="3.2"
### BEGIN SOLUTION
### STUB answer_3_2 = ...
answer_3_2 = "b"
### END SOLUTION

# %% name="check_3_2"
check("3.2", answer_3_2)

# %% name="hint_3_2"
# hint("3.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　每個人少 5 分，82 分的人變成 77 分，過不了 80 分的線；名次沒變，前 20% 還是同一群人。
# 這裡說的是分數真的少了。如果分數是**名次**換來的，大家一起退步，名次分數根本不會動，連固定門檻也看不出來。
#
# **另一種做法**　兩條規則一起用：過 80 分而且在前 20% 才叫 VIP。壞年看得出來，人數也不會爆增；代價是規則變長，要多花一句話跟客戶解釋。

# %% [markdown] lang="en" solution_only=true
# **Why.** With 5 points off, 82 becomes 77 and misses the line at 80. Places stay, so the top 20% are the same people.
# Here the scores really fell. Had they been made from **places**, nothing would move when all get worse together,
# and even the fixed cut would notice nothing.
#
# **Another way.** Use both: a VIP has 80 points and is in the top 20%. A bad year shows, and the number cannot
# explode. The price is a longer rule, and one sentence more to explain to customers.

# %% [markdown] lang="zh-TW"
# ## {3.3}
#
# 南區經理說：「貨品有爭議（`goods_in_dispute`）和我方帳單有誤（`our_invoice_wrong`），這兩種逾期不怪客戶。」
# 替每位客戶算出逾期率：
#
# - 分母：**有結果**的發票，也就是付清的，或者過了應付日期還沒付的。
# - 分子：其中逾期的（付得晚，或過期未付），但扣掉上面兩種原因的。扣掉的發票**留在分母裡**，當作沒有逾期。
# - 應付日期**早於** 4 月 1 日才算過期。一張有結果的發票都沒有的客戶，不列。
#
# 前四行已經寫好。`表["欄"].isin(["甲", "乙"])` 逐列問「是不是名單裡的一個」，空白是 `False`；`~` 是「不是」。
# `#` 後面那一行缺了兩處，把底線補起來，放到 `...` 的位置。
#
# **把答案留在** `own_fault_rate`（Series，索引是客戶編號，值是 0 到 1 的小數）。

# %% [markdown] lang="en"
# ## {3.3}
#
# “Goods in dispute (`goods_in_dispute`) and errors in our own invoice (`our_invoice_wrong`) are not the customer's
# fault,” says the southern manager. For each customer, compute the overdue rate his way:
#
# - Below the line: invoices **with an outcome**, that is, paid, or unpaid with the due date past.
# - Above the line: those of them that are late (paid late, or past due and unpaid), except for the two reasons above. The
#   excused invoices **stay below the line**, as not late.
# - Past due means a due date **before** 1 April. A customer without any invoice with an outcome is not listed.
#
# The first four lines are written for you. `table["column"].isin(["x", "y"])` asks every row “is it one of these?” (a blank
# gives `False`), and `~` means “not”. The line after `#` has two gaps: fill the underscores, and put it where the `...` is.
#
# **Leave the answer in** `own_fault_rate` (a Series, the customer as its index, fractions from 0 to 1).

# %% name="q3_3" question="3.3"
### BEGIN SOLUTION
### STUB past_due = payments["due_date"] < TODAY
### STUB late = (payments["paid_date"] > payments["due_date"]) | (payments["paid_date"].isna() & past_due)
### STUB known = payments["paid_date"].notna() | past_due
### STUB excused = payments["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])
### STUB # payments.assign(blame=late & _____)[known].groupby(_____)["blame"].mean()
### STUB own_fault_rate = ...
past_due = payments["due_date"] < TODAY
late = (payments["paid_date"] > payments["due_date"]) | (payments["paid_date"].isna() & past_due)
known = payments["paid_date"].notna() | past_due
excused = payments["late_reason"].isin(["goods_in_dispute", "our_invoice_wrong"])
settled = payments.assign(blame=late & ~excused)[known]
own_fault_rate = settled.groupby("customer")["blame"].mean()
### END SOLUTION

# %% name="check_3_3"
check("3.3", own_fault_rate)

# %% name="hint_3_3"
# hint("3.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　`True` 當 1、`False` 當 0，平均數就是比率。被原諒的發票要留在分母，因為它們有結果，只是不算客戶的錯；
# 整列刪掉，分母變小，同一位客戶反而更難看。沒有結果的發票則兩邊都不放。
#
# **另一種做法**　用 `crosstab` 數出每位客戶的「有錯」與「沒錯」各幾張，再相除。要多寫一步，
# 但是張數留在手邊：一張發票逾期一張的 100%，和二十張逾期二十張的 100%，看得出差別。

# %% [markdown] lang="en" solution_only=true
# **Why.** `True` counts as 1 and `False` as 0, so the mean is the rate. Excused invoices stay below the line because
# they have an outcome, only not one to blame the customer for. Without those rows the denominator shrinks,
# and the customer looks worse. Invoices without an outcome are on neither side.
#
# **Another way.** Count blamed and other invoices of each customer with `crosstab`, then divide. It takes
# one step more, but keeps the counts at hand: 100% of one invoice is not 100% of twenty.

# %% name="another_way_3_3" solution_only=true
per_customer = pd.crosstab(settled["customer"], settled["blame"])
print((per_customer[True] / per_customer.sum(axis="columns") - own_fault_rate).abs().max() < 1e-12)

# %% name="claim_another_way_3_3" claims=true solution_only=true
assert (per_customer[True] / per_customer.sum(axis="columns") - own_fault_rate).abs().max() < 1e-12

# %% [markdown] lang="zh-TW"
# ## {3.4}
#
# 南區的同事用三個指標評分：利潤 50%、預期銷售額 30%、客訴次數 20%，依名次換成 0 到 100 分。
# 他很得意：「一格空白都沒有！」可是名單最前面的幾位老是在抱怨，而且 320 位客戶少了一大半。
#
# 下面是他的程式，每一行都執行得起來，沒有錯誤訊息。找出**所有**的錯，改好，再把 `...` 換成 `rk.composite_score(points, weights)`。
# 改好之後應該有 320 位客戶。
#
# **把答案留在** `score`（Series，索引是客戶編號，值是 0 到 100 分）。

# %% [markdown] lang="en"
# ## {3.4}
#
# A colleague in the south scored by three indicators: profit 50%, forecast 30%, complaints 20%, turned into 0 to 100
# points by place. “Not a single blank!” he says, and is proud of it. But those at the top of his list complain all
# the time, and more than half of the 320 customers are missing.
#
# This is his code. Every line runs without an error message. Find **every** error, fix it, and replace the `...` with
# `rk.composite_score(points, weights)`. The repaired table should have 320 customers.
#
# **Leave the answer in** `score` (a Series, the customer as its index, points from 0 to 100).

# %% name="q3_4" question="3.4"
weights = {"profit": 0.50, "forecast_amount": 0.30, "complaint": 0.20}
### BEGIN SOLUTION
### STUB counts = contacts.groupby(["customer", "kind"]).size().unstack()
### STUB table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
### STUB table = table.dropna()
### STUB points = pd.DataFrame(
### STUB     {
### STUB         "profit": rk.to_points(table["profit"]),
### STUB         "forecast_amount": rk.to_points(table["forecast_amount"]),
### STUB         "complaint": rk.to_points(table["complaint"]),
### STUB     }
### STUB )
### STUB score = ...
counts = contacts.groupby(["customer", "kind"]).size().unstack()
table = customers[["profit", "forecast_amount"]].join(counts["complaint"])
table["complaint"] = table["complaint"].fillna(0)
points = pd.DataFrame(
    {
        "profit": rk.to_points(table["profit"]),
        "forecast_amount": rk.to_points(table["forecast_amount"]),
        "complaint": rk.to_points(table["complaint"], smaller_is_better=True),
    }
)
score = rk.composite_score(points, weights)
### END SOLUTION

# %% name="check_3_4"
check("3.4", score)

# %% name="hint_3_4"
# hint("3.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　兩個錯。一、沒抱怨過的 200 位客戶在 `complaint` 是空白，`dropna()` 把他們整列丟掉；沒有記錄就是 0 次，
# 而且要在 `join` **之後**補，因為有 45 位整年沒有聯絡，接上來才出現空白。二、客訴是少的好，少了 `smaller_is_better=True`，
# 愈會抱怨分數愈高。兩個錯加在一起，名單上只有抱怨過的人，而且愈吵愈前面。
#
# **另一種做法**　`counts["complaint"].reindex(customers.index, fill_value=0)` 一次換成 320 位的順序並補 0。
# 少一個中間步驟；但要先在 `unstack(fill_value=0)` 補過一次，否則「有聯絡、沒抱怨」的人仍然是空白，這一點很容易忘。

# %% [markdown] lang="en" solution_only=true
# **Why.** Two errors. First, 200 customers never complained and are blank under `complaint`; `dropna()` throws their
# whole rows out. No record means 0, and it is filled in **after** the `join`, because 45 customers had no contact
# all year and turn blank only there. Second, fewer complaints are better: without `smaller_is_better=True`, complaining
# earns points. Together they leave a list of complainers, the loudest on top.
#
# **Another way.** `counts["complaint"].reindex(customers.index, fill_value=0)` puts the counts in the order of the 320 customers
# and fills in 0. That saves a step, but needs `unstack(fill_value=0)` first: otherwise those
# with contacts but no complaint stay blank, which is easily forgotten.

# %% name="another_way_3_4" solution_only=true
filled = contacts.groupby(["customer", "kind"]).size().unstack(fill_value=0)
complaint = filled["complaint"].reindex(customers.index, fill_value=0)
# What the colleague had: 120 customers, and at the top one who complained seven times.
his = customers[["profit", "forecast_amount"]].join(counts["complaint"]).dropna()
his_score = rk.composite_score(his.apply(rk.to_points), weights)
print((complaint == table["complaint"]).all())

# %% name="claim_another_way_3_4" claims=true solution_only=true
assert (complaint == table["complaint"]).all()
assert ((complaint == 0).sum(), len(customers) - len(counts)) == (200, 45)
assert (len(his), his.loc[his_score.idxmax(), "complaint"]) == (120, 7)

# %% [markdown] lang="zh-TW"
# ## {3.5}
#
# 南區經理只想用兩個指標：**利潤 75%、預期銷售額 25%**。業務部希望展望多算一點：**各 50%**。
# 兩個指標都依名次換成分數（多的好），再用固定門檻 60、80 分切成 VIP、重要、普通三級。
# 從第一組權重換到第二組，哪些客戶的等級會變？（這一題只用 `customers`，和 3.4 無關。）
# 程式寫好了第一組。改 `new` 那一行的權重，再寫 `movers`：等級前後不同的客戶編號。
#
# **把答案留在** `movers`（客戶編號的清單，順序不限）。

# %% [markdown] lang="en"
# ## {3.5}
#
# The southern manager wants two indicators only: **profit 75%, forecast 25%**. His sales staff would like prospects to
# count for more: **50% each**. Turn both into points by place (more is better), and cut the score at 60 and 80 into VIP,
# important and ordinary. When the first weights give way to the second, whose tier changes?
# (You need `customers` only, and nothing from 3.4.) The code has the first weights twice. Change the weights in the line
# of `new`, then write `movers`, the numbers of the customers whose two tiers differ.
#
# **Leave the answer in** `movers` (a list of customers, in any order).

# %% name="q3_5" question="3.5"
### BEGIN SOLUTION
### STUB two = pd.DataFrame(
### STUB     {
### STUB         "profit": rk.to_points(customers["profit"]),
### STUB         "forecast_amount": rk.to_points(customers["forecast_amount"]),
### STUB     }
### STUB )
### STUB old = rk.value_tier(rk.composite_score(two, {"profit": 0.75, "forecast_amount": 0.25}))
### STUB new = rk.value_tier(rk.composite_score(two, {"profit": 0.75, "forecast_amount": 0.25}))
### STUB movers = ...
two = pd.DataFrame(
    {
        "profit": rk.to_points(customers["profit"]),
        "forecast_amount": rk.to_points(customers["forecast_amount"]),
    }
)
old = rk.value_tier(rk.composite_score(two, {"profit": 0.75, "forecast_amount": 0.25}))
new = rk.value_tier(rk.composite_score(two, {"profit": 0.50, "forecast_amount": 0.50}))
movers = customers.index[old != new].tolist()
### END SOLUTION

# %% name="check_3_5"
check("3.5", movers)

# %% name="hint_3_5"
# hint("3.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　利潤和預期銷售額多半一起高、一起低，所以權重差了一倍，換級的也只有 25 位：11 位往上，14 位往下。
# 課文把客訴、逾期、規模也拉成一樣重，換的人就多得多。指標愈不像，權重愈重要。
#
# **另一種做法**　`pd.crosstab(old, new)`：不在對角線上的就是換級的人，還看得出從哪一級到哪一級；代價是只有人數，沒有名單。

# %% [markdown] lang="en" solution_only=true
# **Why.** Profit and forecast mostly rise and fall together, so even twice the weight moves only 25 customers, 11 up and 14 down.
# In the lesson, equal weights for complaints, payment and size as well moved far more. The less alike the
# indicators, the more the weights matter.
#
# **Another way.** `pd.crosstab(old, new)`: whoever is off the diagonal has moved, and you see from where to where. The
# price: it counts people and does not name them.

# %% name="another_way_3_5" solution_only=true
moves = pd.crosstab(old, new).to_numpy()
rk.pretty(pd.crosstab(old, new))

# %% name="claim_another_way_3_5" claims=true solution_only=true
assert moves.sum() - moves.trace() == len(movers) == 25
assert ((new < old).sum(), (new > old).sum()) == (11, 14)

# %% [markdown] lang="zh-TW"
# ## {3.6}
#
# 下一格照課文第 {section several_pyramids} 節的門檻，把南區的客戶分成 MVC、MGC、LVC 和負值四層，放在 `layer`。請畫一張橫條圖：
#
# - 一層一條，長度是這一層的利潤**總和**（元或千元都可以）；
# - 由上到下是 MVC、MGC、LVC、負值，像金字塔一樣，不照金額排；條旁的名稱可以留著 `layer` 的代碼；
# - 有標題（寫出你看到的結論），兩條軸都有說明和單位。
#
# **畫圖的寫法**，用兩個假數字示範（`rk.use_style()` 讓你自己的圖也能寫中文，下一格已經呼叫過）：
#
# ```python
# cats = pd.Series({"black": 5, "white": -2})
# cats_ax = cats.plot.barh(title="Black cats win")
# cats_ax.set(xlabel="points", ylabel="colour")
# ```
#
# **把答案留在** `layers_ax`（`.plot.barh` 傳回的那個圖，型別是 Axes）。

# %% [markdown] lang="en"
# ## {3.6}
#
# With the cuts of the lesson's section {section several_pyramids}, the next cell puts the southern customers into four layers, MVC, MGC, LVC and
# below zero, and calls the result `layer`. Draw horizontal bars:
#
# - a bar for each layer, as long as the **total** profit of the layer (in NT$ or in thousands);
# - from the top down MVC, MGC, LVC, below zero, as in a pyramid, not sorted by money; the codes of `layer` will
#   do as names;
# - with a title that states your finding, and a label on both axes, the unit included.
#
# **How to draw bars,** shown on two made-up numbers (`rk.use_style()`, in the next cell, gives your own pictures the kit's
# looks):
#
# ```python
# cats = pd.Series({"black": 5, "white": -2})
# cats_ax = cats.plot.barh(title="Black cats win")
# cats_ax.set(xlabel="points", ylabel="colour")
# ```
#
# **Leave the answer in** `layers_ax` (what `.plot.barh` gives back, of type Axes).

# %% name="layers"
# A customer who sent everything back has no revenue and so no margin: 0.
margin = ((customers["revenue"] - customers["cost_of_goods"]) / customers["revenue"]).fillna(0)
growth = 0.10 * (customers["yearly_need"] - customers["revenue"]) * margin
layer = rk.peppers_tier(customers["profit"], growth, profit_cut=10_000, growth_cut=3_000)
rk.use_style()
rk.pretty(layer.value_counts(sort=False).to_frame())

# %% name="imports_3_6" solution_only=true
import matplotlib.pyplot as plt

# %% name="q3_6" question="3.6"
### BEGIN SOLUTION
### STUB layers_ax = ...
totals = customers["profit"].groupby(layer, observed=False).sum()
totals.index = ["MVC", "MGC", "LVC", "below_zero"]
best = (totals["MVC"] + totals["MGC"]) / totals.sum()
titles = {"zh-TW": f"兩成的客戶帶來 {best:.0%} 的利潤", "en": f"A fifth of the customers brings {best:.0%} of the profit"}
layers_ax = (totals / 1000).plot.barh(title=titles[rk.language()], color="#0b6e99")
layers_ax.set(xlabel="NT$ 1,000", ylabel="layer")
layers_ax.invert_yaxis()
plt.close(layers_ax.figure)
### END SOLUTION

# %% name="check_3_6"
check("3.6", layers_ax)

# %% name="hint_3_6"
# hint("3.6")

# %% name="picture_3_6" solution_only=true
# A solution is stored with words beside its picture. Leave `plt.close` out, and yours comes by itself.
numbers = ", ".join(f"{name} {total:,}" for name, total in totals.items())
words = {
    "zh-TW": f"橫條圖：四層客戶的利潤（元），由上到下是 {numbers}。",
    "en": f"Horizontal bars: profit of the four layers in NT$, from the top: {numbers}.",
}
rk.show(layers_ax, words=words)

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　橫條圖從下往上畫，第一層會落在最底下，所以要把縱軸上下對調。順序照等級，明年才能和今年並排比較。
# MVC 和 MGC 只有 65 位，帶來 74% 的利潤；負值那一條往左伸，15 位倒貼 20,853 元。
#
# **另一種做法**　`rk.plot_customer_value_pyramids(customers["profit"], layer)` 一行就畫出人數與利潤兩座金字塔，還有說明文字。
# 代價是畫面由套件決定，而且看的是占比；要看金額，自己畫比較直接。

# %% [markdown] lang="en" solution_only=true
# **Why.** Horizontal bars are drawn from the bottom up, so the first layer lands at the foot until the axis is turned round. In the order
# of tiers, next year's picture can stand beside this one. MVC and MGC are only 65 customers and bring 74%
# of the profit; the bar below zero points left, for 15 customers who take away 20,853.
#
# **Another way.** `rk.plot_customer_value_pyramids(customers["profit"], layer)` draws two pyramids in one line, customers and
# profit, with its words. The price: the package decides how it looks, and it shows shares. For amounts, your own
# bars are more direct.

# %% name="another_way_3_6" solution_only=true
rk.show(rk.plot_customer_value_pyramids(customers["profit"], layer))

# %% name="claim_another_way_3_6" claims=true solution_only=true
assert layer.value_counts(sort=False).tolist() == [34, 31, 240, 15]
assert (f"{best:.0%}", totals["below_zero"]) == ("74%", -20_853)

# %% [markdown] lang="zh-TW"
# ## {3.7}
#
# 南區賠錢的客戶（`profit` 小於 0）有兩招可用，先一招一招想：
#
# - **調價**：漲 8%，假設他們照買，多收**營收**的 8%；
# - **降服務成本**：少一點拜訪、急件併單，省下**服務成本**的 35%。
#
# 經理要一份「先改服務」的名單：賠錢、**光靠調價救不回來**、**光靠降服務成本救得回來**的客戶。利潤**大於** 0 才算救回來。
# 前兩行已經寫好：`price_saves` 說調價救不救得回來。
#
# **把答案留在** `service_first`（客戶編號的清單，順序不限）。

# %% [markdown] lang="en"
# ## {3.7}
#
# For southern customers who cost money (`profit` below 0) there are two measures. Think of each by itself:
#
# - **reprice**: charge 8% more and suppose that they go on buying, which brings 8% of the **revenue**;
# - **cut the cost of serving**: fewer visits, rush orders combined, which saves 35% of the **service cost**.
#
# The manager wants a list of those whose service should change first: customers who cost money, are **not saved by
# repricing alone**, but **are saved by cheaper service alone**. Saved means a profit **above** 0. The first two lines are
# written for you: `price_saves` tells whom a price rise would save.
#
# **Leave the answer in** `service_first` (a list of customers, in any order).

# %% name="q3_7" question="3.7"
### BEGIN SOLUTION
### STUB losing = customers[customers["profit"] < 0]
### STUB price_saves = losing["profit"] + 0.08 * losing["revenue"] > 0
### STUB service_first = ...
losing = customers[customers["profit"] < 0]
price_saves = losing["profit"] + 0.08 * losing["revenue"] > 0
service_saves = losing["profit"] + 0.35 * losing["service_cost"] > 0
service_first = losing.index[service_saves & ~price_saves].tolist()
### END SOLUTION

# %% name="check_3_7"
check("3.7", service_first)

# %% name="hint_3_7"
# hint("3.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　23 位賠錢的客戶裡，2 位漲價就夠，11 位要改服務，剩下 10 位單用一招都不夠。三群人，三種談法，不能一視同仁。
#
# **另一種做法**　算出各自需要的最小幅度：`-profit / revenue` 是要漲幾成，`-profit / service_cost` 是服務要省幾成，再看哪個做得到。
# 比較花時間，但是 8% 換成 5% 或 10% 時不必重算。

# %% [markdown] lang="en" solution_only=true
# **Why.** Of 23 customers who cost money, a price rise is enough for 2 and a change of service saves 11; for the other 10 neither
# is enough alone. Three groups need three different talks, not one rule for all.
#
# **Another way.** Work out how much each would need: `-profit / revenue` is the price rise, `-profit / service_cost` the cut in
# service; then see which of the two can be done. It takes longer, but nothing has to be redone when 8% becomes
# 5% or 10%.

# %% name="another_way_3_7" solution_only=true
rise_needed = -losing["profit"] / losing["revenue"]
cut_needed = -losing["profit"] / losing["service_cost"]
print(losing.index[(rise_needed >= 0.08) & (cut_needed < 0.35)].tolist() == service_first)

# %% name="claim_another_way_3_7" claims=true solution_only=true
assert losing.index[(rise_needed >= 0.08) & (cut_needed < 0.35)].tolist() == service_first
assert (len(losing), price_saves.sum(), len(service_first)) == (23, 2, 11)
assert (~price_saves & ~service_saves).sum() == 10

# %% [markdown] lang="zh-TW"
# ## {3.8}
#
# 這一題由老師照評分表批改。**把答案留在** `answer_3_8`（你的信，前後各用三個引號，裡面可以換行）。

# %% [markdown] lang="en"
# ## {3.8}
#
# Your teacher marks this one by the criteria shown. **Leave the answer in** `answer_3_8` (your letter, between triple quotes, so
# that it may have several lines).

# %% name="ask_3_8"
ask("3.8")

# %% name="q3_8" question="3.8"
### BEGIN SOLUTION
### STUB answer_3_8 = ...
answer_3_8 = """
(1) 23 = 2 + 11 + 10; -28,167; 74,351; 102,518
(2) 25 = 11 + 14
(3) 140 / 525 = 27%
"""
### END SOLUTION

# %% name="check_3_8"
check("3.8", answer_3_8)

# %% name="hint_3_8"
# hint("3.8")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（上一格只記了數字；每個人的寫法不同）
#
# > 一、不要全部放手。23 位客戶一共賠 28,167 元，毛利卻都是正的：全部放手，少掉 74,351 元毛利；102,518 元服務成本，人力真的減少才省得下來。
# > 先跟 2 位談調價，替 11 位改服務（拜訪改電話、急件併單）；其餘 10 位兩招一起談，最後才放手。
# >
# > 二、權重先定再看。利潤 75%、展望 25% 換成各半，25 位換級，14 位往下；看了名單再調，等於挑人。要照顧老客戶，就把年資放進指標。
# >
# > 三、降級之前先問是誰的錯。525 張逾期發票裡，140 張（27%）是貨有爭議或我方帳單有誤，先改我們的帳單。客訴要看內容，肯抱怨的人還想往來。
# >
# > 限制：只有一年的帳；預期銷售額是估計；漲價後客戶不一定照買。
#
# **為什麼這樣寫**　三點都先說贊成到哪裡，再說會傷到誰，每一點有一個數字。**另一種寫法**是先給結論表再附說明：好讀，但經理的理由沒有回應到。

# %% [markdown] lang="en" solution_only=true
# **One possible answer** (the cell above only notes the figures)
#
# > (1) Please do not let them all go. The 23 customers cost 28,167 together, but each brings gross profit: you would give up
# > 74,351, and save the 102,518 of service cost only if hours are really cut. First talk price with 2, and change the
# > service of 11: calls instead of visits, rush orders combined. Discuss both with the other 10, and release last.
# >
# > (2) Settle the weights before you see the list. From 75 : 25 to 50 : 50, 25 customers change tier, 14 of them
# > downwards; to choose weights by the list is to choose people. If old customers matter, make tenure an indicator.
# >
# > (3) Before moving anyone down, ask whose fault it was. Of 525 late invoices, 140 (27%) were disputed goods or our own
# > errors: correct our invoices first. And read the complaints; those who complain still want to deal with us.
# >
# > Limits: one year's books; forecasts are estimates; after a price rise some may stop buying.
#
# **Why like this.** Each point says how far one agrees, then who would be hurt, with a figure. **Another way** is a table of
# conclusions first: quicker to read, but the manager's reasons get no answer.

# %% name="facts_of_the_answer" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
gross = losing["revenue"] - losing["cost_of_goods"]
assert (losing["profit"].sum(), gross.min() > 0) == (-28_167, True)
assert (gross.sum(), losing["service_cost"].sum()) == (74_351, 102_518)
assert (late.sum(), (late & excused).sum()) == (525, 140)
assert round(140 / 525, 2) == 0.27

# %% [markdown] lang="zh-TW"
# ## {3.9}
#
# 3.6 畫了金字塔，這是第一步。第二步是點開一層，看裡面是哪些人。業務員要去開發 **MGC**，請列出這一層的**每一位**客戶，
# 還可以爭取的利潤（`growth`）最多的排最前面。`layer` 和 `growth` 在 3.6 的那一格已經算好，順序和 `customers` 相同。
#
# **把答案留在** `members`（客戶編號的清單，由 `growth` 大的排到小的）。

# %% [markdown] lang="en"
# ## {3.9}
#
# Drawing the pyramid in 3.6 was step one. Step two opens a layer to see who is in it. The salespeople are to develop the
# **MGC**: list **every** customer of this layer, those with most profit still to be won (`growth`) first. `layer` and
# `growth` were made in the cell of 3.6 and have the order of `customers`.
#
# **Leave the answer in** `members` (a list of customers, from large `growth` to small).

# %% name="q3_9" question="3.9"
### BEGIN SOLUTION
### STUB members = ...
growable = customers.assign(growth=growth)[layer == "value4:mgc"]
members = growable.sort_values("growth", ascending=False).index.tolist()
### END SOLUTION

# %% name="check_3_9"
check("3.9", members)

# %% name="hint_3_9"
# hint("3.9")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先留下一層，再依「還能多賺多少」排。31 位，一共還有 272,623 元可以爭取；排第一的 C345 一位就有 21,202 元。
# 名單給業務員，順序就是拜訪的順序。
#
# **另一種做法**　`growth[layer == "value4:mgc"].nlargest(31)`，一行就好，連金額都在旁邊；代價是要先知道有幾位。

# %% [markdown] lang="en" solution_only=true
# **Why.** First keep a layer, then sort by what could still be won. There are 31, with NT$272,623 to win in all, and C345,
# who comes first, has NT$21,202 of it. The salespeople get names, and the order of the list is the order of the visits.
#
# **Another way.** `growth[layer == "value4:mgc"].nlargest(31)` does it in one line, with the amounts beside the names; the
# price is that you need to know how many there are.

# %% name="claim_another_way_3_9" claims=true solution_only=true
assert growth[layer == "value4:mgc"].nlargest(31).index.tolist() == members
assert round(growth[members].sum()) == 272_623
assert (members[0], round(growth["C345"])) == ("C345", 21_202)

# %% [markdown] lang="zh-TW"
# ## {3.10}
#
# 第三步，看每一層裡面差多少。替四層各算出今年**利潤**（`profit`）的最小、平均、最大。
#
# **把答案留在** `distribution`（一張表，一列一層，欄名是 `min`、`mean`、`max`，元）。

# %% [markdown] lang="en"
# ## {3.10}
#
# Step three asks how far apart the members of a layer are. For each of the four layers compute the smallest, the mean and
# the largest of this year's **profit** (`profit`).
#
# **Leave the answer in** `distribution` (a table with a row a layer and the columns `min`, `mean` and `max`, in NT$).

# %% name="q3_10" question="3.10"
### BEGIN SOLUTION
### STUB distribution = ...
distribution = customers["profit"].groupby(layer, observed=False).agg(["min", "mean", "max"])
### END SOLUTION

# %% name="check_3_10"
check("3.10", distribution)

# %% name="hint_3_10"
# hint("3.10")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　MVC 最少賺 10,037 元，最多 109,621 元，差 11 倍，平均 29,319 元。MGC 的最小值是 −1,017 元：今年賠，但還有空間，
# 所以沒有放進負值那一層。只看平均，這兩件事都看不到。
#
# **另一種做法**　`rk.tier_profile(customers[["profit"]], layer).distribution`，連沒有資料的人數都數好了；代價是表有兩層索引，要再抽出來。

# %% [markdown] lang="en" solution_only=true
# **Why.** The MVC bring from NT$10,037 to NT$109,621, 11 times as much, with a mean of NT$29,319. The smallest of the MGC
# is −1,017: a loss this year, with credit_left to grow, so not in the layer below zero. The means alone show neither.
#
# **Another way.** `rk.tier_profile(customers[["profit"]], layer).distribution` counts the blanks as well; the price is an
# index of two levels, from which the rows must be taken.

# %% name="claim_another_way_3_10" claims=true solution_only=true
by_kit = rk.tier_profile(customers[["profit"]], layer).distribution.xs("profit", level="column")
assert (by_kit[["min", "mean", "max"]] - distribution).abs().to_numpy().max() < 1e-9
assert distribution.loc["value4:mvc"].round().tolist() == [10_037, 29_319, 109_621]
assert distribution.loc["value4:mgc", "min"] == -1_017

# %% [markdown] lang="zh-TW"
# ## {3.11}
#
# 第四步，看組成。**MVC** 在哪幾區？做一張表，一列一區（`region`），三欄：
#
# - `customers`：這一區的 MVC 有幾位；
# - `share`：占全部 MVC 的比率；
# - `share_of_all`：**全體**客戶裡這一區的比率，拿來對照。
#
# **把答案留在** `composition`（一張表，索引是區域的代碼，比率是 0 到 1 的小數）。

# %% [markdown] lang="en"
# ## {3.11}
#
# Step four is composition. In which regions are the **MVC**? Make a table with a row a region (`region`) and three columns:
#
# - `customers`: how many MVC are in the region;
# - `share`: their share of all MVC;
# - `share_of_all`: the region's share of **all** customers, for comparison.
#
# **Leave the answer in** `composition` (a table, the codes of the regions as its index, shares as fractions from 0 to 1).

# %% name="q3_11" question="3.11"
### BEGIN SOLUTION
### STUB composition = ...
mvc_regions = customers["region"][layer == "value4:mvc"].value_counts()
everybody = customers["region"].value_counts()
composition = pd.DataFrame(
    {
        "customers": mvc_regions,
        "share": mvc_regions / mvc_regions.sum(),
        "share_of_all": everybody / everybody.sum(),
    }
).fillna(0)
### END SOLUTION

# %% name="check_3_11"
check("3.11", composition)

# %% name="hint_3_11"
# hint("3.11")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　東區占 MVC 的 21%，占全體只有 10%；北區剛好相反，18% 對 45%。沒有旁邊那一欄，18% 看不出是少。
# 不過東區的 21% 是 34 位裡的 7 位，`rk.share_interval(7, 34)` 說大約在 10% 到 37% 之間：可以當成問題，還不能當成結論。
#
# **另一種做法**　`pd.crosstab(customers["region"], layer, normalize="columns")` 一次算好四層的比率；代價是沒有人數，也沒有全體那一欄。

# %% [markdown] lang="en" solution_only=true
# **Why.** The east has 21% of the MVC and 10% of all customers; the north is the other way round, 18% against 45%. Without
# the column beside it, nobody could tell that 18% is little. But the 21% are 7 of 34, and `rk.share_interval(7, 34)` says
# anything from 10% to 37%: good enough for a question, not for a conclusion.
#
# **Another way.** `pd.crosstab(customers["region"], layer, normalize="columns")` gives the shares of all four layers at
# once; the price: no counts, and no column for everybody.

# %% name="claim_another_way_3_11" claims=true solution_only=true
shares = pd.crosstab(customers["region"], layer, normalize="columns")["value4:mvc"]
assert (shares - composition["share"]).abs().max() < 1e-12
assert composition.loc["east", "customers"] == 7
assert composition.loc[["east", "north"], ["share", "share_of_all"]].round(
    2
).to_numpy().tolist() == [
    [0.21, 0.10],
    [0.18, 0.45],
]
span = rk.share_interval(7, 34)
assert (round(span.low, 2), round(span.high, 2)) == (0.10, 0.37)

# %% [markdown] lang="zh-TW"
# ## {3.12}
#
# 下一格替每位客戶算好信用分數 `credit_score`：已有結果的發票裡，準時付清的百分比（還沒有結果的客戶不列）。照課文的信用規則：
#
# - 分數換成等級（`rk.credit_grade`）；
# - 額度 = **月銷售額** × 帳期 × 等級的係數（`rk.credit_limit`），月銷售額是一年的營收除以 12，帳期是 **2 個月**；
# - 減掉**現在欠的**：所有還沒付（付款日期空白）的發票，過期的、還沒到期的都算。
#
# 每位客戶還能再賒多少？超過額度的是負數。`一欄.reindex(客戶名單)` 換成同一份名單，名單上沒有欠款的人是空白，要補 0。
#
# **把答案留在** `credit_left`（Series，索引和 `credit_score` 相同，元）。

# %% [markdown] lang="en"
# ## {3.12}
#
# The next cell computes a credit score for each customer, `credit_score`: of the invoices with an outcome, the per cent paid
# on time (who has no outcome yet is not listed). By the lesson's rules of credit:
#
# - turn the score into a grade (`rk.credit_grade`);
# - limit = **monthly sales** × term × factor of the grade (`rk.credit_limit`), with a year's revenue divided by 12 as
#   monthly sales, and a term of **2 months**;
# - take off what is **owed now**: all invoices not paid yet (the date of payment is blank), past due or not.
#
# How much more may each customer owe? Whoever is over the limit has a negative figure. `column.reindex(customers)` lines a
# column up with the same customers; whoever owes nothing is blank there, to be filled with 0.
#
# **Leave the answer in** `credit_left` (a Series with the index of `credit_score`, in NT$).

# %% name="credit_scores"
unpaid = payments["paid_date"].isna()
overdue = unpaid & (payments["due_date"] < TODAY)
on_time = payments["paid_date"] <= payments["due_date"]
outcome = payments.assign(on_time=on_time)[~unpaid | overdue]
credit_score = 100 * outcome.groupby("customer")["on_time"].mean()
print(len(credit_score), round(credit_score.median(), 1))

# %% name="q3_12" question="3.12"
### BEGIN SOLUTION
### STUB credit_left = ...
grade = rk.credit_grade(credit_score)
monthly = customers["revenue"].loc[credit_score.index] / 12
limit = rk.credit_limit(monthly, grade, term_months=2)
owed = payments[payments["paid_date"].isna()].groupby("customer")["invoice_amount"].sum()
credit_left = limit - owed.reindex(limit.index).fillna(0)
### END SOLUTION

# %% name="check_3_12"
check("3.12", credit_left)

# %% name="hint_3_12"
# hint("3.12")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　317 位裡有 34 位超過額度，最多的是 C086，超過 23,600 元。28 位的等級是「避免授信」，額度 0，請他們付現。
# 超過不等於要斷貨：先打電話問舊帳，下一張訂單再請主管核准。
#
# **另一種做法**　把欠款除以額度，看用掉幾成；九成以上的先提醒，不必等到超過。代價是額度 0 的人不能除，要另外處理。

# %% [markdown] lang="en" solution_only=true
# **Why.** Of 317 customers 34 are over their limit, C086 by most, NT$23,600. Twenty-eight are graded “avoid credit”: their
# limit is 0, and they are asked for cash. Over the limit does not mean no more goods: call about the old invoices first, and
# let somebody senior agree to the next order.
#
# **Another way.** Divide what is owed by the limit and see how much is used up; remind customers from 90%, before they
# are over. The price: a limit of 0 cannot be divided by and needs care.

# %% name="claim_another_way_3_12" claims=true solution_only=true
assert (len(credit_left), (credit_left < 0).sum(), (grade == "credit:avoid").sum()) == (317, 34, 28)
assert (credit_left.idxmin(), credit_left.min()) == ("C086", -23_600)

# %% [markdown] lang="zh-TW"
# ## {3.13}
#
# 帳上看不到的，靠拜訪。**把答案留在** `answer_3_13`（文字，幾個字母寫在一起，前後加引號）。

# %% [markdown] lang="en"
# ## {3.13}
#
# What the books do not show, a visit may. **Leave the answer in** `answer_3_13` (a text: the letters together, in quotes).

# %% name="ask_3_13"
ask("3.13")

# %% name="q3_13" question="3.13"
### BEGIN SOLUTION
### STUB answer_3_13 = ...
answer_3_13 = "bd"
### END SOLUTION

# %% name="check_3_13"
check("3.13", answer_3_13)

# %% name="hint_3_13"
# hint("3.13")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　準時、先打電話，是品格；自有資金八成，是資本；市區訂房回升，是條件，三項都好。住房率三成、付完薪水所剩不多，
# 是能力弱；租來的房子、沒有人作保，是擔保弱。這種客戶可以從小額度開始，按月看進帳。
#
# **另一種做法**　每個 C 打 0 到 100 分，用 `rk.five_c_score` 加權，再用 `rk.credit_grade` 換成等級。好處是能比較，代價是五項互相抵銷，看不出弱在哪裡。

# %% [markdown] lang="en" solution_only=true
# **Why.** Paying on time and ringing up first is character; funds of its own are capital; bookings that recover are
# conditions: all three are good. Three rooms in ten taken and little left after wages is weak capacity; a rented building
# and no guarantor is weak collateral. Begin with a small limit, and look at the takings every month.
#
# **Another way.** Mark each C from 0 to 100, weigh them with `rk.five_c_score`, and turn the result into a grade with
# `rk.credit_grade`. That makes customers comparable; the price is that the five make up for each other, and nobody sees
# where the weak point is.

# %% [markdown] lang="zh-TW"
# ## {3.14}
#
# 業務員拜訪回來，交了課文那種評估表：三個面向，各四項，每項 1 到 5 分。南區最看重需求，權重是經營 30%、管理 20%、需求 50%。
# 三個面向各換成 0 到 100 分（平均 1 分是 0，5 分是 100），再加權成總分。
#
# **把答案留在** `evaluation`（字典，四個名稱：`operation`、`management`、`need`、`evaluation`，都是 0 到 100）。

# %% [markdown] lang="en"
# ## {3.14}
#
# A salesperson is back from a visit with the lesson's evaluation sheet: three heads with four items each, marked 1 to 5. The
# branch cares most about need; its weights are operation 30%, management 20%, need 50%. Turn each head into 0 to 100 (a mean
# of 1 is 0, of 5 is 100), then weigh them into a total.
#
# **Leave the answer in** `evaluation` (a dictionary with four names, `operation`, `management`, `need` and `evaluation`,
# each from 0 to 100).

# %% name="visit"
visit = {
    "operation": [4, 3, 5, 2],
    "management": [4, 4, 2, 5],
    "need": [2, 3, 2, 1],
}
weights = {"operation": 0.30, "management": 0.20, "need": 0.50}

# %% name="q3_14" question="3.14"
### BEGIN SOLUTION
### STUB evaluation = {"operation": ..., "management": ..., "need": ..., "evaluation": ...}
evaluation = {name: (sum(marks) / 4 - 1) / 4 * 100 for name, marks in visit.items()}
evaluation["evaluation"] = sum(weights[name] * evaluation[name] for name in visit)
### END SOLUTION

# %% name="check_3_14"
check("3.14", evaluation)

# %% name="hint_3_14"
# hint("3.14")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　經營 62.5、管理 68.75、需求 25，加權之後 45。公司體質不錯，可是不太需要文具：不必為他多排拜訪。
# 換成一樣重，總分是 52.1，結論就軟了，所以權重要先定。
#
# **另一種做法**　`rk.evaluation_sheet(表, weights=weights)` 會替你檢查每一項都有分數、都在 1 到 5 之間；代價是要先把 12 項排成一張表。

# %% [markdown] lang="en" solution_only=true
# **Why.** Operation 62.5, management 68.75, need 25; weighted, 45. A sound firm that needs little stationery: no extra
# visits. With equal weights the total would be 52.1 and the conclusion softer, which is why the weights come first.
#
# **Another way.** `rk.evaluation_sheet(table, weights=weights)` also checks that every item has a mark from 1 to 5; the price
# is to put the 12 items into a table first.

# %% name="claim_another_way_3_14" claims=true solution_only=true
from rfmkit.relationship.sheets import EVALUATION

all_marks = [mark for marks_of in visit.values() for mark in marks_of]
items = [item for items_of in EVALUATION.values() for item in items_of]
sheet = rk.evaluation_sheet(pd.DataFrame([all_marks], columns=items), weights=weights)
assert sheet.loc[0].to_dict() == evaluation
assert evaluation["evaluation"] == 45
assert round(sum(map(evaluation.get, visit)) / 3, 1) == 52.1

# %% [markdown] lang="zh-TW"
# ## {3.15}
#
# 南區的業務員一週一共有 **50 小時**可以用在客戶身上。照教科書的說法，**MVC 和 MGC** 得到其中 **80%**，其餘的客戶分剩下的 20%。
# 每位客戶一週分到幾**分鐘**？（`layer` 在 3.6 的那一格。）
#
# **把答案留在** `effort`（字典，兩個名稱：`best` 是 MVC 和 MGC 每位幾分鐘，`others` 是其餘每位幾分鐘）。

# %% [markdown] lang="en"
# ## {3.15}
#
# The branch's salespeople have **50 hours** a week for customers. As the textbook would have it, **MVC and MGC** get **80%**
# of them, and the rest share the other 20%. How many **minutes** a week does each customer get? (`layer` is in the
# cell of 3.6.)
#
# **Leave the answer in** `effort` (a dictionary with two names: `best`, the minutes for each MVC or MGC, and `others`, the
# minutes for each of the rest).

# %% name="q3_15" question="3.15"
### BEGIN SOLUTION
### STUB effort = {"best": ..., "others": ...}
top = (layer == "value4:mvc") | (layer == "value4:mgc")
effort = {
    "best": 0.80 * 50 * 60 / top.sum(),
    "others": 0.20 * 50 * 60 / (~top).sum(),
}
### END SOLUTION

# %% name="check_3_15"
check("3.15", effort)

# %% name="hint_3_15"
# hint("3.15")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　65 位分 40 小時，每位約 37 分鐘；255 位分 10 小時，每位 2.4 分鐘。差將近 16 倍。兩分多鐘回不了一通電話，
# 所以其餘的客戶要換一種服務，例如線上下單、一個月一封信，而不是「分到的時間比較少」。
#
# **另一種做法**　反過來算：其餘的客戶一個月至少要一通 10 分鐘的電話，255 位一週就要將近 10 小時，再看剩下的夠不夠給最好的 65 位。

# %% [markdown] lang="en" solution_only=true
# **Why.** Forty hours for 65 customers are about 37 minutes each; 10 hours for 255 are 2.4 minutes, not quite a sixteenth.
# Two minutes will not return a call, so the rest need another kind of service, such as ordering online and a letter a
# month, and not just less of the same.
#
# **Another way.** Start from the other end: one call of 10 minutes a month for each of the 255 takes nearly 10 hours
# a week; then see what is left for the best 65.

# %% name="claim_another_way_3_15" claims=true solution_only=true
assert (top.sum(), (~top).sum()) == (65, 255)
assert (round(effort["best"]), round(effort["others"], 1)) == (37, 2.4)
assert 15 < effort["best"] / effort["others"] < 16
assert 9 < 255 * 10 * 12 / 52 / 60 < 10

# %% [markdown] lang="zh-TW"
# ## {3.16}
#
# 帳上沒有的指標，也有能放和不能放的。**把答案留在** `answer_3_16`（文字，幾個字母寫在一起，前後加引號）。

# %% [markdown] lang="en"
# ## {3.16}
#
# Of indicators that no book holds, some may go into a score and some may not. **Leave the answer in** `answer_3_16` (a text: the letters together, in quotes).

# %% name="ask_3_16"
ask("3.16")

# %% name="q3_16" question="3.16"
### BEGIN SOLUTION
### STUB answer_3_16 = ...
answer_3_16 = "ad"
### END SOLUTION

# %% name="check_3_16"
check("3.16", answer_3_16)

# %% name="hint_3_16"
# hint("3.16")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　品牌影響帳上看不到，但標準先講好、每一位都評，就能比；潛在價值有估計、有核對，還帶來一個目標。只評幾位，等於先看名單再加分。
# 婚姻、孩子、喜歡的顏色和分級的目的沒有正當合理的關聯，《個人資料保護法》第 5 條不允許逾越必要範圍的利用。
#
# **另一種做法**　個人資料改用客戶自己同意提供的偏好，只用在服務（例如寄送時間），不放進分數；代價是要另外徵得同意，也要能刪。

# %% [markdown] lang="en" solution_only=true
# **Why.** No book shows brand influence, but with a standard agreed and everybody marked it can be compared; potential has an
# estimate, a check, and leads to a target. To mark a few is to look at the list first. Marriage, children and favourite colours have
# no fair link with the purpose; article 5 of Taiwan's Personal Data Protection Act keeps use within what is necessary.
#
# **Another way.** Ask customers for preferences that they agree to give, and use them for service only (the hour of delivery, say), never in a
# score; the price is asking for consent, and being able to delete.

# %% [markdown] lang="zh-TW"
# ## 做到哪裡了
#
# 執行下一格，看這一章哪幾題答對了、哪幾題試過、哪幾題還沒做。紀錄存在這本筆記本旁邊的小檔案裡，關掉再開也還在。

# %% [markdown] lang="en"
# ## How far you are
#
# Run the next cell to see which questions of this chapter are solved, tried and still open. The record is a small file beside this
# notebook, and survives a restart.

# %% name="progress"
progress("3")

# %% [markdown] lang="zh-TW"
# [回到課文](../../notebooks/zh-TW/03_value_pyramid.ipynb)再看一次，或往前走：[第 4 章](../../notebooks/zh-TW/04_clv_cs.ipynb)問客戶明天還值多少、滿不滿意。

# %% [markdown] lang="en"
# Go [back to the lesson](../../notebooks/en/03_value_pyramid.ipynb), or on: [chapter 4](../../notebooks/en/04_clv_cs.ipynb) asks what customers
# will be worth tomorrow, and whether they are satisfied.
