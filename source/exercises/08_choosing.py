# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 8 章練習　南區分公司該用哪一份名單
#
# [English edition](../en/08_choosing.ipynb) · [回到課文](../../notebooks/zh-TW/08_choosing.ipynb)
#
# > **情境**　南區分公司（320 位客戶）也把四種方法都算了一遍，四份名單攤在桌上，大家各說各話。欄位和總公司相同，客戶和數字都不同；
# > 今天是 2021 年 4 月 1 日。你要找出看走眼的地方、把比較改公平，最後替分公司經理選方法。
# >
# > **練什麼**　公平地比名單、方法的盲點、意見不同的地方值多少錢、依決策選方法。{chapter 8}，各題互不相依，可以跳著做。
# > **資料**　分公司一整年的五本帳，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 8 exercise: which list for the southern branch?
#
# [中文版](../zh-TW/08_choosing.ipynb) · [back to the lesson](../../notebooks/en/08_choosing.ipynb)
#
# > **The scene.** The southern branch (320 customers) has worked through all four methods too. Four lists are on the table, and everybody
# > believes a different one. The columns are head office’s, the customers and figures are not; today is 1 April 2021. You find where
# > methods go wrong, make a comparison fair, and in the end choose for the branch manager.
# >
# > **What you practise.** Comparing lists fairly, blind spots, what the disagreement is worth, and choosing a method by the decision.
# > {chapter 8}; no question needs another one’s answer. **Data:** a year of the branch’s five books,
# > [what their columns mean](../../data/practice/README.md).
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
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
HALF = pd.Timestamp("2020-10-01")
customers = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
payments = rk.load_table(rk.data_file("付款記錄.csv", books="practice"))
contacts = rk.load_table(rk.data_file("聯絡記錄.csv", books="practice"))
survey = rk.load_table(rk.data_file("滿意度調查.csv", books="practice"), index="customer")
ledger = rk.load_transactions(rk.data_file("年度交易.csv", books="practice"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
rfm = rk.rfm_table(clean, today=TODAY, order="order")
cs = rk.acsi(survey[["overall", "against_expected", "against_ideal"]]).round(1)

# %% [markdown] lang="zh-TW"
# `cs` 是填過問卷的人的 ACSI 滿意度（0 到 100，四捨五入到小數一位），其他的都和課文同名。
# 下一格照課文的規則算出四種方法的分數和名單，**不用讀懂每一行**，直接執行；後面用得到的是：
#
# - `value_score`、`clv`：每位客戶的價值金字塔分數、終身價值
# - `lists`：一列一位客戶，四欄 `ABC`、`value`、`clv`、`RFM`，在那份名單（前 64 位）上是 `True`
# - `how_many`：每位客戶上了幾份名單，0 到 4

# %% [markdown] lang="en"
# `cs` is the ACSI satisfaction of those who answered the survey (0 to 100, rounded to one decimal); the other names are the lesson’s. The
# next cell works out scores and lists of all four methods by the lesson’s rules. **No need to read every line**: run it. What you will use is
#
# - `value_score` and `clv`: each customer’s value-pyramid points and lifetime value
# - `lists`: one row per customer and four columns, `ABC`, `value`, `clv` and `RFM`; `True` means on that list of 64
# - `how_many`: the number of lists each customer is on, 0 to 4

# %% name="four_lists"
late = (payments["paid_date"] > payments["due_date"]) | (
    payments["paid_date"].isna() & (payments["due_date"] < TODAY)
)
known = payments["paid_date"].notna() | (payments["due_date"] < TODAY)
overdue_rate = late[known].groupby(payments["customer"]).mean().reindex(customers.index)
who_complained = contacts.loc[contacts["kind"] == "complaint", "customer"]
complaints = who_complained.value_counts().reindex(customers.index, fill_value=0)
points = pd.DataFrame(
    {
        "profit": rk.to_points(customers["profit"]),
        "forecast": rk.to_points(customers["forecast_amount"]),
        "on_time": rk.to_points(overdue_rate, smaller_is_better=True, missing="keep"),
        "no_complaints": rk.to_points(complaints, smaller_is_better=True),
        "size": rk.to_points(customers["company_size"]),
    }
)
weights = {"profit": 0.5, "forecast": 0.2, "on_time": 0.15, "no_complaints": 0.1, "size": 0.05}
value_score = rk.composite_score(points, weights, missing="renormalise")

buys = clean[clean["amount"] > 0]
last_buy = buys[buys["date"] < HALF].groupby("customer")["date"].max()
came_back = last_buy.index.isin(buys.loc[buys["date"] >= HALF, "customer"])
recent = (HALF - last_buy).dt.days <= 90
stay = pd.Series(came_back, index=last_buy.index).groupby(recent).mean()
clv = rk.retention_clv(customers["profit"] / 2, (rfm["recency_days"] <= 90).map(stay), 0.05)

total = (
    rk.score(rfm["recency_days"], smaller_is_better=True)
    + rk.score(rfm["frequency"])
    + rk.score(rfm["monetary"])
)
ranking = rfm.assign(score=total).sort_values(["score", "monetary"], ascending=False)
everybody = customers.index
lists = pd.DataFrame(
    {
        "ABC": everybody.isin(customers["profit"].nlargest(64).index),
        "value": everybody.isin(value_score.nlargest(64).index),
        "clv": everybody.isin(clv.nlargest(64).index),
        "RFM": everybody.isin(ranking.index[:64]),
    },
    index=everybody,
)
how_many = lists.sum(axis=1)
rk.pretty(lists.head(3))

# %% [markdown] lang="zh-TW"
# ## {8.1}
#
# 可以選好幾句。**把答案留在** `answer_8_1`（幾個字母寫在一起，放在引號裡，例如 `"xy"`）。

# %% [markdown] lang="en"
# ## {8.1}
#
# You may choose several. **Leave the answer in** `answer_8_1` (the letters together, in quotes, such as `"xy"`).

# %% name="ask_8_1"
ask("8.1")

# %% name="q8_1" question="8.1"
### BEGIN SOLUTION
### STUB answer_8_1 = ...
answer_8_1 = "ac"
### END SOLUTION

# %% name="check_8_1"
check("8.1", answer_8_1)

# %% name="hint_8_1"
# hint("8.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　(a) RFM 的帳冊裡沒有成本。(c) 甲名單的每一位，都有 20% 的機會碰巧也在乙名單上，所以平均重複兩成。
# (b) 錯在以為答案只有一個：四種方法問的是不同的問題。(d) 錯在把故事當證據：沒有數字，也沒有不分級的公司可以比。(e) 錯在把空白當成好消息。
#
# **另一種做法**　(c) 可以不靠推理：`everybody.to_series().sample(64)` 隨機抽兩次，數重複幾位，多抽幾次取平均，會在 13 位上下。
# 比較花時間，但換成任何長度的名單都能用。

# %% [markdown] lang="en" solution_only=true
# **Why.** (a) RFM’s ledger has no costs. (c) Everybody on one list has a 20% chance of being on the other too, so on average a fifth is
# shared. (b) believes in a single right answer, where four methods ask four questions. (d) takes a story for evidence: no figures,
# and no firm without tiers to compare with. (e) takes a blank for good news.
#
# **Another way.** (c) needs no reasoning: draw 64 twice with `everybody.to_series().sample(64)`, count those in both, and repeat; the mean will
# be about 13. That takes longer, but serves for lists of any length.

# %% [markdown] lang="zh-TW"
# ## {8.2}
#
# 分公司打算讓 RFM 名單上的 64 位都成為 VIP。財務說：「有些人的毛利，大半都花在服務上。」把他們找出來：
#
# - 在 RFM 名單上，**而且**
# - 服務成本 `service_cost` **超過毛利的一半**（毛利 = `revenue` − `cost_of_goods`，還沒扣服務成本）。
#
# **把答案留在** `overrated`（客戶編號的清單，順序不限）。
#
# > **怎麼讀這段程式**　和課文的 8.c 一樣：`customers.index[條件]` 給出符合的客戶，`&` 是「而且」，有比較的那一邊要加括號。

# %% [markdown] lang="en"
# ## {8.2}
#
# The branch wants to make all 64 on the RFM list VIPs. Finance says: “With some of them, most of the gross profit goes into service.” Find
# those who are
#
# - on the RFM list, **and**
# - have a `service_cost` of **more than half of their gross profit** (`revenue` − `cost_of_goods`, before any cost of service).
#
# **Leave the answer in** `overrated` (a list of customers, in any order).
#
# > **Reading the code.** As in 8.c of the lesson, `customers.index[condition]` gives the customers who meet a condition, `&` is “and”, and a
# > comparison needs brackets round it.

# %% name="q8_2" question="8.2"
### BEGIN SOLUTION
### STUB gross = customers["revenue"] - customers["cost_of_goods"]
### STUB overrated = ...
gross = customers["revenue"] - customers["cost_of_goods"]
overrated = customers.index[lists["RFM"] & (customers["service_cost"] > gross / 2)]
### END SOLUTION

# %% name="check_8_2"
check("8.2", overrated)

# %% name="hint_8_2"
# hint("8.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　64 位裡有 27 位，毛利的 74% 花在服務上。其中 14 位利潤還是夠高，ABC 名單上也有他們；
# 另外 13 位只是看起來好。最極端的是 C339：一年 36 張訂單，RFM 排第 16，利潤 −3,983 元，320 位裡的第 319 名。
#
# **另一種做法**　利潤就是毛利減服務成本，所以「服務成本超過毛利一半」等於 `customers["service_cost"] > customers["profit"]`。
# 比較短，代價是讀的人要想一下才看得出「一半」在哪裡；門檻改成三分之一就不能用了。

# %% [markdown] lang="en" solution_only=true
# **Why.** They are 27 of the 64, and service takes 74% of their gross profit. For 14 of them enough profit is left to be on the ABC list
# as well; the other 13 only look good. The extreme is C339: 36 orders in a year and place 16 by RFM, but a profit of NT$−3,983, which is place 319
# of 320.
#
# **Another way.** Profit is gross profit less service, so “more than half” is the same as `customers["service_cost"] > customers["profit"]`.
# That is shorter. The price: readers have to think where the half has gone, and for a third it no longer works.

# %% name="another_way_8_2" solution_only=true
shorter = customers.index[lists["RFM"] & (customers["service_cost"] > customers["profit"])]
print(sorted(shorter) == sorted(overrated))

# %% name="claim_another_way_8_2" claims=true solution_only=true
assert sorted(shorter) == sorted(overrated)
assert (len(overrated), lists.loc[overrated, "ABC"].sum()) == (27, 14)
assert f"{customers.loc[overrated, 'service_cost'].sum() / gross[overrated].sum():.0%}" == "74%"
assert (customers.loc["C339", "profit"], rfm.loc["C339", "frequency"]) == (-3983, 36)
assert customers["profit"].rank(ascending=False)["C339"] == 319
assert ranking.index.get_loc("C339") + 1 == 16

# %% [markdown] lang="zh-TW"
# ## {8.3}
#
# 經理問：「名單不一樣，到底差多少錢？」依 `how_many`（上了幾份名單）把客戶分成五層，畫一張**直條圖**：
# 每一層的利潤合計占全部利潤的**百分比**。由左到右是 4、3、2、1、0 份，直條下面就寫這五個數字。圖要有標題，兩軸要有名稱。
#
# **把答案留在** `layer_chart`（畫圖函式傳回的 Axes）。
#
# > **怎麼畫**　`ax = 數列.plot.bar(rot=0)` 把一個 Series 畫成直條，索引寫在橫軸；`.sort_index(ascending=False)` 讓索引由大到小；
# > `ax.set_title("…")` 寫標題，`ax.set_xlabel("…")`、`ax.set_ylabel("…")` 寫兩軸的名稱。

# %% [markdown] lang="en"
# ## {8.3}
#
# “The lists differ,” says the manager. “By how much money?” Divide the customers into five layers by `how_many`, the number of lists they
# are on, and draw a **bar chart** of each layer’s total profit as a **percentage** of all profit. From left to right the bars stand
# for 4, 3, 2, 1 and 0 lists, with these numbers below them. The chart needs a title and a name on both axes.
#
# **Leave the answer in** `layer_chart` (the Axes that the drawing function returns).
#
# > **How to draw.** `ax = numbers.plot.bar(rot=0)` draws a Series as bars, with its index below them; `.sort_index(ascending=False)` puts the
# > index from large to small; `ax.set_title("…")` writes the title, `ax.set_xlabel("…")` and `ax.set_ylabel("…")` name the axes.

# %% name="q8_3" question="8.3"
### BEGIN SOLUTION
### STUB layer_chart = ...
import matplotlib.pyplot as plt

share = 100 * customers["profit"].groupby(how_many).sum() / customers["profit"].sum()
share = share.sort_index(ascending=False)
layer_chart = share.plot.bar(rot=0)
layer_chart.set_title(
    f"4/4: {share[4]:.0f}%　1–3: {share[[3, 2, 1]].sum():.0f}%　0/4: {share[0]:.0f}%"
)
layer_chart.set_xlabel("ABC + value + CLV + RFM")
layer_chart.set_ylabel(f"{rk.label('column.profit')} (%)")
plt.close(layer_chart.figure)  # it stands below the check, with its description
### END SOLUTION

# %% name="check_8_3"
check("8.3", layer_chart)

# %% name="hint_8_3"
# hint("8.3")

# %% name="picture_8_3" solution_only=true
# A picture of one's own comes by itself; only a stored solution needs words to stand beside it.
numbers = ", ".join(f"{number}/4 {part:.0f}%" for number, part in share.items())
words = {
    "zh-TW": f"直條圖：依上榜的名單數，各組客戶占全部利潤的百分比，由左到右是 {numbers}。",
    "en": f"Bars: share of all profit by the number of lists a customer is on, from the left: {numbers}.",
}
rk.show(layer_chart, words=words)

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　由左到右是 62%、12%、6%、5%、15%。四份都有的 40 位帶來 62% 的利潤，選哪種方法他們都在；
# 真正要爭的是中間 54 位，占 23%。一份都沒上的 226 位合計仍有 15%，不能當成不存在。自己的標題請寫成一句結論。
#
# **另一種做法**　課文的 `rk.plot_pyramid(customers["profit"], layers)` 把人數和利潤放在一起，看得出「少數人、多數錢」；
# 代價是要先把 `how_many` 變成有順序的類別，而且一張圖裡有兩件事要讀。

# %% [markdown] lang="en" solution_only=true
# **Why.** From left to right: 62%, 12%, 6%, 5% and 15%. The 40 customers on all four lists bring 62% of the profit, and they are there whichever
# method you choose. What there is to argue about is the 54 in the middle, with 23%. The 226 on no list still bring 15% and must
# not be treated as if they were not there. Write your own title as a sentence that tells the finding.
#
# **Another way.** The lesson’s `rk.plot_pyramid(customers["profit"], layers)` sets people and profit side by side, so that “few people, much money” can
# be seen. The price: `how_many` must first become an ordered category, and one picture has two things to read.

# %% name="another_way_8_3" solution_only=true
order = pd.CategoricalDtype(["4/4", "3/4", "2/4", "1/4", "0/4"], ordered=True)
layers = (how_many.astype(str) + "/4").astype(order)
rk.show(rk.plot_pyramid(customers["profit"], layers))

# %% name="claim_another_way_8_3" claims=true solution_only=true
assert how_many.value_counts().sort_index(ascending=False).tolist() == [40, 14, 14, 26, 226]
assert share.round().tolist() == [62, 12, 6, 5, 15]
assert round(share[[3, 2, 1]].sum()) == 23

# %% [markdown] lang="zh-TW"
# ## {8.4}
#
# 同事寫了 `agreement`，算兩種方法前 20% 的名單有多少比例相同。他拿價值金字塔（320 位都有分數）和 CLV 比，
# 可是這次的 CLV 只算**填過問卷**的 220 位，因為 CLV-CS 只排得進這些人。他向經理報告：「只有 64% 一致，兩種方法差很多。」
# 程式跑得動，比較卻不公平。改好它：
#
# - 只看**兩邊都有分數**的客戶；
# - 兩邊各取這些人的前 20%，**人數相同**（除不盡就捨去）；
# - 傳回重複的人數占一份名單的比例，0 到 1。同分的人，排在前面的優先（`nlargest` 就是這樣）。
#
# **把答案留在** `mended`（函式：改好後把 `...` 換成函式的名字 `agreement`，不加括號；檢查會拿不只一組分數去試）。
#
# > **怎麼讀這段程式**　`def 名字(甲, 乙):` 定義一個函式，`return` 是它給出的結果；`//` 是整數除法，`44 // 5` 是 8。
# > `數列[名單]` 只留下名單上的客戶。

# %% [markdown] lang="en"
# ## {8.4}
#
# A colleague wrote `agreement`, the share of the top 20% on which two methods agree, and compared the value pyramid (points for all 320) with
# CLV. But this CLV holds only the 220 customers who **answered the survey**, since CLV-CS can place no others. The report to the
# manager said: “Only 64% agreement. The methods differ a great deal.” The code runs, but the comparison is not fair. Mend it:
#
# - Look only at customers with **a score on both sides**.
# - Take the top 20% of these on each side, the **same number** of people (rounded down).
# - Return those on both as a share of one list, between 0 and 1. Of equals, whoever stands first goes first, as `nlargest` does it.
#
# **Leave the answer in** `mended` (a function: when it is mended, replace the `...` by its name, `agreement`, without brackets; the check tries
# it on more than one pair of scores).
#
# > **Reading the code.** `def name(a, b):` defines a function and `return` says what it gives back; `//` divides and rounds down, so
# > `44 // 5` is 8. `series[list]` keeps the customers on the list.

# %% name="given_8_4"
clv_answered = clv[clv.index.isin(survey.index)]
print(len(value_score), len(clv_answered))


# %% name="q8_4" question="8.4"
### BEGIN SOLUTION
### STUB def agreement(score_a, score_b):
### STUB     list_a = score_a.nlargest(len(score_a) // 5).index
### STUB     list_b = score_b.nlargest(len(score_b) // 5).index
### STUB     shared = list_a.intersection(list_b)
### STUB     return len(shared) / len(list_a)
### STUB
### STUB
### STUB print(agreement(value_score, clv_answered))
### STUB mended = ...
def agreement(score_a, score_b):
    both = score_a.index.intersection(score_b.index)
    n = len(both) // 5
    list_a = score_a[both].nlargest(n).index
    list_b = score_b[both].nlargest(n).index
    return len(list_a.intersection(list_b)) / n


print(agreement(value_score, clv_answered))
mended = agreement
### END SOLUTION

# %% name="check_8_4"
check("8.4", mended)

# %% name="hint_8_4"
# hint("8.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　原來拿 64 位比 44 位：就算兩種方法完全一致，最多也只有 44 ÷ 64 = 69%，何況 64 位裡有人根本沒填問卷。
# 留下同樣的 220 位、各取 44 位，一致的程度是 86%，運氣只給 20%。「差很多」是名單造成的，不是方法。
# 報告時要補一句：這 86% 只說明填過問卷的人。
#
# **另一種做法**　`pd.concat([score_a, score_b], axis=1, join="inner")` 一次留下兩邊都有的客戶，再比兩欄的名次是不是都在前 n 名；
# 三種以上的方法一起比時比較省，代價是同分的人會並列，名單可能不一樣長，要先講好怎麼辦。

# %% [markdown] lang="en" solution_only=true
# **Why.** The code compared 64 with 44. Even two methods in full agreement could reach only 44 ÷ 64 = 69%, and some of the 64 never answered the
# survey. With the same 220 customers and 44 on each list, agreement is 86%, where luck gives 20%. The “great deal” came from the lists, not from
# the methods. Add one sentence to the report: these 86% speak only for those who answered.
#
# **Another way.** `pd.concat([score_a, score_b], axis=1, join="inner")` keeps those on both sides in one go; then see whether both ranks are among
# the first n. That saves work with three or more methods. The price: equals share a rank and the lists may differ in length again, so settle
# what happens to them.

# %% name="another_way_8_4" solution_only=true
table = pd.concat([value_score, clv_answered], axis=1, join="inner")
n = len(table) // 5
in_top = table.rank(ascending=False) <= n
as_given = lists.index[lists["value"]].intersection(clv_answered.nlargest(n).index)
print(len(value_score), len(table))

# %% name="claim_another_way_8_4" claims=true solution_only=true
assert (len(value_score), len(table)) == (320, 220)
assert in_top.sum().tolist() == [n, n] == [44, 44]
assert in_top.all(axis=1).sum() / n == agreement(value_score, clv_answered)
assert f"{agreement(value_score, clv_answered):.0%}" == "86%"
assert (f"{len(as_given) / 64:.0%}", f"{44 / 64:.0%}") == ("64%", "69%")
assert not lists.index[lists["value"]].isin(survey.index).all()

# %% [markdown] lang="zh-TW"
# ## {8.5}
#
# 這個星期經理只跑得了六趟，他要看的是「**以後最值得、現在卻不滿意**的客戶」。先想：四種方法，哪一種看得到這件事？再算：
#
# 1. 在 CLV 名單上，填過問卷，而且滿意度 `cs` **低於 60**；
# 2. 最不滿意的排最前面，同分的 `clv` 大的在前，取六位。
#
# **把答案留在** `visit_first`（六個客戶編號的清單，有順序）。
#
# > **怎麼讀這段程式**　`clv[cs.index]` 只留下填過問卷的人；`sort_values(["甲", "乙"], ascending=[True, False])` 先依甲由小到大，同分再依乙由大到小。

# %% [markdown] lang="en"
# ## {8.5}
#
# The manager can make six visits this week, and wants to see customers who will be **worth most and are dissatisfied now**. Think first: which of
# the four methods can see that? Then work it out:
#
# 1. on the CLV list, answered the survey, and with a satisfaction `cs` **below 60**;
# 2. the least satisfied first, of equals the larger `clv` first; take six.
#
# **Leave the answer in** `visit_first` (a list of six customers, in order).
#
# > **Reading the code.** `clv[cs.index]` keeps those who answered; `sort_values(["a", "b"], ascending=[True, False])` sorts by a from small to
# > large, and equals by b from large to small.

# %% name="q8_5" question="8.5"
### BEGIN SOLUTION
### STUB visit_first = ...
answered = pd.DataFrame({"cs": cs, "clv": clv[cs.index]})
unhappy = answered[lists.loc[cs.index, "clv"] & (answered["cs"] < 60)]
in_order = unhappy.sort_values(["cs", "clv"], ascending=[True, False])
visit_first = in_order.index[:6].tolist()
### END SOLUTION

# %% name="check_8_5"
check("8.5", visit_first)

# %% name="hint_8_5"
# hint("8.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　問的是將來的價值加上滿意度，只有 CLV-CS 兩樣都看。六位裡的 C368、C374 四份名單都有，一個月內才來過，
# ABC 和 RFM 都說好；滿意度卻只有 37 分，客訴各有 7 次和 4 次。也要說出看不見的：CLV 名單上有 15 位沒填問卷，
# 最大的 C118 終身價值 47,818 元，打一通電話比等下一次問卷快。
#
# **另一種做法**　`rk.clv_cs_class(...)` 先畫出六格，取「搶救」再排序；順便看得到其他五格，代價是要先說好兩種門檻，而且格子裡沒有先後，還是得自己排。

# %% [markdown] lang="en" solution_only=true
# **Why.** Future value and satisfaction together: only CLV-CS looks at both. Of the six, C368 and C374 are on all four lists and bought within
# the month, so that ABC and RFM have nothing but praise for them; but their satisfaction is 37, and they have complained seven and four times. Say also what
# cannot be seen: 15 on the CLV list did not answer, the largest of them C118 with a lifetime value of NT$47,818. A telephone call is quicker
# than the next survey.
#
# **Another way.** Make the six boxes with `rk.clv_cs_class(...)`, take “rescue” and sort. You see the other five boxes too. The price: both kinds of
# cut must be agreed on first, and a box has no order, so you still sort it yourself.

# %% name="another_way_8_5" solution_only=true
cut = clv[lists["clv"]].min()
box = rk.clv_cs_class(clv[cs.index], cs, clv_cuts=cut, cs_cuts=(60, 80))
silent = clv[lists["clv"] & ~lists.index.isin(cs.index)]
rk.pretty(in_order.head(6))

# %% name="claim_another_way_8_5" claims=true solution_only=true
assert sorted(box.index[box == "clv_cs:rescue"]) == sorted(unhappy.index)
assert (how_many[["C368", "C374"]] == 4).all()
assert cs[["C368", "C374"]].tolist() == [37, 37]
assert complaints[["C368", "C374"]].tolist() == [7, 4]
assert rfm.loc[["C368", "C374"], "recency_days"].max() < 30
assert (len(silent), silent.idxmax(), round(silent.max())) == (15, "C118", 47_818)

# %% [markdown] lang="zh-TW"
# ## {8.6}
#
# 這一題寫文字，由老師照評分表看。先執行下一格。印出的四個數字是：ABC 名單上超過 90 天沒來的人數和利潤合計、
# 只上 RFM 名單的人數和利潤合計；下面是 C339 這一年的帳。前面幾題的數字也可以用。
#
# **把答案留在** `advice`（文字，前後各用三個引號，`"""像這樣"""`，可以換行）。

# %% [markdown] lang="en"
# ## {8.6}
#
# This answer is a text, which your teacher reads with the rubric. Run the next cell first. The four numbers are: customers on the ABC list who
# have been away for more than 90 days, and their profit in all; customers on the RFM list alone, and their profit in all. Below them is C339’s
# year. The figures of the questions before may be used too.
#
# **Leave the answer in** `advice` (a text between three quotes, `"""like this"""`, which may run over several lines).

# %% name="given_8_6"
away = lists.index[lists["ABC"] & (rfm["recency_days"] > 90)]
only_rfm = lists.index[lists["RFM"] & (how_many == 1)]
print(len(away), customers.loc[away, "profit"].sum())
print(len(only_rfm), customers.loc[only_rfm, "profit"].sum())
# The friend is C339 in these books; in another firm's it is the worst earner on the RFM list.
is_there = "C339" in customers.index and lists.loc["C339", "RFM"]
friend = "C339" if is_there else customers.loc[lists["RFM"], "profit"].idxmin()
columns = ["order_count", "revenue", "cost_of_goods", "service_cost", "profit"]
rk.pretty(customers.loc[[friend], columns])

# %% name="ask_8_6"
ask("8.6")

# %% name="q8_6" question="8.6"
advice = ...

# %% name="check_8_6"
check("8.6", advice)

# %% name="hint_8_6"
# hint("8.6")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（每個人的寫法不同）
#
# > RFM 留著，但只管電話。四種方法各取 64 位，40 位四份都有，帶來 62% 的利潤：這些人直接指定專人，不必爭方法。
# >
# > 電話：每月用 RFM，一本帳就夠，最快。預算：每年用 ABC，因為 RFM 看不到成本，它的 64 位裡有 27 位毛利大半花在服務上；只有 RFM 說好的 15 位，合計才賺 19,018 元。
# > 但 ABC 也會看走眼，名單上 16 位超過 90 天沒來，先問原因。VIP：從 40 位挑起，再用 CLV-CS 查滿意度，這週先看 C071 等六位；沒填問卷的 15 位大客戶親自問。
# >
# > C339 訂了 36 次，毛利 13,920 元，服務用掉 17,903 元。請先查為什麼這麼貴，是不是我們送錯、跑太多趟，再談併單；不必當面說他排第幾。
# >
# > 限制：只看一年，留存率只量過一次，權重是我們訂的。規則請先寫下來，再打開名單，朋友和別人都一樣。
#
# **評分參考**　四點各 1 分，見評分表。只說「各有優缺點」而沒有替三個決定選方法，「決策」那一點給 0.5 分；數字對但比的是長短不同的名單，「數字」那一點給 0.5 分。
#
# **另一種寫法**　贊成只用 RFM 也可以拿高分：例如先試三個月，只用在電話上，並加一條「服務成本超過毛利一半的先不給 VIP」。
# 省事是真的好處；代價是成本要有人每季查一次，不滿意的大客戶也要靠業務員自己發現。

# %% [markdown] lang="en" solution_only=true
# **One possible answer**
#
# > Keep RFM, but for calls only. With 64 customers on each list, 40 are on all four and bring 62% of the profit: give them a named contact
# > and stop arguing about methods.
# >
# > Calls: RFM every month; one ledger is enough and nothing is quicker. Budget: ABC once a year, because RFM sees no costs. For 27 of its 64, service
# > takes most of the gross profit, and the 15 whom only RFM praises earned NT$19,018 in all. ABC goes wrong too: 16 on its list have been away for more than
# > 90 days, so ask why first. VIPs: begin with the 40 and check satisfaction by CLV-CS. Visit the six, C071 first, this week, and ask in person
# > the 15 big customers who did not answer.
# >
# > C339 ordered 36 times: gross profit NT$13,920, service NT$17,903. Find out why it is so dear (our wrong deliveries, too many trips?), then talk about
# > joint deliveries. There is no need to tell anybody a rank.
# >
# > Limits: one year only, retention measured once, weights of our own. Write the rules down before the list is opened, the same for friends and
# > everybody else.
#
# **For marking.** One point for each criterion. “Each has its pros and cons”, without a method for the three decisions, gets 0.5 for decisions; right figures
# from lists of different lengths get 0.5 for figures.
#
# **Another way.** An answer in favour of RFM alone can earn full marks: a trial of three months, say, for calls only, with the rule that nobody whose service takes more than
# half of the gross profit becomes a VIP. Simplicity is a real gain. The price: somebody checks costs every quarter, and salespeople must notice unhappy big
# customers themselves.

# %% name="facts_of_the_answer" solution_only=true claims=true
assert ((how_many == 4).sum(), round(share[4])) == (40, 62)
assert len(overrated) == 27
assert (len(only_rfm), customers.loc[only_rfm, "profit"].sum()) == (15, 19_018)
assert (len(away), len(silent), visit_first[0]) == (16, 15, "C071")
assert friend == "C339"
assert tuple(customers.loc["C339", ["order_count", "service_cost"]]) == (36, 17_903)
assert gross["C339"] == 13_920

# %% [markdown] lang="zh-TW"
# ## {8.7}
#
# 方法選好了，等級要住進客戶主檔。可以選好幾個。**把答案留在** `answer_8_7`（幾個字母寫在一起，放在引號裡，例如 `"xy"`）。

# %% [markdown] lang="en"
# ## {8.7}
#
# The method is chosen, and the tiers move into the master file. You may choose several. **Leave the answer in** `answer_8_7` (the
# letters together, in quotes, such as `"xy"`).

# %% name="ask_8_7"
ask("8.7")

# %% name="q8_7" question="8.7"
### BEGIN SOLUTION
### STUB answer_8_7 = ...
answer_8_7 = "acd"
### END SOLUTION

# %% name="check_8_7"
check("8.7", answer_8_7)

# %% name="hint_8_7"
# hint("8.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　(a) 讓檔案自己說得清楚；(c) 讓人看得出等級舊了；(d) 不把換標準當成客戶變了。(b) 把「還沒有」當成「很少」；(e) 讓低等級的客戶難堪。
#
# **另一種想法**　想像半年後接手的同事，只看得到這個檔案：每一條規則會讓他更清楚，還是更糊塗？

# %% [markdown] lang="en" solution_only=true
# **Why.** (a) lets the file speak for itself; (c) shows that a tier is old; (d) keeps a change of yardstick apart from a change of customer. (b) takes
# “not yet” for “little”; (e) makes a lower tier uncomfortable.
#
# **Another way.** Imagine a colleague who takes over in half a year and has only this file: would the rule help or mislead?

# %% [markdown] lang="zh-TW"
# ## {8.8}
#
# 把等級寫進主檔兩次，看看半年裡誰變了。等級依**淨消費**（含退貨的金額加總），用 20：30：50 分 A、B、C；那半年沒有任何紀錄的客戶，沒有等級。
#
# - 前半年：`HALF`（2020 年 10 月 1 日）以前，用 `date=HALF` 寫進 `customers[["region"]]`
# - 後半年：`HALF` 當天和以後，用 `date=TODAY` 再寫一次，新的主檔叫 `master`，變動表叫 `changes`
#
# **把答案留在** `changed`：五個數字，依序標成 `up`、`down`、`stayed`、`new`、`lost`，各是幾位客戶。第一行已經寫好，照樣寫第二行，其餘自己寫。

# %% [markdown] lang="en"
# ## {8.8}
#
# Write tiers into the master file twice and see who has changed in half a year. Tier by **net spend** (the sum of all amounts, returns included), with
# 20 : 30 : 50 into A, B and C; a customer without a single row in a half-year has no tier for it.
#
# - The first half: before `HALF` (1 October 2020), written into `customers[["region"]]` with `date=HALF`
# - The second half: from `HALF` on, written again with `date=TODAY`; call the new file `master` and the table of changes `changes`
#
# **Leave the answer in** `changed`: five numbers of customers, labelled `up`, `down`, `stayed`, `new` and `lost`. The first line is there; write the second like it, and the rest yourself.

# %% name="q8_8" question="8.8"
### BEGIN SOLUTION
### STUB first = rk.abc_tier(clean[clean["date"] < HALF].groupby("customer")["amount"].sum(), cuts=rk.ABC3)
### STUB second = ...
### STUB changed = ...
early, late_half = clean[clean["date"] < HALF], clean[clean["date"] >= HALF]
first = rk.abc_tier(early.groupby("customer")["amount"].sum(), cuts=rk.ABC3)
second = rk.abc_tier(late_half.groupby("customer")["amount"].sum(), cuts=rk.ABC3)
before, _ = rk.write_back(customers[["region"]], first, date=HALF, cut="20 : 30 : 50")
master, changes = rk.write_back(before, second, date=TODAY, cut="20 : 30 : 50")
changed = changes["change"].value_counts()[["up", "down", "stayed", "new", "lost"]]
### END SOLUTION

# %% name="check_8_8"
check("8.8", changed)

# %% name="hint_8_8"
# hint("8.8")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　`write_back` 第二次寫的時候，檔案裡已經有第一次的等級，比一比就知道誰變了。沒買的半年不給等級：0 元和「沒來」不是同一件事。
#
# **另一種做法**　`rk.migration(first, second)` 直接數兩次等級；對角線是不變的人，最後一欄是沒有等級的人，最後一列是新的人。

# %% [markdown] lang="en" solution_only=true
# **Why.** When `write_back` writes the second time, the file already holds the first tiers, so it can compare. No purchase, no tier: zero and “did not
# come” are not the same.
#
# **Another way.** `rk.migration(first, second)` counts the two sets directly: the diagonal is unchanged, the last column without a tier, the last row new.

# %% name="another_way_8_8" solution_only=true
rk.pretty(rk.migration(first, second))

# %% [markdown] lang="zh-TW"
# ## {8.9}
#
# 接著上一題的 `master`（下一格再做一次，上一題沒答也可以做這一題）。哪些客戶的等級寫著 A，日期卻還停在前半年（`HALF`）？
# 他們後半年完全沒有紀錄，是今天最該打的電話。**把答案留在** `quiet`：客戶編號，順序不拘。

# %% [markdown] lang="en"
# ## {8.9}
#
# On with `master` from the last question (the next cell makes it again, so you can answer this one without the other). Which customers have tier A with
# the date still at the end of the first half (`HALF`)? They have no row at all in the second half: the calls to make today.
# **Leave the answer in** `quiet`: customer numbers in any order.

# %% name="given_8_9"
halves = clean.groupby(["customer", clean["date"] >= HALF])["amount"].sum().unstack()
master, _ = rk.write_back(
    customers[["region"]],
    rk.abc_tier(halves[False].dropna(), cuts=rk.ABC3),
    date=HALF,
    cut="20 : 30 : 50",
)
master, changes = rk.write_back(
    master, rk.abc_tier(halves[True].dropna(), cuts=rk.ABC3), date=TODAY, cut="20 : 30 : 50"
)

# %% name="q8_9" question="8.9"
### BEGIN SOLUTION
### STUB quiet = ...
old = master["tier_date"] == HALF
quiet = master.index[(master["tier"] == "abc3:a") & old]
### END SOLUTION

# %% name="check_8_9"
check("8.9", quiet)

# %% name="hint_8_9"
# hint("8.9")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　舊的等級留著，日期就成了警訊。只看 `tier`，這幾位和其他 A 級客戶一模一樣。
#
# **另一種做法**　從變動表挑：`before` 是 A、`change` 是 `lost`。

# %% [markdown] lang="en" solution_only=true
# **Why.** The old tier stays, and its date becomes the warning. By `tier` alone these look like every other A.
#
# **Another way.** From the table of changes: `before` is A and `change` is `lost`.

# %% name="another_way_8_9" solution_only=true
from_changes = changes.index[(changes["before"] == "abc3:a") & (changes["change"] == "lost")]
print(sorted(from_changes) == sorted(quiet))

# %% name="claim_8_9" claims=true solution_only=true
assert sorted(from_changes) == sorted(quiet)
assert changed["lost"] == (master["tier_date"] == HALF).sum()

# %% [markdown] lang="zh-TW"
# ## {8.10}
#
# 分公司經理要一張合成的名單。規則和課文第 {section 08 levels} 節一樣，**先符合的先算**：
#
# 1. 利潤 A 或 B，而且一年裡來買的月份在 3 個以下：`"watch"`（留意）
# 2. 其他利潤 A 的：`"keep"`（維護）
# 3. 其餘潛力 A 或 B 的：`"support"`（支援）
# 4. 剩下的：`"standard"`（一般服務）
#
# 下一格先算好三種等第：`profit`、`potential` 是 A、B、C，`months` 是有買的月數。潛力用 `room`，也就是年需求減掉向我們買的。
#
# **把答案留在** `levels`：每一級各有幾位。前兩行已經寫好；第三、四行把 `#` 拿掉、補完條件，最後再數。
#
# > **怎麼讀這段程式**　`level[條件] = "名字"` 把符合條件的客戶改成那一級；**後寫的會蓋掉先寫的**，所以從最後一條規則寫起。

# %% [markdown] lang="en"
# ## {8.10}
#
# The branch manager wants one list. The rules are those of section {section 08 levels} of the lesson; **the first that fits decides**:
#
# 1. profit A or B, and a purchase in 3 months of the year or fewer: `"watch"`
# 2. anyone else with profit A: `"keep"`
# 3. of the rest, potential A or B: `"support"`
# 4. everybody left: `"standard"`
#
# The next cell makes the three grades: `profit` and `potential` are A, B or C, and `months` is the number of months with a purchase. Potential goes by `room`, the yearly need
# less what they buy from us.
#
# **Leave the answer in** `levels`: how many customers are in each level. The first two lines are there; take the `#` off the third and the fourth and complete their conditions, then count.
#
# > **Reading the code.** `level[condition] = "name"` changes the level of those who meet the condition; **a later line overwrites an earlier one**, so begin
# > with the last rule.

# %% name="given_8_10"
room = customers["yearly_need"] - customers["revenue"]
profit = rk.abc_tier(customers["profit"], cuts=rk.ABC3, names=["A", "B", "C"])
potential = rk.abc_tier(room, cuts=rk.ABC3, names=["A", "B", "C"])
months = buys.assign(month=buys["date"].dt.month).groupby("customer")["month"].nunique()
months = months.reindex(customers.index, fill_value=0)

# %% name="q8_10" question="8.10"
### BEGIN SOLUTION
### STUB level = pd.Series("standard", index=customers.index)
### STUB level[potential != "C"] = "support"
### STUB # level[...] = "keep"
### STUB # level[...] = "watch"
### STUB levels = ...
level = pd.Series("standard", index=customers.index)
level[potential != "C"] = "support"
level[profit == "A"] = "keep"
level[(profit != "C") & (months <= 3)] = "watch"
levels = level.value_counts()
### END SOLUTION

# %% name="check_8_10"
check("8.10", levels)

# %% name="hint_8_10"
# hint("8.10")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　先看利潤，所以「留意」和「維護」要蓋過「支援」；不穩定的人排第一，因為人走了，利潤也走了。先後一換，數字就換，所以順序要寫下來。
#
# **另一種做法**　一位一位問：`if` 符合第 1 條就是留意，`elif` 符合第 2 條……，順序和規則的寫法一樣，讀起來清楚；代價是程式比較長。

# %% [markdown] lang="en" solution_only=true
# **Why.** Profit comes first, so *watch* and *keep* overwrite *support*; the unsteady come before all, since when they leave their profit leaves too. Another
# order gives other numbers, so write the order down.
#
# **Another way.** Ask for one customer at a time: `if` rule 1 fits, watch; `elif` rule 2, and so on, in the order of the rules. It reads well; the price is
# longer code.


# %% name="another_way_8_10" solution_only=true
def level_of(customer):
    if profit[customer] != "C" and months[customer] <= 3:
        return "watch"
    elif profit[customer] == "A":
        return "keep"
    return "standard" if potential[customer] == "C" else "support"


one_by_one = pd.Series([level_of(customer) for customer in customers.index]).value_counts()
print(one_by_one.to_dict() == levels.to_dict())

# %% name="claim_8_10" claims=true solution_only=true
assert one_by_one.to_dict() == levels.to_dict()
assert levels.sum() == len(customers)

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
progress("8")

# %% [markdown] lang="zh-TW"
# [回到課文](../../notebooks/zh-TW/08_choosing.ipynb)再看一次，或往前走：[第 9 章](../../notebooks/zh-TW/09_scale.ipynb)（選讀）的帳冊有 142,100 列。

# %% [markdown] lang="en"
# Go [back to the lesson](../../notebooks/en/08_choosing.ipynb), or on: the books of [chapter 9](../../notebooks/en/09_scale.ipynb), which is
# optional, have 142,100 rows.
