# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 2 章練習　南區分公司：誰帶來利潤
#
# [English edition](../en/02_abc.ipynb) · [回到課文](../../notebooks/zh-TW/02_abc.ipynb)
#
# > **情境**　課文看的是總公司。**南區分公司**的經理聽說了，也要一份：「我們這邊的利潤是誰帶來的？」
# > 帳冊的格式相同，客戶和數字都不同，線也畫在別的地方。今天是 2021 年 4 月 1 日。
# >
# > **練什麼**　排隊與累加、兩種依據與邊界、鉛和小客戶、ABC 慢在哪裡。{chapter 2}。
# > **資料**　練習用的 `客戶年報.csv`、`年度交易.csv`（320 位客戶、一年的訂單），[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 2 exercise: who brings the southern branch its profit
#
# [中文版](../zh-TW/02_abc.ipynb) · [back to the lesson](../../notebooks/en/02_abc.ipynb)
#
# > **The scene.** The lesson was about head office. The manager of the **southern branch** has heard of it and wants the
# > same: “Who brings the profit here?” The books have the same layout, but other customers and other figures, and the
# > lines are drawn in other places. Today is 1 April 2021.
# >
# > **What you practise.** Lining up and adding up; two criteria and the boundary; lead and small; where ABC is late.
# > {chapter 2}. **Data:** the practice editions of `客戶年報.csv` (the year’s customers) and `年度交易.csv` (the year’s
# > orders), with 320 customers and a year of orders, [what their columns mean](../../data/practice/README.md).
# >
# > **How to answer.** Every question takes three steps: replace the `...` with your answer, left in the variable that is named; run the
# > `check` cell below it; read the card. A wrong answer costs nothing, and you may change it as often as you like. When you are
# > stuck, delete the `#` in the `hint` cell and run it: a little more each time, three times. After the third hint, or a right
# > answer, the card takes you to the solution of the question, if your copy has the solutions. A red `NameError` usually means that
# > a cell above has not run: choose **Run → Run All Above Selected Cell**.

# %% [markdown] lang="zh-TW"
# 先讀帳冊。和課文不同的只有 `books="practice"`（練習用的那一份），還有多了一欄 `recency_days`：最後一次購買到今天的天數，
# 算法和課文第 {section too_late} 節一樣，第 2.7 題會用到。每一題只用這一格準備好的 `customers` 和 `profit`，前面沒做對，也不影響後面。

# %% [markdown] lang="en"
# First the books. Two things differ from the lesson: `books="practice"` opens the exercise's edition, and there is one
# more column, `recency_days`, the days from the last purchase to today, made as in section {section too_late} of the lesson; 2.7 will use
# it. Every question needs only the `customers` and `profit` of this cell, so a slip in one question does not spoil the
# next.

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import ask, check, hint, progress

rk.use_language("zh-TW")
rk.use_style()

book = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
ledger = rk.load_transactions(rk.data_file("年度交易.csv", books="practice"))
clean, left_out = rk.clean_transactions(ledger, today="2021-04-01")
last_day = clean[clean["amount"] > 0].groupby("customer")["date"].max()
customers = book.assign(recency_days=(pd.Timestamp("2021-04-01") - last_day).dt.days)
profit = customers["profit"]
rk.pretty(customers[["industry", "revenue", "service_cost", "profit", "recency_days"]].head(3))

# %% [markdown] lang="zh-TW"
# ## {2.1}
#
# 先不用程式，在紙上算。執行下面這一格看題目。**把答案留在** `answer_2_1`（一個字母，前後加引號，例如 `"a"`）。

# %% [markdown] lang="en"
# ## {2.1}
#
# No code yet, only pencil and paper. Run the next cell to see the question. **Leave the answer in** `answer_2_1`
# (one letter in quotes, such as `"a"`).

# %% name="ask_2_1"
ask("2.1")

# %% name="q2_1" question="2.1"
### BEGIN SOLUTION
### STUB answer_2_1 = ...
answer_2_1 = "c"
### END SOLUTION

# %% name="check_2_1"
check("2.1", answer_2_1)

# %% name="hint_2_1"
# hint("2.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　前面的人依序湊到 0、30、55、70、82、90、96、101、104、105。不到 50 的有兩位，50 到不滿 80 的兩位，
# 80 到不滿 95 的兩位，其餘四位。利潤 25 的那一位跨過 50，算上面那一級；賠 5 的那一位前面是 105，一定在最後。
#
# **另一種做法**　`rk.abc_tier(pd.Series([30, 25, 15, 12, 8, 6, 5, 3, 1, -5]), by="value")`。快，也不會算錯；
# 代價是你沒有自己站到線上看過，別人的程式錯了也看不出來。第 2.5 題馬上要看。

# %% [markdown] lang="en" solution_only=true
# **Why.** Those in front make 0, 30, 55, 70, 82, 90, 96, 101, 104 and 105. Two are below 50, two from 50 up to 80, two from
# 80 up to 95, and four beyond. The customer with 25 crosses 50 and belongs above the line; the one with −5 has 105 in
# front and must come last.
#
# **Another way.** `rk.abc_tier(pd.Series([30, 25, 15, 12, 8, 6, 5, 3, 1, -5]), by="value")`. Quick and without slips; the
# cost is that you have never stood on the line yourself, and would not notice when somebody else's code is wrong. That
# comes in 2.5.

# %% [markdown] lang="zh-TW"
# ## {2.2}
#
# 經理的第一個問題：最少要幾位客戶，才湊到全年利潤的**四分之三**？第二個：利潤最高的**一成**客戶（320 位裡的 32 位），
# 帶來全部利潤的多少？利潤的合計要扣掉賠錢的客戶。排隊和累加的三行已經寫好，請把最後一行的兩個 `...` 補完。
#
# **把答案留在** `line_up`（字典，兩個名稱：`customers` 是人數，`share` 是 0 到 1 的小數，不要四捨五入）。

# %% [markdown] lang="en"
# ## {2.2}
#
# The manager's first question: at least how many customers does it take to make **three quarters** of the year's
# profit? The second: what share of all profit does the most profitable **tenth** of the customers bring (32 of 320)? All
# profit means after the losses. The three lines that line up and add up are written for you; complete the two `...` of the last.
#
# **Leave the answer in** `line_up` (a dictionary with two names: `customers`, a number of people, and `share`, a fraction
# between 0 and 1, not rounded).

# %% name="q2_2" question="2.2"
### BEGIN SOLUTION
### STUB best = profit.sort_values(ascending=False)
### STUB so_far = best.cumsum() / best.sum()
### STUB ahead = so_far.shift(fill_value=0)
### STUB line_up = {"customers": ..., "share": ...}
best = profit.sort_values(ascending=False)
so_far = best.cumsum() / best.sum()
ahead = so_far.shift(fill_value=0)
line_up = {"customers": (ahead < 0.75).sum(), "share": best.head(32).sum() / best.sum()}
### END SOLUTION

# %% name="check_2_2"
check("2.2", line_up)

# %% name="hint_2_2"
# hint("2.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　54 位，17%，就有四分之三；前一成占 63%。人數問「前面湊滿了沒」，所以看 `ahead`，跨過線的那一位才會算進去；
# 占比只要把排好的前 32 位加起來。
#
# **另一種做法**　占比可以用 `rk.value_share(profit, top=0.10)`，一行就好。它遇到線上同分的客戶會一起收進來，
# 人數可能比一成多一位；這一份剛好沒有，兩種算法相同。

# %% [markdown] lang="en" solution_only=true
# **Why.** 54 customers, 17%, make three quarters; the first tenth makes 63%. The number asks whether those in front have
# reached the line, so it looks at `ahead`, and the customer who crosses it is counted. The share is simply the first 32
# added up.
#
# **Another way.** `rk.value_share(profit, top=0.10)` gives the share in one line. It takes in all equals on the line, and
# may so have one customer more than a tenth; in these books there are none there, and both ways agree.

# %% name="another_way_2_2" solution_only=true
print(line_up["customers"])

# %% name="claim_another_way_2_2" claims=true solution_only=true
assert line_up["customers"] == 54
assert f"{54 / len(profit):.0%}" == "17%"
assert f"{line_up['share']:.0%}" == "63%"
assert abs(rk.value_share(profit, top=0.10) - line_up["share"]) < 1e-12

# %% [markdown] lang="zh-TW"
# ## {2.3}
#
# 南區的業務員比總公司少，經理要這樣分：利潤最高的 **20%** 客戶是 A，接下來的 **40%** 是 B，其餘 **40%** 是 C。
# 這是人數，不是利潤；利潤相同的客戶要同級。`#` 後面是課文的那一行：改它的線，放到 `...` 的位置。
#
# **把答案留在** `tier`（Series，索引是客戶編號，值是 `abc3:a`、`abc3:b` 或 `abc3:c`，寫成 A、B、C 也可以）。

# %% [markdown] lang="en"
# ## {2.3}
#
# The branch has fewer salespeople than head office, and the manager wants it so: the most profitable **20%** of the
# customers are A, the next **40%** B, the other **40%** C. These are shares of customers, not of profit; customers with
# equal profit are in the same class. After the `#` is the lesson's line: change its cuts, and put it where the `...` is.
#
# **Leave the answer in** `tier` (a Series, the customer as its index, the value `abc3:a`, `abc3:b` or `abc3:c`; plain A, B
# and C will do).

# %% name="q2_3" question="2.3"
### BEGIN SOLUTION
### STUB # rk.abc_tier(profit, cuts=rk.ABC3)
### STUB tier = ...
tier = rk.abc_tier(profit, cuts=(0.20, 0.60))
### END SOLUTION

# %% name="check_2_3"
check("2.3", tier)

# %% name="hint_2_3"
# hint("2.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　線是累計的：A 到 20%，B 到 20% + 40% = 60%。A 有 65 位，比 64 多一位，因為 C324 和 C336 利潤都是 5,357 元，
# 並列第 64 名，線剛好畫在他們中間。兩位都收，名單就和檔案的順序無關；代價是業務員多照顧一位。
#
# **另一種做法**　課文第 {section three_classes} 節的手工版，結果一樣，而且看得見同分怎麼處理：

# %% [markdown] lang="en" solution_only=true
# **Why.** Lines are cumulative: A ends at 20%, B at 20% + 40% = 60%. A has 65 customers, one more than 64, for C324 and C336
# both made NT$5,357 and share place 64, with the line right between them. With both in, the list does not depend on the
# order of the file; the price is one more customer to look after.
#
# **Another way.** By hand as in section {section three_classes} of the lesson, longer, with the same result, and you can see what happens to
# equals:

# %% name="another_way_2_3" solution_only=true
in_front = profit.rank(method="min", ascending=False) - 1
by_hand = pd.Series("abc3:c", index=profit.index)
by_hand.loc[in_front < 0.60 * len(profit)] = "abc3:b"
by_hand.loc[in_front < 0.20 * len(profit)] = "abc3:a"
print((by_hand == tier.astype(str)).all())

# %% name="claim_another_way_2_3" claims=true solution_only=true
assert (by_hand == tier.astype(str)).all()
assert tier.value_counts(sort=False).tolist() == [65, 127, 128]
assert profit["C324"] == profit["C336"] == 5_357
assert in_front["C324"] == in_front["C336"] == 63

# %% [markdown] lang="zh-TW"
# ## {2.4}
#
# 替經理畫一張**直條圖**：客戶金字塔的四層（白金、黃金、鐵、鉛），一層一根，高度是那一層所有客戶的**利潤合計**，
# 由左到右照金字塔由上往下。要有標題，兩個軸都要寫出是什麼，錢要寫單位（元或千元都行）。
# 分層用 `rk.pyramid_tier(profit)`。直條下面是代碼或名稱都可以。
#
# > **怎麼讀這段程式**　畫圖有三步：
# > - `表.groupby(分組, observed=True).sum()` 把同一組的數字加起來，`observed=True` 只列有人的組。
# > - `ax = 一欄數字.plot.bar()` 畫直條，一個數字一根，照原來的順序；`ax` 是這張圖的畫框。
# > - `ax.set_title("標題")`、`ax.set_xlabel("橫軸")`、`ax.set_ylabel("縱軸")` 在畫框上寫字。
#
# **把答案留在** `layer_chart`（`.plot.bar()` 給你的那個畫框）。

# %% [markdown] lang="en"
# ## {2.4}
#
# Draw a **bar chart** for the manager: the four layers of the customer pyramid (platinum, gold, iron,
# lead), a bar each, as high as the **sum of the profit** of all customers in the layer, from left to right as the
# pyramid goes from the top down. It needs a title, both axes must say what they show, and money its unit (dollars or
# thousands). Make the layers with `rk.pyramid_tier(profit)`. Codes or names below the bars will both do.
#
# > **Reading the code.** A picture takes three steps:
# > - `table.groupby(groups, observed=True).sum()` adds up the numbers of each group; `observed=True` lists only
# >   groups that somebody is in.
# > - `ax = numbers.plot.bar()` draws bars, one a number, in the order they have; `ax` is the picture's frame.
# > - `ax.set_title("title")`, `ax.set_xlabel("across")` and `ax.set_ylabel("up")` write on the frame.
#
# **Leave the answer in** `layer_chart` (the frame that `.plot.bar()` gives you).

# %% name="q2_4" question="2.4"
### BEGIN SOLUTION
### STUB layer_chart = ...
layers = rk.pyramid_tier(profit)
by_layer = profit.groupby(layers, observed=True).sum()
in_thousands = (by_layer / 1000).rename(index=rk.scheme_table("pyramid4")["name"])
layer_chart = in_thousands.plot.bar(rot=0)
titles = {"zh-TW": "23 位鉛層客戶讓利潤少了 2.8 萬元", "en": "The 23 lead customers cost us NT$28,000"}
layer_chart.set_title(titles[rk.language()])
layer_chart.set_xlabel(rk.label("column.tier"))
layer_chart.set_ylabel(rk.label("column.profit") + " (NT$1,000)")
rk.show(
    layer_chart,
    words={
        "zh-TW": "四層的利潤合計（千元）：白金 720、黃金 513、鐵 346、鉛 −28，只有鉛往下。",
        "en": "The profit of four layers in NT$1,000: platinum 720, gold 513, iron 346, lead −28."
        " Lead alone points down.",
    },
)
### END SOLUTION

# %% name="check_2_4"
check("2.4", layer_chart)

# %% name="hint_2_4"
# hint("2.4")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　16 位白金客戶帶來 719,853 元，23 位鉛層客戶往下拉 28,167 元，而人數最多的鐵層（232 位）還賺 345,754 元。
# 順序靠 `pyramid_tier` 自己的分類，所以不會變成字母順序。`rk.show` 的 `words` 是給看不見圖的人讀的，題目沒有要求。
# 標題說出發現；你只要寫一種語言。
#
# **另一種做法**　`rk.plot_pyramid(profit, layers)` 一行就有人數、利潤和說明文字；代價是樣子由教材決定，用占比，不是用元。

# %% [markdown] lang="en" solution_only=true
# **Why.** The 16 platinum customers bring NT$719,853; the 23 of lead pull it down by NT$28,167; and iron, with most
# customers (232), still earns NT$345,754. The order comes from `pyramid_tier` itself, so it does not turn alphabetical.
# The `words` of `rk.show` are for readers who cannot see the picture; the task did not ask for them.
# The title states the finding; you need only one language.
#
# **Another way.** `rk.plot_pyramid(profit, layers)` gives customers, profit and a description in one line; the cost is
# that the kit decides how it looks, in shares and not in dollars.

# %% name="facts_of_2_4" solution_only=true claims=true
# The kit checking itself.
assert by_layer.tolist() == [719_853, 513_034, 345_754, -28_167]
assert (by_layer / 1000).round().tolist() == [720, 513, 346, -28]
assert layers.value_counts(sort=False).tolist() == [16, 49, 232, 23]

# %% [markdown] lang="zh-TW"
# ## {2.5}
#
# 同事寫了 `tier_by_value`，照表 5-1 的**累計利潤**分四級。程式跑得動，沒有錯誤訊息，可是經理看了說：
# 「我們最大的客戶，怎麼只是普通？」裡面有**三個**錯，找出來，修好它。
#
# 檢查會拿四批客戶來試：第 2.1 題的十位、四位剛好站在線上的客戶、全部的客戶，還有一個地區的客戶
# （都沒有同分的人，所以不必處理同分）。
#
# > **怎麼讀這段程式**　`def 名稱(參數):` 開始一個函式，縮排的幾行是內容，`return` 把結果交出去。
# > 要試跑，就在新的一格執行 `tier_by_value(profit).value_counts()`。
#
# **把答案留在** `tier_by_value`（修好的函式；交出一個 Series，索引是客戶編號，值是代碼）。

# %% [markdown] lang="en"
# ## {2.5}
#
# A colleague wrote `tier_by_value`, which makes the four tiers of table 5-1 by **cumulative profit**. It runs without an
# error message, but the manager says: “How can our largest customer be merely ordinary?” There are **three** faults.
# Find them and put them right.
#
# The check tries it on four sets of customers: the ten of 2.1, four who stand exactly on the lines, everybody, and those
# of one region (no two are equal, so you need not deal with equals).
#
# > **Reading the code.** `def name(argument):` begins a function, the indented lines are what it does, and `return`
# > hands over the result. To try it, run `tier_by_value(profit).value_counts()` in a new cell.
#
# **Leave the answer in** `tier_by_value` (the mended function; it returns a Series, the customer as its index, the code as
# its value).

# %% name="q2_5" question="2.5"
### BEGIN SOLUTION
### STUB def tier_by_value(profit):
### STUB     ordered = profit.sort_values(ascending=False)
### STUB     so_far = ordered.cumsum() / ordered[ordered > 0].sum()
### STUB     tiers = pd.Series("abc4:small", index=ordered.index)
### STUB     tiers.loc[so_far <= 0.50] = "abc4:premium"
### STUB     tiers.loc[so_far <= 0.80] = "abc4:important"
### STUB     tiers.loc[so_far <= 0.95] = "abc4:ordinary"
### STUB     return tiers
def tier_by_value(profit):
    ordered = profit.sort_values(ascending=False)
    share = ordered.cumsum() / ordered.sum()
    in_front = share.shift(fill_value=0)
    tiers = pd.Series("abc4:small", index=ordered.index)
    tiers.loc[in_front < 0.95] = "abc4:ordinary"
    tiers.loc[in_front < 0.80] = "abc4:important"
    tiers.loc[in_front < 0.50] = "abc4:premium"
    return tiers


### END SOLUTION

# %% name="check_2_5"
check("2.5", tier_by_value)

# %% name="hint_2_5"
# hint("2.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　三個錯：
#
# 1. 三行 `.loc` 的順序。占比不到 50% 的人也不到 95%，最後一行把他們全改成普通，所以高端和重要一個人也沒有。範圍大的先寫，小的後寫。
# 2. 占比包含自己。跨過線的那一位每次都掉一級；往下挪一列，只看前面的人，比較也從 `<=` 改成 `<`。
# 3. 分母只算賺錢的人。經理手上的是扣掉虧損之後的合計。
#
# 修到只剩一個錯的時候，結果看起來已經很像樣，所以要拿算得出來的小例子（第 2.1 題）核對。
#
# **另一種做法**　`rk.abc_tier(profit, by="value")`，連同分都處理好了；代價是看不到線怎麼畫。

# %% [markdown] lang="en" solution_only=true
# **Why.** The three faults:
#
# 1. The order of the `.loc` lines. Whoever is below 50% is below 95% too, so the last line made them all ordinary, and
#    nobody was premium or important. Write the wide range first, the narrow one last.
# 2. The share includes the customer, so whoever crosses a line falls a tier. Move it down by a row to look at those in
#    front, and turn `<=` into `<`.
# 3. The total counts profitable customers only. What the manager has is the total after losses.
#
# With a single fault left, the result looks convincing already. Hence check on a small example that you can work out by
# hand (2.1).
#
# **Another way.** `rk.abc_tier(profit, by="value")`, which deals with equals too; the cost is that you do not see how the
# lines are drawn.

# %% name="facts_of_2_5" solution_only=true claims=true
# The kit checking itself.
ten = pd.Series([30, 25, 15, 12, 8, 6, 5, 3, 1, -5])
assert tier_by_value(ten).value_counts(sort=False).tolist() == [2, 2, 2, 4]
assert (tier_by_value(profit)[profit.index] == rk.abc_tier(profit, by="value").astype(str)).all()

# %% [markdown] lang="zh-TW"
# ## {2.6}
#
# 經理想動手了，桌上有三個方案。假設其他一切不變，這一年的利潤各會是多少元？
#
# - `stop_small`：不做**小客戶**的生意。小客戶是表 5-1 依**名次**的最後一級（`rk.abc_tier(profit)` 的 `abc4:small`）。
# - `stop_lead`：不做**鉛層客戶**的生意，也就是今年賠錢的那些。
# - `trim_lead`：誰都不放掉，只把**鉛層客戶**的服務成本（`service_cost`）省下 30%。
#
# **把答案留在** `plans`（字典，三個名稱如上，值是方案之後的利潤，元）。

# %% [markdown] lang="en"
# ## {2.6}
#
# The manager wants to act, and there are three plans on the desk. If everything else stays the same, what would
# the year's profit be under each, in NT dollars?
#
# - `stop_small`: no business with **small** customers, the last tier of table 5-1 by **rank** (the `abc4:small` of
#   `rk.abc_tier(profit)`).
# - `stop_lead`: no business with **lead** customers, those on whom the firm made a loss this year.
# - `trim_lead`: let nobody go, and save 30% of the cost of service (`service_cost`) of the **lead** customers.
#
# **Leave the answer in** `plans` (a dictionary with these three names, each with the profit under the plan).

# %% name="q2_6" question="2.6"
### BEGIN SOLUTION
### STUB plans = {"stop_small": ..., "stop_lead": ..., "trim_lead": ...}
small = rk.abc_tier(profit) == "abc4:small"
lead = profit < 0
plans = {
    "stop_small": profit[~small].sum(),
    "stop_lead": profit[~lead].sum(),
    "trim_lead": profit.sum() + 0.3 * customers.loc[lead, "service_cost"].sum(),
}
### END SOLUTION

# %% name="check_2_6"
check("2.6", plans)

# %% name="hint_2_6"
# hint("2.6")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　現在的利潤是 1,550,474 元。停掉小客戶**少** 46,745 元，停掉鉛多 28,167 元，只省三成服務成本多 30,755 元，
# 而且一位客戶都不用得罪。鉛層客戶的毛利全是正的，賠掉的是服務；停掉他們，連毛利也一起放掉了。
#
# 別太相信「其他一切不變」：停掉客戶，業務員的薪水照付，服務成本未必真的省得下來；省服務，也可能有人不再買。
#
# **另一種做法**　先算增減，再加現在的合計：`profit.sum() - profit[small].sum()`。少一次 `~`，比較不會寫反；
# 代價是中間那個數字容易直接抄進報告，變成另一個意思。

# %% [markdown] lang="en" solution_only=true
# **Why.** Today's profit is NT$1,550,474. Dropping the small **loses** NT$46,745; dropping lead gains NT$28,167; saving 30% of
# lead's service gains NT$30,755 and offends nobody. Every lead customer has a positive gross margin, and service eats it
# up; drop them, and the margin goes as well.
#
# Do not trust “everything else the same” too far: when a customer goes, the salespeople are still paid, and the cost of
# service may not be saved at all; and with less service some may stop buying.
#
# **Another way.** Work out the change first and take it from today's total: `profit.sum() - profit[small].sum()`. Without
# the `~` there is less to get the wrong way round; the cost is that the figure in between is easily copied into a report, where it
# means something else.

# %% name="facts_of_2_6" solution_only=true claims=true
# The kit checking itself.
total = profit.sum()
assert total == 1_550_474
assert [round(value - total) for value in plans.values()] == [-46_745, 28_167, 30_755]
assert (customers.loc[lead, "revenue"] > customers.loc[lead, "cost_of_goods"]).all()

# %% [markdown] lang="zh-TW"
# ## {2.7}
#
# ABC 看的是已經賺到的錢，A 類裡可能有人早就不買了。可是**沉默不等於離開**：一年買三次的人，三個月沒來很平常；
# 每週都來的人，一個月沒來就奇怪了。所以經理訂了一條規則，每位客戶和**自己**比：
#
# - 平常的間隔，是 365 天除以他一年的訂單數（`order_count`）。
# - 最後一次購買到今天（`recency_days`）**超過三個**間隔，就是安靜得不尋常。
#
# 今年利潤的 A 類（課文的 `rk.ABC3`，前 20%）裡，哪些客戶安靜得不尋常？
#
# **把答案留在** `to_call`（客戶編號的清單，順序不限）。

# %% [markdown] lang="en"
# ## {2.7}
#
# ABC looks at money already earned, so some of class A may have stopped buying long ago. But **silent does not mean
# gone**: three months are nothing for somebody who buys three times a year, and one month is strange for
# somebody who comes every week. So the manager has made a rule that measures each customer against **that customer's
# own habit**:
#
# - The usual gap is 365 days divided by the orders of the year (`order_count`).
# - Who last bought **more than three** gaps ago (`recency_days`) is unusually quiet.
#
# Which customers of this year's class A by profit (`rk.ABC3` of the lesson, the first 20%) are unusually quiet?
#
# **Leave the answer in** `to_call` (a list of customers, in any order).

# %% name="q2_7" question="2.7"
### BEGIN SOLUTION
### STUB to_call = ...
class_a = rk.abc_tier(profit, cuts=rk.ABC3) == "abc3:a"
usual_gap = 365 / customers["order_count"]
to_call = customers.index[class_a & (customers["recency_days"] > 3 * usual_gap)].tolist()
### END SOLUTION

# %% name="check_2_7"
check("2.7", to_call)

# %% name="hint_2_7"
# hint("2.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　14 位，合計帶來 14% 的利潤，而且 14 位今年的利潤都比去年少：ABC 還替他們掛著 A，他們已經在往下走了。
# 一律用 90 天的話，會漏掉 C348 和 C328。C348 平均 16 天買一次，已經安靜 73 天；C328 不到 10 天買一次，安靜 36 天，
# 卻都「還不到 90 天」。反過來，會打擾五位本來就買得少的客戶。先打給 C261：他一個人就占 4% 的利潤。他是學校，
# 而學校在二月多半會買，所以先問，不要先下結論。
#
# **另一種做法**　不用除法：`customers["recency_days"] * customers["order_count"] > 3 * 365`。兩邊都是整數，沒有四捨五入的問題，
# 代價是別人讀不出「間隔」的意思。

# %% [markdown] lang="en" solution_only=true
# **Why.** Fourteen customers, who bring 14% of the profit, and all fourteen earned less than last year: ABC still
# calls them A while they are on the way down. Ninety days for everybody would miss C348, who buys every 16 days and has
# been quiet for 73, and C328, who buys about every 10 days and has been quiet for 36; and it would trouble five
# customers who buy seldom anyway. Call C261 first, who alone makes 4% of the profit. C261 is a school, and schools mostly
# buy in February, so ask before you conclude.
#
# **Another way.** Without a division: `customers["recency_days"] * customers["order_count"] > 3 * 365`. Whole numbers on
# both sides, so no rounding; the cost is that a reader no longer sees the “gap”.

# %% name="facts_of_2_7" solution_only=true claims=true
# The kit checking itself.
called = customers.loc[to_call]
by_90 = customers.index[class_a & (customers["recency_days"] > 90)]
assert len(to_call) == 14
assert f"{called['profit'].sum() / total:.0%}" == "14%"
assert (called["profit"] < called["profit_last_year"]).all()
assert sorted(set(to_call) - set(by_90)) == ["C328", "C348"]
assert len(set(by_90) - set(to_call)) == 5
assert customers.loc[["C348", "C328"], "recency_days"].tolist() == [73, 36]
assert usual_gap[["C348", "C328"]].round().tolist() == [16, 10]
assert called["profit"].idxmax() == "C261"
assert customers.at["C261", "industry"] == "school"
assert f"{profit['C261'] / total:.0%}" == "4%"

# %% [markdown] lang="zh-TW"
# ## {2.8}
#
# 這一題由老師評閱。執行下面這一格看題目和評分項目，把你的話寫在三個引號中間（可以分行）。
# **把答案留在** `answer_2_8`（一段文字）。

# %% [markdown] lang="en"
# ## {2.8}
#
# Your teacher marks this one. Run the next cell to see the question and what is looked for, and write between the two
# sets of three quotation marks, on as many lines as you like. **Leave the answer in** `answer_2_8` (a text).

# %% name="ask_2_8"
ask("2.8")

# %% name="q2_8" question="2.8"
### BEGIN SOLUTION
### STUB answer_2_8 = ...
answer_2_8 = "參考答案在下一格。每個人的寫法不同。 / " * 2 + (
    "A model answer stands in the next cell; yours will read differently."
)
### END SOLUTION

# %% name="check_2_8"
check("2.8", answer_2_8)

# %% name="hint_2_8"
# hint("2.8")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**
#
# > 經理，小客戶沒有都在賠錢。後一半 160 位裡，136 位賺錢，合計 74,912 元；1 位不賺不賠；賠錢的是 23 位，共 28,167 元。全部停掉，
# > 利潤反而少 46,745 元（3%）。建議：
# > 一、本週先打給 A 類裡安靜得不尋常的 14 位，他們帶來 14% 的利潤，從 C261、C348、C135 開始，先問原因；
# > 二、23 位賠錢的客戶毛利都是正的，賠在服務。先查急件和退貨，省下三成就多賺 30,755 元，比放掉他們（多 28,167 元）還多；
# > 其中 C090、C339 在營收榜上是 A 類，業務員要先談；
# > 三、136 位賺錢的小客戶維持標準服務，態度不打折。
# > 分級依今年利潤的名次，改用累計利潤有 25 位會換級。限制：只看過去一年；服務成本怎麼分攤，會影響誰算賠錢。
#
# **為什麼**　先檢驗那句話，再談做法；每個動作都對得上一份名單。「三成」是假設，要寫明是假設。
# **另一種寫法**　直接給經理看第 2.4 題的圖和一句話。快，也容易記住；代價是看不出鉛和小客戶是兩群人，圖上只有層。

# %% [markdown] lang="en" solution_only=true
# **One possible answer**
#
# > Small customers do not all lose money. Of the 160 in the lower half, 136 earn, NT$74,912 in all; 1 breaks even; 23 lose, NT$28,167 in all.
# > Drop all of them and profit falls by NT$46,745 (3%). Three things instead. First, this week call the 14 customers of
# > class A who are unusually quiet and bring 14% of the profit, beginning with C261, C348 and C135, and ask why. Second, the
# > 23 who cost money all have a positive gross margin and lose it on service: look at rush orders and returns. Saving 30% there
# > earns NT$30,755, more than letting them go (NT$28,167); C090 and C339 are class A by revenue, so talk to their
# > salespeople first. Third, the 136 who earn keep standard service and the same courtesy. Tiers are by rank of this
# > year's profit; by cumulative profit 25 customers would change. Limits: one past year only, and how the cost of service
# > is split decides who counts as a loss.
#
# **Why.** It tests the claim before it talks of measures, and each action has its list. The 30% is an assumption, and must
# be called one. **Another way.** Show the manager the picture of 2.4 with one sentence. Quick and easy to remember; the
# cost is that lead and small do not appear as two different groups, for the picture shows layers only.

# %% name="facts_of_the_answer" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
assert (small.sum(), lead.sum(), (small & lead).sum()) == (160, 23, 23)
assert ((small & (profit > 0)).sum(), profit[small & (profit > 0)].sum()) == (136, 74_912)
assert (profit[small].sum(), profit[lead].sum()) == (46_745, -28_167)
assert f"{46_745 / total:.0%}" == "3%"
assert called["profit"].nlargest(3).index.tolist() == ["C261", "C348", "C135"]
a_by_revenue = rk.abc_tier(customers["revenue"], cuts=rk.ABC3) == "abc3:a"
assert customers.index[a_by_revenue & lead].tolist() == ["C090", "C339"]
assert (rk.abc_tier(profit) != rk.abc_tier(profit, by="value")).sum() == 25

# %% [markdown] lang="zh-TW"
# ## {2.9}
#
# 數字交給經理之前，先說清楚有多確定。執行下面這一格看題目。**把答案留在** `answer_2_9`（一個字母，前後加引號）。

# %% [markdown] lang="en"
# ## {2.9}
#
# Before a figure goes to the manager, say how sure it is. Run the next cell to see the question. **Leave the answer in** `answer_2_9`
# (one letter in quotes).

# %% name="ask_2_9"
ask("2.9")

# %% name="q2_9" question="2.9"
### BEGIN SOLUTION
### STUB answer_2_9 = ...
answer_2_9 = "a"
### END SOLUTION

# %% name="check_2_9"
check("2.9", answer_2_9)

# %% name="hint_2_9"
# hint("2.9")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　重抽問的是：換一批差不多的客戶，這個數字會差多少？答案屬於整個占比，不屬於某一位客戶。就算落在 73%，「少數人帶來大部分利潤」仍然成立，
# 所以分級可以用；真正不確定的是站在線邊的人，53% 和擲銅板差不多。
#
# **另一種做法**　在報告的名單上替線邊的客戶做記號，附上 `rk.tier_stability` 的比率，A 與 B 的服務在線的兩側漸漸變，不要一刀切；代價是說明變長。

# %% [markdown] lang="en" solution_only=true
# **Why.** Resampling asks how far the figure would be off with another, similar set of customers. The answer belongs to the
# share and not to a customer. Even at 73%, a few bring most of the profit, so the tiering can be used; what is unsure
# is who stands at the line, and 53% is much like the toss of a coin.
#
# **Another way.** Mark the customers near the line on the list, with the share that `rk.tier_stability` gives, and let
# service change gradually across the line. The price is a longer explanation.

# %% [markdown] lang="zh-TW"
# ## {2.10}
#
# 書上的話，用之前要先量，也要看自己是什麼公司。**把答案留在** `answer_2_10`（文字，幾個字母寫在一起，前後加引號）。

# %% [markdown] lang="en"
# ## {2.10}
#
# Before a sentence from the book is used, measure it, and look at what kind of firm yours is. **Leave the answer in** `answer_2_10` (a text: the letters together, in quotes).

# %% name="ask_2_10"
ask("2.10")

# %% name="q2_10" question="2.10"
### BEGIN SOLUTION
### STUB answer_2_10 = ...
answer_2_10 = "ac"
### END SOLUTION

# %% name="check_2_10"
check("2.10", answer_2_10)

# %% name="hint_2_10"
# hint("2.10")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　利潤低，可能是賣得便宜，也可能是買得少。毛利率分得出來：便宜賣，毛利率會低；買得少，毛利率不變。大客戶要的是規模、歷史、產品都相配的夥伴，
# 剛成立的公司先從小的做起，把供貨練好，比較不會第一次就讓大客戶失望。
#
# **另一種做法**　毛利率之外，再看成交價和定價差多少（折扣率）。更直接，但要有每一筆的定價。

# %% [markdown] lang="en" solution_only=true
# **Why.** Less profit may come from lower prices or from fewer purchases. The margin tells them apart: cheap sales lower it, few sales do not.
# Large customers want a partner who matches them in size, history and products; a new firm that gets its deliveries right
# with smaller ones is less likely to fail a large one on the first order.
#
# **Another way.** Beside the margin, compare the price paid with the list price (the discount). That is more direct, but needs the
# list price of every line.

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
progress("2")

# %% [markdown] lang="zh-TW"
# 還有疑問就[回到課文](../../notebooks/zh-TW/02_abc.ipynb)；做完就往下走：[第 3 章](../../notebooks/zh-TW/03_value_pyramid.ipynb)不只看利潤一個數字。

# %% [markdown] lang="en"
# If something is still unclear, go [back to the lesson](../../notebooks/en/02_abc.ipynb); when you are done, go on to
# [chapter 3](../../notebooks/en/03_value_pyramid.ipynb), where profit is no longer the only number.
