# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 2 章　ABC 分類法：誰帶來利潤
#
# [English edition](../en/02_abc.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 把客戶依利潤排隊、累加，說出多少人帶來多少利潤
# > 2. 用「名次」和「累計利潤」兩種依據分級，並說明站在邊界上的客戶歸誰
# > 3. 指出換一個標準（營收或利潤）會讓誰換級，分得清「鉛」和「小客戶」
# > 4. 用去年的分級檢驗今年，說出 ABC 慢在哪裡
# >
# > 閱讀與試做約 {minutes} 分鐘，分兩次：先 {minutes 1} 分鐘，再 {minutes 2} 分鐘（第 {section reference} 節備查，不算在內）；[練習](../../exercises/zh-TW/02_abc.ipynb)另計。
# > 先做過[從這裡開始](00_start.ipynb)和[第 1 章](01_concepts.ipynb)。
# > 資料：`data/客戶年報.csv`、`data/年度交易.csv`，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 2: ABC, or who brings the profit
#
# [中文版](../zh-TW/02_abc.ipynb)
#
# > **After this chapter you can**
# > 1. line customers up by profit, add them up, and say how many bring how much
# > 2. tier them by rank and by cumulative profit, and say who gets the customer on the boundary
# > 3. show whom a change of criterion (revenue or profit) moves, and tell “lead” from “small”
# > 4. test last year’s tiers on this year, and say what ABC notices too late
# >
# > About {minutes} minutes to read and try, in two sittings of {minutes 1} and {minutes 2} (section {section reference}, for
# > reference, is not counted); then comes the [exercise](../../exercises/en/02_abc.ipynb). You need
# > [Start here](00_start.ipynb) and [chapter 1](01_concepts.ipynb). Data: `data/客戶年報.csv` (the year’s
# > customers), `data/年度交易.csv` (the year’s orders), [what their columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 上一章的結論是：在旭東，分級值得做。經理聽完，翻開客戶年報，320 位客戶從頭看到尾，抬頭問：
#
# > 利潤到底是誰帶來的？
#
# 他聽過「80/20」。可是這條法則說的是**他的**客戶嗎？那 20% 是哪些人？剛好站在線上的客戶又算哪一邊？
# 這一章用最老、最簡單的方法來回答：ABC 分類法，把客戶排成一列，由上往下切。
#
# > **這一章的出處**　做法來自一本《客戶關係管理》教科書的第 5 章，下面叫它「課本」。它的圖 5-1、5-2 已經遺失；跨線的、同分的、賠錢的客戶歸誰，它也沒有說。
# > 這些由教材補上：同分同級、跨線的算上面那一級、賠錢的在最後一級；金字塔的切法（前 5%、到 20%、其餘、賠錢的）也是教材訂的。
# > 課本把客戶金字塔寫成 2002 年，原文是 2001 年。這幾點都記在[勘誤](../../docs/errata.zh-TW.md)，後面不再一一說明。
#
# **先猜再算。** 320 位客戶依利潤由高排到低，你猜前面幾位加起來，就有全年利潤的**一半**？把 `None` 換成你猜的人數，執行它。

# %% [markdown] lang="en"
# ## The manager’s question
#
# The last chapter ended with a yes: at Xudong, tiering is worth it. The manager opens the year’s report,
# reads through the 320 customers, looks up and asks:
#
# > So who does bring the profit?
#
# He has heard of 80/20; everybody has. But is the rule true of **his** customers? Who exactly is in the 20%?
# And the customer who stands right on the line? This chapter answers with the oldest and simplest method,
# ABC: line the customers up, best first, and cut.
#
# > **Where this comes from.** The method is taken from chapter 5 of a textbook on customer relationship management, “the
# > textbook” from here on. Its figures 5-1 and 5-2 are lost, and it does not say what to do with customers who cross a line,
# > are equal, or cost money. The kit fills the gaps: equals share a tier, whoever crosses a line is above it, losses are in
# > the last tier; the cuts of the pyramid (top 5%, up to 20%, the rest, losses) are the kit’s too. The textbook dates the customer pyramid
# > 2002, but the article is of 2001. All this is listed in the [errata](../../docs/errata.en.md) and not mentioned again.
#
# **Guess before you compute.** Of the 320 customers, how many from the top down does it take to make
# **half** of the year’s profit? Replace the `None` with your number and run the cell.

# %% name="guess"
my_guess = None

# %% name="setup"
import numpy as np
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
profit = customers["profit"]

# %% [markdown] lang="zh-TW"
# ## {section line_up}　排隊，再累加
#
# 「利潤」在這裡是營收減進貨成本，再減**服務成本**（拜訪、急件、處理退貨）。先看最前面五位：
#
# > **怎麼讀這段程式**
# > - `表["欄"]` 取出一欄；設定那一格的 `profit` 就是利潤這一欄，每位客戶一個數字。
# > - `.sort_values("profit", ascending=False)` 依利潤排序，`ascending=False` 是由大到小。不寫的話，預設由**小到大**。
# > - `.head(5)` 取前五列；`columns` 是一串欄名，放進方括號，一次取好幾欄。

# %% [markdown] lang="en"
# ## {section line_up} Line up, then add up
#
# “Profit” here is revenue minus the cost of the goods and the **cost to serve**: visits, rush orders, handling of
# returns. The first five:
#
# > **Reading the code**
# > - `table["column"]` picks a column; `profit`, made in the set-up cell, is one number per customer.
# > - `.sort_values("profit", ascending=False)` sorts by profit, and `ascending=False` means from large to
# >   small. Leave it out, and the smallest come **first**.
# > - `.head(5)` takes the first five rows; `columns` is a list of names, and `[columns]` picks them all.

# %% name="first_five"
columns = ["industry", "revenue", "cost_of_goods", "service_cost", "profit"]
rk.pretty(customers.sort_values("profit", ascending=False).head(5)[columns])

# %% [markdown] lang="zh-TW"
# 第一名 C381 是政府機關，一年帶來 155,184 元利潤。接著由上往下累加：前一位、前兩位、前三位……一共占全部利潤的多少？
#
# 先用五位假客戶親手算。他們的利潤是 40、30、20、8、2，合計 100，所以累加就是百分比。在紙上寫兩列：「加到自己為止」和「前面的人加起來」，再執行：
#
# > **怎麼讀這段程式**
# > - `pd.Series([...])` 是一欄數字，`.tolist()` 把它印成一行。
# > - `.cumsum()` 是累加：每一列變成「從第一列到這一列」的總和。
# > - `.shift(fill_value=0)` 把整欄往下挪一列，空出來的第一格填 0，因為第一名前面沒有人。

# %% [markdown] lang="en"
# C381, a government office, comes first with a profit of NT$155,184 in the year. Now add up from the top:
# what share of all profit comes from the first one, the first two, the first three?
#
# Do it by hand for five made-up customers with profits of 40, 30, 20, 8 and 2. Their sum is 100, so running totals are per
# cent. Write two rows on paper, “up to and with this one” and “those in front”, then run the cell:
#
# > **Reading the code**
# > - `pd.Series([...])` is a column of numbers; `.tolist()` prints it on one line.
# > - `.cumsum()` is a running total: every row becomes the sum “from the first row to this one”.
# > - `.shift(fill_value=0)` moves a column down by a row and writes 0 into the empty first place, because nobody is in front
# >   of the first.

# %% name="five_by_hand"
five = pd.Series([40, 30, 20, 8, 2])
print(five.cumsum().tolist())
print(five.cumsum().shift(fill_value=0).tolist())

# %% name="claim_five_by_hand" claims=true
assert five.cumsum().tolist() == [40, 70, 90, 98, 100]
assert (five.cumsum().shift(fill_value=0) < 50).sum() == 2

# %% [markdown] lang="zh-TW"
# 要幾位才有一半？加到第一位是 40，還不到；第二位一加就過了，所以要兩位。這裡有一條規則：**看站在你前面的人**，他們湊到一半了沒？
# 還沒，你就算在內。前面是 0 和 40 的兩位算在內，前面已經 70 的不算。
#
# 現在換成 320 位。除以 `best.sum()`（全部的利潤），累加就變成占比：
#
# > **怎麼讀這段程式**　`best` 是排好隊的利潤，`so_far` 是累計占比，`ahead` 是前面的人占多少；`pd.DataFrame({...})` 把幾欄合成一張表，每個冒號前面是欄名。

# %% [markdown] lang="en"
# How many make one half? Up to the first it is 40, not enough; the second takes it over the line, so two. There is a rule in
# this: a customer is in the group if **everyone in front** has made less than half. Those with 0 and 40 in front are in; the
# one with 70 in front is not.
#
# Now the 320. Divided by `best.sum()`, all profit, running totals become shares:
#
# > **Reading the code.** `best` holds the profits in line, `so_far` the running shares, `ahead` the share of those in front;
# > `pd.DataFrame({...})` puts columns together into a table, with the column’s name before each colon.

# %% name="running_total"
best = profit.sort_values(ascending=False)
so_far = best.cumsum() / best.sum()
ahead = so_far.shift(fill_value=0)
rk.pretty(pd.DataFrame({"profit": best, "cumulative_share": so_far}).head(15))

# %% [markdown] lang="zh-TW"
# 一半在哪裡？第 13 位加完是 49.6%（表上四捨五入成 50%），還不到；第 14 位一加就過了。所以要 **14** 位，320 位的 4%。
# 你剛才猜幾位？猜得太多很正常：我們習慣數人頭，不習慣數錢。
#
# `ahead` 是每位客戶**前面的人**占多少。`<` 逐列比大小，得到 `True` 或 `False`；`.sum()` 數有幾個 `True`。
#
# > **試一試　2.a**　同一條規則，要幾位客戶才湊到利潤的**九成**？表上看不到那麼遠，用 `ahead` 寫一行程式，放進 `n_ninety`。
# > 卡住就另開一格執行 `hint("2.a")`。

# %% [markdown] lang="en"
# Where is one half? After the 13th customer we are at 49.6% (rounded to 50% in the table), so not quite; the 14th
# takes us over the line. It takes **14**, or 4% of 320. How many did you guess? Most people guess too many, because we are used to
# counting heads and not money.
#
# `ahead` is the share of those **in front** of each customer. `<` compares every row and gives `True` or `False`; `.sum()`
# counts the `True`s.
#
# > **Try it: 2.a.** By the same rule, how many customers does it take to make **nine tenths** (90%) of the profit? The table
# > does not reach that far: write one line with `ahead`, and leave the answer in `n_ninety`. If you are stuck, run `hint("2.a")` in a
# > new cell.

# %% name="claim_half" claims=true
assert int((ahead < 0.50).sum()) == 14
assert f"{14 / 320:.0%}" == "4%"

# %% name="try_a"
n_ninety = ...
check("2.a", n_ninety)

# %% [markdown] lang="zh-TW"
# 把整條隊伍畫出來，會是什麼形狀？先在紙上畫一條你想像的線，再自己用 pandas 畫一張：橫軸是第幾位，縱軸是累計占比。
#
# > **怎麼讀這段程式**　`.tolist()` 去掉客戶編號，只留排好的數字；`.plot()` 畫線，傳回圖框 `ax`；`ax.set(...)` 替兩條軸寫字；
# > `+` 把兩段文字接起來；`words=` 是給看不見圖的人聽的說明。

# %% [markdown] lang="en"
# What shape does the whole line-up have? Draw the curve that you expect on paper, then make one with pandas: across, the place in
# the line; up, the cumulative share.
#
# > **Reading the code.** `.tolist()` leaves the customer numbers behind and keeps the figures in line; `.plot()` draws a line and gives
# > back the frame `ax`; `ax.set(...)` labels the axes; `+` joins two pieces of text; `words=` is read out to those who cannot see the picture.

# %% name="own_curve"
ax = pd.Series((100 * so_far).tolist()).plot()
ax.set(xlabel=rk.label("column.customers"), ylabel=rk.label("column.cumulative_share") + " (%)")
words = {
    "zh-TW": "累計利潤的曲線：很快爬到 100%，最高 102%，最後掉回 100%。",
    "en": "The curve of cumulative profit: it soon reaches 100%, peaks at 102% and falls back to 100%.",
}
rk.show(ax, words=words)

# %% [markdown] lang="zh-TW"
# 第幾位開始超過 100%？為什麼還會掉回來？教材的圖把這件事標出來了：

# %% [markdown] lang="en"
# Where does the curve pass 100%, and why does it come back? The kit’s picture marks it:

# %% name="whale"
rk.show(rk.plot_pareto(profit))

# %% [markdown] lang="zh-TW"
# 前面爬得很陡，後面幾乎是平的，而且**超過 100% 之後又掉下來**：302 位賺錢的客戶合計帶來 102%，最後 18 位賠掉 2%。
#
# 這種圖叫**鯨魚曲線**（whale curve），高出 100% 的背，就是後來被賠錢客戶吃掉的部分。旭東的鯨魚很瘦：18 位一共賠 36,887 元。
# 有些書說賠錢的客戶會吃掉一半的利潤；引用之前，先量自己的公司。
#
# 同一條隊伍從另一頭看，由賺得最少的開始累加，就是**羅倫茲曲線**（Lorenz curve）：

# %% [markdown] lang="en"
# The curve is steep at first and almost flat later, and then it **passes 100% and comes down again**: 302
# profitable customers bring 102% between them, and the last 18 lose 2%.
#
# This is called the **whale curve** (鯨魚曲線), and its hump is what loss-making customers eat. Xudong’s whale is
# a thin one: the 18 lose NT$36,887 in all. Some books quote alarming figures, such as half of all profit
# eaten. Measure your own firm before you repeat them.
#
# The same line-up seen from the other end, adding up from the worst, is the **Lorenz curve** (羅倫茲曲線):

# %% name="lorenz"
rk.show(rk.plot_lorenz(profit))

# %% [markdown] lang="zh-TW"
# 排在後面的一半客戶，合起來只帶來 2% 的利潤。灰色虛線是「大家一樣多」；曲線離它愈遠，差距愈大。
# 第 1 章的**吉尼係數**（Gini）量的就是這塊面積，這裡是 0.81：旭東很靠少數人吃飯。
#
# > **對經理來說**　「320 位客戶一視同仁」聽起來公平，其實是把時間平分給差別極大的對象。

# %% [markdown] lang="en"
# The lower half of all customers brings 2% of the profit. The dashed line is “everybody alike”; the further
# the curve sags below it, the greater the differences. The **Gini coefficient** of chapter 1, here 0.81,
# measures just that: Xudong lives on a few.
#
# > **What it means for the manager.** “Treat all 320 alike” sounds fair, but it shares out the salespeople’s
# > time evenly among customers who differ enormously.

# %% name="facts_of_the_curve" claims=true
# The kit checking itself.
earners, losers = profit[profit > 0], profit[profit < 0]
assert (len(profit), len(earners), len(losers)) == (320, 302, 18)
assert losers.sum() == -36_887
assert f"{earners.sum() / profit.sum():.0%}" == "102%"
assert f"{best.tail(160).sum() / profit.sum():.0%}" == "2%"
assert round(rk.gini(profit), 2) == 0.81
assert round(so_far.iloc[12], 3) == 0.496

# %% [markdown] lang="zh-TW"
# ## {section three_classes}　切三段：A、B、C
#
# 隊伍排好，接下來是切。課本的說法：A 類最重要，B 類其次，C 類是其餘的，比例大概是 20：30：50。
# 注意，這三個數字說的是**人數**，不是利潤。
#
# > **怎麼讀這段程式**
# > - `.rank(method="min", ascending=False)` 是名次，第一名最好；利潤相同的人名次相同，取前面那個。減 1 就是「前面有幾個人」。
# > - `len(profit)` 是人數，320。
# > - 先讓每個人都是 C；`.loc[條件] = "B"` 只改條件成立的列，最後再把最前面的改成 A。

# %% [markdown] lang="en"
# ## {section three_classes} Three slices: A, B, C
#
# The customers are in line; now cut. In the textbook’s words: A are the most important, B the next, C the rest, at
# about 20 : 30 : 50. Mind that these are shares of **customers**, not of profit.
#
# > **Reading the code**
# > - `.rank(method="min", ascending=False)` is the place in the line, 1 for the best; equal customers share
# >   the better place. Subtract 1, and you have how many stand in front.
# > - `len(profit)` is the number of customers, 320.
# > - First everybody is a C. `.loc[condition] = "B"` changes only the rows where the condition is true;
# >   last, those at the front become A.

# %% name="abc_by_hand"
in_front = profit.rank(method="min", ascending=False) - 1
by_hand = pd.Series("C", index=profit.index)
by_hand.loc[in_front < 0.50 * len(profit)] = "B"
by_hand.loc[in_front < 0.20 * len(profit)] = "A"
rk.pretty(by_hand.value_counts().to_frame("customers"))

# %% [markdown] lang="zh-TW"
# `value_counts()` 數每一類有幾位。B 有 95 位，C 有 160 位，A 有 **65** 位。320 的 20% 是 64，怎麼會多一位？
# 看看第 63 到 66 名：
#
# > **怎麼讀這段程式**　`.nlargest(66)` 取最大的 66 個，`.tail(4)` 取其中最後四個；`.to_frame()` 把一欄變成一張表，才好印。

# %% [markdown] lang="en"
# `value_counts()` counts each class: 95 in B, 160 in C, and **65** in A. But 20% of 320 is 64. Where does the
# extra customer come from? Look at places 63 to 66:
#
# > **Reading the code.** `.nlargest(66)` takes the 66 largest, `.tail(4)` the last four of them; `.to_frame()`
# > makes a column a table, for showing.

# %% name="the_tie"
rk.pretty(profit.nlargest(66).tail(4).to_frame())

# %% [markdown] lang="zh-TW"
# C069 和 C125 利潤一模一樣，都是 6,266 元，並列第 64 名，而線剛好畫在他們中間。
#
# 「那就取前 64 位嘛。」試試看：同一份檔案，一次照原來的順序，一次上下顛倒（`[::-1]`），各取前 64 位，
# 問 C069 的編號（`.index` 是最左邊的客戶編號）在不在裡面（`in`）：

# %% [markdown] lang="en"
# C069 and C125 made exactly the same profit, NT$6,266, and share place 64. The line falls right between them.
#
# “Then take the first 64.” Try it: the same file, once as it is and once upside down (`[::-1]`). Take
# the first 64 of each and ask whether C069 is among (`in`) their numbers (`.index`, the column at the very left):

# %% name="file_order_decides"
print("C069" in profit.nlargest(64).index)
print("C069" in profit[::-1].nlargest(64).index)

# %% name="facts_of_the_tie" claims=true
# The kit checking itself.
assert profit["C069"] == profit["C125"] == 6266
assert in_front["C069"] == in_front["C125"] == 63
assert "C069" in profit.nlargest(64).index
assert "C069" not in profit[::-1].nlargest(64).index

# %% [markdown] lang="zh-TW"
# 客戶沒變，利潤沒變，把檔案倒過來，A 類就換了人。誰能得到專人服務，由**檔案的列號**決定。
#
# > **停下來想一想**　兩位同分的客戶，怎麼處理才公平？兩位都收、兩位都不收、抽籤，還是再比一個指標？各有誰會吃虧？
#
# <details><summary>想好了再打開</summary>
#
# 沒有標準答案，但有一條底線：**條件相同的客戶，待遇要相同**，而且規則要事先寫好。
# 教材選「兩位都收」：分級只看前面有幾個**比你好**的人，所以同分的人一定同級。代價是 A 類多一位，業務員的時間再分薄一點。
# 再比一個指標（例如往來年資）也說得通，只要事先講明。抽籤和「照檔案順序」一樣，沒辦法向客戶解釋。
#
# </details>

# %% [markdown] lang="en"
# The same customers, the same profits; turn the file over, and somebody else is in class A. The **row in the
# file** decided who is one of the best.
#
# > **Stop and think.** What is fair to two equal customers? Both in, both out, draw lots, or compare something
# > else as well? Who loses in each case?
#
# <details><summary>Decide first, then open this</summary>
#
# There is no single right answer, but there is a minimum: **equal customers get equal treatment**, by a rule
# written down beforehand. The kit takes both in: a tier depends only on how many **better** customers stand
# in front, so equals are always together. The price is one more customer in A, and a little less time for
# each. A second measure, such as years as a customer, is fine too if announced in advance. Drawing lots, like
# file order, is hard to explain to a customer.
#
# </details>

# %% [markdown] lang="zh-TW"
# 教材的 `abc_tier` 用的就是這條規則，`rk.ABC3` 是 20：30：50 的累計寫法 `(0.2, 0.5)`，`cuts=` 就是切在哪裡。代碼 `abc3:a` 的冒號前面是哪一套分級，後面是等級：

# %% [markdown] lang="en"
# The kit’s `abc_tier` follows this very rule; `rk.ABC3` is 20 : 30 : 50 written cumulatively, `(0.2, 0.5)`, and `cuts=` says where to cut. A code such as
# `abc3:a` names the scheme before the colon and the tier behind it:

# %% name="abc_by_kit"
abc = rk.abc_tier(profit, cuts=rk.ABC3)
rk.show(rk.plot_pareto(profit, tiers=abc))

# %% name="claim_abc_by_kit" claims=true
assert (abc.astype(str).str[-1].str.upper() == by_hand).all()
assert abc.value_counts().to_dict() == {"abc3:a": 65, "abc3:b": 95, "abc3:c": 160}

# %% [markdown] lang="zh-TW"
# 最前面五分之一的人帶來八成多的利潤，後面一半的人幾乎沒有把曲線再往上推。
#
# A 類到底帶來多少？`profit[abc == "abc3:a"]` 只留下 A 類客戶的利潤；`round(…, 3)` 取三位小數。
# `rk.value_share(profit)` 直接給前 20% 的占比，是同一個數字。

# %% [markdown] lang="en"
# The first fifth of the customers brings over four fifths of the profit; the second half hardly lifts the curve.
#
# How much exactly does A bring? `profit[abc == "abc3:a"]` keeps the profits of class A only; `round(…, 3)` keeps three
# decimals. `rk.value_share(profit)`, the share of the top 20%, is the same figure.

# %% name="share_of_a"
a_share = profit[abc == "abc3:a"].sum() / profit.sum()
print(round(a_share, 3))

# %% name="claim_share_of_a" claims=true
assert round(a_share, 3) == round(rk.value_share(profit), 3) == 0.827
assert (rk.abc_tier(profit, cuts=rk.PARETO2) == "pareto2:key").sum() == 65

# %% [markdown] lang="zh-TW"
# 83%，**有多確定**？明年的客戶不會和今年一模一樣。`bootstrap_interval` 從 320 位客戶裡**重抽** 2,000 次（抽到的放回去再抽，有人抽到兩次，有人沒抽到），
# 每次重算占比，看它差多少，再推出一個範圍：**95% 信賴區間**。

# %% [markdown] lang="en"
# So it is 83%, but **how sure is that?** Next year’s customers will not be the same as this year’s. `bootstrap_interval` **draws anew** from the
# 320 customers 2,000 times (each goes back after being drawn, so some come twice and some not at all), computes the share
# every time, sees by how much it differs, and gives a range: a **95% confidence interval**.

# %% name="how_sure"
interval = rk.bootstrap_interval(profit, rk.value_share)
print(round(interval.low, 2), round(interval.high, 2))

# %% name="claim_how_sure" claims=true
assert (round(interval.low, 2), round(interval.high, 2)) == (0.78, 0.89)
assert interval.may_be_too_narrow
assert profit.idxmax() == "C381"

# %% [markdown] lang="zh-TW"
# 從 78% 到 89%。所以跟經理說「八成多，可能是將近八成到將近九成」，不要說「82.7%」。真正的範圍也許還要再寬一點：C381 一位就很有分量，
# 重抽的時候他在不在，占比差很多。結論不變：少數人帶來大部分利潤。

# %% [markdown] lang="en"
# From 78% to 89%. So tell the manager “over four fifths, perhaps from nearly four fifths to nearly nine tenths”, and not
# “82.7%”. The true range may be a little wider still: C381 alone weighs so much that the share depends on whether it is
# drawn. The conclusion stands: a few bring most of the profit.

# %% [markdown] lang="zh-TW"
# A 類 20% 的人帶來 83% 的利潤，B 類再帶來 15%，C 類整整 160 位，只有 2%。所以「80/20」在旭東大致成立。
#
# 只切一刀，就是**二八兩級**：20% 的大客戶、80% 的其他客戶，大客戶還是那 65 位。切幾刀、切在哪裡，都可以改，課本也說不必死守。
# 這裡有一個陷阱：課本某一處把這 20% 都叫「重要客戶」，另一處（下一節的表 5-1）「重要客戶」只是第 6% 到 20%。
# 所以代碼一定帶著是哪一套分級：`pareto2:key` 和 `abc4:important` 不是同一群人。
#
# > **先服務誰？**　A 類當然最值得，可是另一份講義提醒：先開發金牛（大而忠誠）的，是**成熟**的公司和成熟的產品。大客戶挑規模、歷史、產品成熟度，樣樣要相配；
# > 剛起步的公司不如先從比較小的客戶開始，練團隊、練供貨的速度，再去敲大客戶的門。
#
# > **拉拉看**　下面兩個滑桿是 A 類和 B 類的終點（累計人數占比）。把第一個從 0.20 慢慢拉到 0.05，看 A 類的利潤占比掉多少；
# > 再拉到 0.40，看多出來的人帶來多少。找出「再多收一位也沒什麼差別」的地方。

# %% [markdown] lang="en"
# Class A, 20% of the customers, brings 83% of the profit; B brings another 15%; and all 160 of C bring 2%. So at
# Xudong “80/20” is about right.
#
# With a single cut there are **two levels**: 20% key customers and 80% others (`rk.PARETO2`), and the key
# ones are the same 65. How many cuts, and where, is up to you; the textbook itself says that there is no need
# to be rigid. Mind one word: here it calls the whole 20% “important customers” (重要客戶); in table 5-1 (next
# section) “important” is only 6% to 20%. So the kit’s codes always name the scheme: `pareto2:key` and
# `abc4:important` are different people.
#
# > **Whom to serve first?** Class A is worth most. But another of the source texts warns that only **mature** firms with mature
# > products should go for their cash cows (large and loyal) first: large customers want a partner who matches them in size,
# > history and product. A young firm does better to begin with smaller ones, to train the team and the speed of supply.
#
# > **Move it.** The two sliders are where A and B end, in cumulative shares of customers. Drag the first slowly
# > from 0.20 down to 0.05 and see how much profit A loses; then up to 0.40, and see what the newcomers bring. (On
# > GitHub the sliders stand still: use the figure above.)

# %% name="slider" tags=["nbval-ignore-output"]
rk.explore_abc(profit)

# %% [markdown] lang="zh-TW"
# ## {section two_criteria}　表 5-1：兩種依據，一個「或」字
#
# 課本的表 5-1 分四級，每一級給了**兩種**依據：
#
# | 等級 | 依利潤名次 | 依累計利潤 |
# |---|---|---|
# | 高端 | 前 5% | 由上往下，湊到 50% 為止 |
# | 重要 | 第 6–20% | 接下來的 30% |
# | 普通 | 第 21–50% | 接下來的 15% |
# | 小客戶 | 後 50% | 最後的 5% |
#
# 兩欄之間是「或」。好像挑哪一個都行。真的嗎？先算最上面一級：依名次，前面不到 5% 的人；依累計利潤，前面的人還沒湊到 50%。
# （`in_front` 數的是前面有幾個**人**，`ahead` 是前面的人占多少**錢**。）

# %% [markdown] lang="en"
# ## {section two_criteria} Table 5-1: two criteria and one “or”
#
# Table 5-1 of the textbook has four tiers, and gives **two** criteria for each:
#
# | tier | by rank of profit | by cumulative profit |
# |---|---|---|
# | premium (高端) | top 5% | from the top, until they make 50% |
# | important (重要) | 6–20% | the next 30% |
# | ordinary (普通) | 21–50% | the next 15% |
# | small (小客戶) | bottom 50% | the last 5% |
#
# The word “or” stands between the columns, as if it made no difference which you take. Does it? Take premium: by rank,
# fewer than 5% of the customers are in front; by cumulative profit, those in front have
# not reached 50%. (`in_front` counts the **people** in front, `ahead` the share of the **money** they make.)

# %% name="premium_twice"
print((in_front < 0.05 * len(profit)).sum())
print((ahead < 0.50).sum())

# %% [markdown] lang="zh-TW"
# 16 位和 14 位。有兩位客戶，換一種讀法就不是高端了。
#
# 累計的規則要講清楚三件事：
#
# - **跨過線的那一位**算上面那一級。他前面的人還沒湊滿，靠他才湊滿。
# - **同分的人**同級。
# - **賠錢的人**：他前面的人已經湊到 100% 以上，所以一定在最後一級。每個人剛好只有一個位置。
#
# > **試一試　2.b**　依**累計利潤**，「普通」客戶是哪幾位？前面的人已經湊到 80%，但還沒湊到 95%。把編號放進 `ordinary`。
# > 兩個條件同時成立用 `&`，每個條件外面要加括號；`ahead.index[條件]` 給你條件成立的客戶。

# %% [markdown] lang="en"
# Sixteen and fourteen: two customers are premium by rank only.
#
# The cumulative rule needs three things settled:
#
# - **Whoever crosses the line** belongs above it. Those in front had not reached it yet; it took this customer.
# - **Equals** are in the same tier.
# - **Customers who cost money** have more than 100% in front of them already, so they are in the last tier.
#
# > **Try it: 2.b.** Which customers are “ordinary” by **cumulative profit**? Those in front have reached 80%, but not
# > yet 95%. Put their numbers into `ordinary`. Two conditions at once take `&`, with brackets round each;
# > `ahead.index[condition]` gives the customers for whom it is true.

# %% name="try_b"
ordinary = ...
check("2.b", ordinary)

# %% [markdown] lang="zh-TW"
# 教材的 `abc_tier` 兩種都會：不寫 `by` 就依名次，`by="value"` 依累計。`abc_agreement` 把兩個結果交叉數一遍：

# %% [markdown] lang="en"
# The kit’s `abc_tier` does both: by rank unless you say otherwise, by cumulative profit with `by="value"`.
# `abc_agreement` counts the customers under both at once:

# %% name="agreement"
by_rank = rk.abc_tier(profit)
by_value = rk.abc_tier(profit, by="value")
table = rk.abc_agreement(profit)
rk.pretty(table)

# %% name="claim_agreement" claims=true
assert (by_value == "abc4:premium").sum() == (ahead < 0.50).sum() == 14

# %% name="facts_of_the_agreement" claims=true
# The kit checking itself.
assert rk.agreement_share(table) == 0.875
assert table.loc["abc4:ordinary", "abc4:small"] == 31
assert table.to_numpy().tolist() == [[14, 2, 0, 0], [0, 42, 7, 0], [0, 0, 64, 31], [0, 0, 0, 160]]
assert by_rank.value_counts(sort=False).tolist() == [16, 49, 95, 160]
assert by_value.value_counts(sort=False).tolist() == [14, 44, 71, 191]

# %% [markdown] lang="zh-TW"
# 左邊的列是依名次，上面的欄是依累計。對角線上是兩邊一致的，280 位，87.5%；另外 40 位有兩種身分。
# 其中 31 位依名次是「普通」，依累計卻是「小客戶」：前者有人留意，後者只有基本服務。
#
# 用的是哪一種，**一定要寫在報告上**。選哪一種呢？看你要管住什麼：
#
# - 依**名次**，每一級有幾個人事先就知道，好排人力。
# - 依**累計**，每一級管住多少錢事先就知道，人數隨公司而變。

# %% [markdown] lang="en"
# The rows are by rank, the columns by cumulative profit. On the diagonal the two agree: 280 customers, 87.5%.
# The other 40 have two labels. The largest group is 31 customers, “ordinary” by rank and
# “small” by cumulative profit: one label has them watched as a group, the other gives them basic service only.
#
# So **the report must say which was used**. Which should you take? That depends on what you want to fix in advance:
#
# - By **rank**, you know how many customers each tier will have, which suits a team of fixed size.
# - By **cumulative profit**, you know how much money each tier will hold; the headcount varies from firm to firm.

# %% [markdown] lang="zh-TW"
# 分三類也有依累計的切法，常見的是利潤的 80：15：5。別和人數的 20：30：50 混在一起（`sort=False` 是照 A、B、C 的順序排，不照人數）：

# %% [markdown] lang="en"
# Three classes can be cut by cumulative profit too, commonly at 80 : 15 : 5 of the profit. Do not confuse
# that with 20 : 30 : 50, which are shares of customers. (`sort=False` keeps the classes in the order A, B, C, whatever their size.)

# %% name="three_by_value"
abc_by_value = rk.abc_tier(profit, by="value", cuts=(0.80, 0.95))
rk.pretty(abc_by_value.value_counts(sort=False).to_frame("customers"))

# %% name="claim_three_by_value" claims=true
assert abc_by_value.value_counts(sort=False).tolist() == [58, 71, 191]

# %% [markdown] lang="zh-TW"
# A 類 58 位、B 類 71 位、C 類 191 位，人數是 18：22：60。固定利潤的比例，各級人數就隨公司而變。
#
# 兩種依據只有在一種情況下才會幾乎一致：利潤的差距剛好是 80/20 那一種。第 {section reference} 節備查試給你看。

# %% [markdown] lang="en"
# 58, 71 and 191 customers, or 18 : 22 : 60. If you fix the profit shares, class sizes differ from firm to firm.
#
# The two criteria agree almost fully in one case only, when profits differ just as 80/20 says. Section {section reference} tries it out.

# %% [markdown] lang="zh-TW"
# 分完級，課本還寫了每一級的特徵和服務方式，`rk.scheme_table` 印出一套分級的說明：

# %% [markdown] lang="en"
# For every tier the textbook adds traits and a way to serve it; `rk.scheme_table` looks a scheme up:

# %% name="service"
rk.pretty(rk.scheme_table("abc4")[["name", "traits", "strategy"]])

# %% [markdown] lang="zh-TW"
# 旭東的客戶真的這樣嗎？可以量。先看「重要」客戶：課本說他們利潤不太高，**原因是對價格敏感**、希望有折扣。如果是這樣，
# 他們的**毛利率**（營收扣掉進貨成本，還剩幾成）應該明顯比高端客戶低。
#
# 再看「小客戶」：課本說他們「不會復購」，多半只買一次。
#
# > **怎麼讀這段程式**　`.groupby(分組, observed=False).median()` 算每一級的中位數，也就是排在中間的那一位，`observed=False` 讓沒有人的等級也列出來；`表.loc[條件, "欄"]` 取條件成立的列的那一欄。第二格印出三個數字：只買一次的小客戶、小客戶總數、他們訂單數的中位數。

# %% [markdown] lang="en"
# Do Xudong’s customers have these traits? That can be measured. Take “important” first: their profit is not so high, says the
# textbook, **because they are sensitive to price** and want discounts. If so, their **gross margin**, the part of revenue left
# after the cost of the goods, should be clearly lower than that of premium customers.
#
# Then the small ones: they do not buy again, says the textbook; most buy only once.
#
# > **Reading the code.** `.groupby(groups, observed=False).median()` gives the median of each tier, the customer in the middle
# > (`observed=False` lists empty tiers too); `.loc[condition, column]` takes, from that column, the rows where the condition is true. The second
# > cell prints three figures: small customers who bought once, all small customers, and their median number of orders.

# %% name="price_sensitive"
gross_margin = (customers["revenue"] - customers["cost_of_goods"]) / customers["revenue"]
traits = pd.DataFrame({"gross_margin": gross_margin, "revenue": customers["revenue"]})
rk.pretty(traits.groupby(by_rank, observed=False).median().round(3))

# %% name="claim_price_sensitive" claims=true
middle = traits.groupby(by_rank, observed=False).median()
assert [f"{one:.0%}" for one in middle["gross_margin"]] == ["37%", "36%", "34%", "34%"]
assert middle["revenue"].round().tolist()[:2] == [199_328, 49_080]

# %% name="bought_once"
small = by_rank == "abc4:small"
bought_once = (customers.loc[small, "order_count"] == 1).sum()
print(bought_once, small.sum(), customers.loc[small, "order_count"].median())

# %% name="claim_bought_once" claims=true
assert bought_once == 39
assert customers.loc[small, "order_count"].median() == 4

# %% [markdown] lang="zh-TW"
# 毛利率 37% 和 36%，幾乎一樣；差的是買多少，營收的中位數 199,328 元對 49,080 元。在旭東，「重要」客戶利潤低是因為**買得少**，帳上看不出他們特別要折扣。
# 這時候該做的是讓他多買，不是降價。
#
# 小客戶 160 位裡只買一次的有 39 位，四分之一；訂單的中位數是一年 4 張。課本那句話在旭東也**不成立**。書上的特徵，先數過再用。

# %% [markdown] lang="en"
# Margins of 37% and 36% are almost the same. What differs is how much they buy: a median revenue of NT$199,328 against NT$49,080. At
# Xudong “important” customers bring less because they **buy less**; the books show no special discounts. So help them to
# buy more, rather than lowering prices.
#
# Of the 160 small customers 39 bought once, one in four; their median is 4 orders a year. That sentence is **not true** at Xudong
# either. Traits from a book are a place to start; count before you use them.

# %% [markdown] lang="zh-TW"
# **邊界上的人，有多少是運氣？** C069 和 C125 剛好在線上，規則把他們都收進 A。`tier_stability` 用同樣的重抽，看每位客戶有多少次留在原來的等級；
# 低於九成的，教材稱為靠近切線（`near_cut`）：
#
# > **怎麼讀這段程式**　第二個參數要一個「怎麼分級」的函式。`lambda values: …` 是寫在一行裡的小函式：給它一批利潤，傳回等級。
# > 結果的 `kept_share` 是留在原級的比率。印出來的依序是：靠近切線的 A 類、靠近切線的全部；三位客戶的 `kept_share`。

# %% [markdown] lang="en"
# **At the boundary, how much is luck?** C069 and C125 stand right on the line, and the rule takes both into A. `tier_stability`
# draws anew in the same way, and counts how often each customer stays in the same class; a customer who stays in fewer than
# nine draws out of ten counts as near a cut (`near_cut`):
#
# > **Reading the code.** The second argument is a function that tiers. `lambda values: …` is a small function on one line: given
# > profits, it returns classes. In the result, `kept_share` is the share of draws in which a customer stayed. Printed are: As near
# > a cut, all near a cut; and the `kept_share` of three customers.

# %% name="stability"
stability = rk.tier_stability(profit, lambda values: rk.abc_tier(values, cuts=rk.ABC3))
print((stability["near_cut"] & (abc == "abc3:a")).sum(), stability["near_cut"].sum())
print(stability.loc[["C381", "C069", "C125"], "kept_share"].round(2).tolist())

# %% name="claim_stability" claims=true
assert (stability["near_cut"] & (abc == "abc3:a")).sum() == 10
assert stability["near_cut"].sum() == 40
assert stability.loc[["C381", "C069", "C125"], "kept_share"].round(2).tolist() == [1, 0.53, 0.52]
assert profit[stability["near_cut"] & (abc == "abc3:a")].max() == 7_501

# %% [markdown] lang="zh-TW"
# 320 位裡有 40 位靠近切線，其中 10 位是 A 類。C381 每次都是 A；C069 和 C125 只有 53% 和 52%，幾乎像擲銅板。
#
# > **對經理來說**　最前面的人不用懷疑。線邊這 10 位（利潤 7,501 元以下的 A），A 或 B 都說得通：服務在線的兩側要慢慢變，不要差一截。

# %% [markdown] lang="en"
# Forty of 320 are near a cut, ten of them in class A. C381 is an A every time; C069 and C125 in 53% and 52%, almost a toss of a coin.
#
# > **What it means for the manager.** Those at the front are beyond doubt. For the ten at the line, the As with NT$7,501 or less, A
# > and B are both defensible: let service change gradually across the line, without a jump.

# %% [markdown] lang="zh-TW" stop=true
# **可以停在這裡。** 你已經會排隊、累加、切級，也說得出線上的人歸誰、有多確定。下次從一個陷阱開始；回來時選 Run → Run All Above Selected Cell。

# %% [markdown] lang="en" stop=true
# **A good place to stop.** You can line up, add up and cut, and you know who gets the boundary and how sure that is. Next time begins with a
# trap; choose Run → Run All Above Selected Cell first.

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：同事替政府客戶分級
#
# 同事說：「政府機關要單獨分級，我照表 5-1 的累計利潤做好了。累計不超過 50% 的是高端，50% 到 80% 的是重要。」他的程式：
#
# > **怎麼讀這段程式**　`profit[customers["industry"] == "government"]` 只留下政府客戶；`<=` 是「小於或等於」。

# %% [markdown] lang="en"
# ## {section trap} A trap: a colleague tiers the government customers
#
# A colleague says: “Government offices should be tiered on their own, and I have done it, by the cumulative profit
# of table 5-1. Up to 50% is premium, 50% to 80% important.” Here is the code:
#
# > **Reading the code.** `profit[customers["industry"] == "government"]` keeps the government customers only; `<=`
# > means “less than or equal to”.

# %% name="trap"
government = profit[customers["industry"] == "government"].sort_values(ascending=False)
total = government.cumsum() / government.sum()
print(len(government), (total <= 0.50).sum(), ((total > 0.50) & (total <= 0.80)).sum())

# %% [markdown] lang="zh-TW"
# 22 位客戶，高端 0 位，重要 2 位。同事的結論：「政府客戶裡沒有值得給最好服務的人。」
#
# > **停下來想一想**　這個結論可信嗎？印出 `total.head(3)` 看看第一位是誰。程式的哪一個地方有問題？
#
# <details><summary>想好了再打開</summary>
#
# 第一位是 C381，**全公司利潤最高的客戶**。他一個人就占政府客戶利潤的 52%，「累計」裡包含他自己，一開始就超過 50%，於是掉到「重要」。
# 愈是舉足輕重的客戶，愈容易這樣掉下去：要是他占 85%，他會變成「普通」。
#
# 錯在拿**包含自己**的總和去比。該問的是「前面的人湊滿了沒」。這種寫法會把每一條線上跨線的那位往下推一級。
# 沒有錯誤訊息，每條線又只錯一位，客戶一多就很難發現。
#
# </details>

# %% [markdown] lang="en"
# Of 22 customers none is premium, and two are important. The colleague concludes: “No government customer is worth
# our best service.”
#
# > **Stop and think.** Do you believe it? Print `total.head(3)` and see who comes first. What is wrong with the
# > code?
#
# <details><summary>Decide first, then open this</summary>
#
# First comes C381, **the most profitable customer of the whole firm**. C381 alone makes 52% of the profit
# from government; a total that includes C381 starts above 50%, so C381 drops to “important”. The bigger the
# customer, the deeper the fall: with 85%, the tier would be “ordinary”.
#
# The mistake is to compare a sum that **includes the customer**. The question is whether those *in front* have
# reached the line. Every line has one customer who crosses it, and this code pushes that one down every time.
# There is no error message, and in a firm with many customers only one per line is wrong, which is hard to spot.
#
# </details>

# %% name="trap_mended"
in_front_of_each = total.shift(fill_value=0)
print((in_front_of_each < 0.50).sum(), (total <= 0.50).sum())

# %% name="claim_trap_mended" claims=true
mended = rk.abc_tier(government, by="value")
assert mended[mended == "abc4:premium"].index.tolist() == ["C381"]

# %% name="facts_of_the_trap" claims=true
# The kit checking itself.
assert government.index[0] == best.index[0] == "C381"
assert round(total["C381"], 2) == 0.52
assert len(government) == 22
assert (total <= 0.50).sum() == 0
assert ((total > 0.50) & (total <= 0.80)).sum() == 2

# %% [markdown] lang="zh-TW"
# 改好之後，高端有 1 位，就是 C381。養成一個習慣：分完級，**先找公司裡人人都認識的大客戶，看他在哪一級**。

# %% [markdown] lang="en"
# Put right, there is one premium customer: C381. Make it a habit: after tiering, **look up a big customer whom
# everybody in the firm knows, and see which tier it got**.

# %% [markdown] lang="zh-TW"
# ## {section lead}　金字塔，和塔底的鉛
#
# 課本在這裡還提到 Zeithaml、Rust 和 Lemon 的**客戶金字塔**：白金、黃金、鐵、鉛。（*California Management Review* 43 卷 4 期，**2001** 年夏季號。）
# 前三層愈上面愈賺錢；**鉛**不一樣，是服務成本比毛利還高、會**賠錢**的客戶，也就是 `profit < 0`。這裡白金是前 5%，黃金到 20% 為止，其餘賺錢的是鐵。
#
# 先在紙上畫：四層各有多寬（人數），各帶來多少利潤？再看圖（`rk.pyramid_tier` 分層），左邊的層寬是人數，右邊是利潤：

# %% [markdown] lang="en"
# ## {section lead} The pyramid, and the lead at its foot
#
# At this point the textbook brings in the **customer pyramid** of Zeithaml, Rust and Lemon: platinum, gold, iron,
# lead (*California Management Review* 43(4), Summer **2001**). In the first
# three layers, higher means more profitable. **Lead** (鉛, the metal) is different: customers who
# cost more than they bring, so that we make a **loss**, or `profit < 0`.
# Here platinum is the top 5%, gold goes up to 20%, and the others who earn us money are iron.
#
# Draw it on paper first: how wide is each layer in customers, and how much profit does it bring? `rk.pyramid_tier` finds the layers; in the
# picture, the width on the left is customers, and profit is on the right:

# %% name="pyramid"
layers = rk.pyramid_tier(profit)
rk.show(rk.plot_pyramid(profit, layers))

# %% name="claim_pyramid" claims=true
assert ((layers == "pyramid4:lead") == (profit < 0)).all()
assert layers.value_counts(sort=False).tolist() == [16, 49, 237, 18]

# %% [markdown] lang="zh-TW"
# 16 位白金客戶（5%）帶來 54% 的利潤；人最多的是鐵，74%；18 位鉛層客戶（6%）把利潤往下拉 2%。它不是一座愈往下愈寬的塔：鉛層的人不多，卻賠錢。
#
# 「那小客戶就是鉛嘛，一起放掉算了。」先別急，量一量。小客戶 160 位，其中有多少是鉛？剩下的賺多少？

# %% [markdown] lang="en"
# Sixteen platinum customers (5%) bring 54% of the profit; most customers are iron, 74%; 18 lead customers (6%) pull profit down by 2%. It is
# no pyramid that widens all the way down: lead is few, and costs money.
#
# “So small means lead. Let them all go.” Not so fast. Of the 160 small customers, how many are lead? And what do
# the others make?

# %% name="lead_is_not_small"
print((small & (profit < 0)).sum(), profit[small & (profit < 0)].sum())
print((small & (profit > 0)).sum(), profit[small & (profit > 0)].sum())

# %% name="claim_lead_is_not_small" claims=true
assert (small & (profit > 0)).sum() == 142
assert profit[small & (profit > 0)].sum() == 77_008

# %% [markdown] lang="zh-TW"
# 160 位小客戶裡，18 位賠了 36,887 元，另外 142 位賺了 77,008 元。把 160 位都放掉，就算服務成本全省下來，旭東還是少賺四萬元，
# 白白得罪 142 位付錢的人。**小不等於賠。** 有的講義把後 80% 叫「劣質客戶」，我們不用這個詞。
#
# 那麼，賠錢的客戶都很小嗎？換一個標準就知道了。

# %% [markdown] lang="en"
# Of the 160, 18 cost the firm NT$36,887 and the other 142 earned it NT$77,008. Let all 160 go, and Xudong is
# NT$40,000 poorer and has offended 142 customers who earn it money. **Small does not mean loss-making.** Some texts call
# the lower 80% “inferior customers”. We do not.
#
# And are all loss-making customers small? By profit, of course. By revenue, the next section will show.

# %% [markdown] lang="zh-TW"
# ## {section revenue_or_profit}　換一個標準：營收還是利潤？
#
# ABC 沒有規定排隊的標準。業務員心裡的「大客戶」，多半是營收大的。同樣 20：30：50，依營收再分一次：
#
# > **怎麼讀這段程式**　`rk.label("column.revenue")` 只是取出這一欄的標題，讓圖上有字。

# %% [markdown] lang="en"
# ## {section revenue_or_profit} Another criterion: revenue or profit?
#
# ABC does not say what to line customers up by. Many firms pay their salespeople on revenue, and a “big
# customer” is then one with high revenue. Tier again, 20 : 30 : 50 by revenue:
#
# > **Reading the code.** `rk.label("column.revenue")` only fetches a column’s title, to put words on the picture.

# %% name="by_revenue"
by_revenue = rk.abc_tier(customers["revenue"], cuts=rk.ABC3)
names = (rk.label("column.revenue"), rk.label("column.profit"))
rk.show(rk.plot_alluvial(by_revenue, abc, names=names))

# %% name="claim_by_revenue" claims=true
assert (by_revenue != abc).sum() == 52

# %% [markdown] lang="zh-TW"
# 改看利潤，52 位客戶換了類別：28 位升，24 位降。最值得看的是從 A 掉下來的那些人。
#
# > **試一試　2.c**　哪些客戶依營收是 A 類，依利潤卻**不是** A 類？把編號放進 `overrated`。「不等於」寫成 `!=`。

# %% [markdown] lang="en"
# Fifty-two customers change class: 28 rise when profit counts, 24 fall. The ones to look at are those who fall
# out of A.
#
# > **Try it: 2.c.** Which customers are class A by revenue, but **not** by profit? Put their numbers into
# > `overrated`. “Not equal” is `!=`,
# > “and” is `&`; `customers.index[condition]` gives the customers for whom it is true.

# %% name="try_c"
overrated = ...
check("2.c", overrated)

# %% [markdown] lang="zh-TW"
# 其中有三位，C089、C331、C367，一路從 A 掉到 C：

# %% [markdown] lang="en"
# Three of them, C089, C331 and C367, fall all the way from A to C:

# %% name="from_a_to_c"
rk.pretty(customers.loc[["C089", "C331", "C367"], columns])

# %% name="claim_from_a_to_c" claims=true
fell = customers[(by_revenue == "abc3:a") & (abc == "abc3:c")]
assert (fell["profit"] < 0).all()

# %% [markdown] lang="zh-TW"
# 營收榜上的 A 類，這三位全是鉛。C331 一年買了 42,600 元，毛利有 18,333 元，服務成本卻要 34,514 元，倒賠 16,181 元。
# 他的毛利不差，賠錢的是**服務**，而服務怎麼給，多半是我們自己決定的。
#
# > **對經理來說**　鉛不是客戶的天性。先查這 34,514 元花在哪裡：急件可不可以收費？退貨是不是我們送錯？
# > 18 位鉛層客戶裡有 7 位是學校和政府機關；悄悄降低他們的服務，受影響的是學生和民眾。

# %% [markdown] lang="en"
# All three are lead, although by revenue they are class A. C331 bought for NT$42,600, which left NT$18,333
# after the cost of the goods; but visits, rush orders and returns cost NT$34,514, hence a loss
# of NT$16,181. The goods earn money. It is the **service** that loses it, and how much service to give is
# mostly our own decision.
#
# > **What it means for the manager.** Lead is not in a customer’s nature. First find out where the NT$34,514 went:
# > could rush orders be charged for? Did we deliver the wrong goods? Put that right, and C331 is no longer lead. Of
# > the 18 lead customers, 7 are schools and government offices; quietly cutting their service would hurt pupils
# > and the public, and the firm’s name.

# %% name="facts_of_the_lead" claims=true
# The kit checking itself.
lead = customers[profit < 0]
one = fell.loc["C331"]
assert sorted(fell.index) == ["C089", "C331", "C367"]
assert (one["revenue"], one["service_cost"], one["profit"]) == (42_600, 34_514, -16_181)
assert one["revenue"] - one["cost_of_goods"] == 18_333
assert lead["industry"].isin(["school", "government"]).sum() == 7
assert (lead["profit_last_year"] < 0).all()

# %% [markdown] lang="zh-TW"
# ## {section too_late}　ABC 慢在哪裡？
#
# ABC 看的是**已經賺到**的錢。拿去年的利潤分級，再和今年比，就知道它會不會過時。
#
# > **怎麼讀這段程式**　`.dropna()` 去掉空白：17 位客戶今年才來，沒有去年的利潤。`abc[before.index]` 只取去年也在的 303 位，順序相同，才能逐列比。

# %% [markdown] lang="en"
# ## {section too_late} What does ABC notice too late?
#
# ABC looks at money **already earned**. Tier by last year’s profit and compare with this year, and you see how fast the
# labels go out of date.
#
# > **Reading the code.** `.dropna()` removes blanks: 17 customers are new and have no profit last year.
# > `abc[before.index]` takes the 303 who were there last year too, in the same order, so that rows can be compared.

# %% name="last_year"
before = rk.abc_tier(customers["profit_last_year"].dropna(), cuts=rk.ABC3)
now = abc[before.index]
rk.show(rk.plot_migration(before, abc, names=("2019–20", "2020–21")))

# %% name="claim_last_year" claims=true
assert (len(before), (before == now).sum()) == (303, 250)
assert ((now < before).sum(), (now > before).sum()) == (26, 27)

# %% [markdown] lang="zh-TW"
# 303 位裡有 250 位留在原級，26 位升、27 位降。大約每六位就有一位，手上的標籤已經過期，我們卻要等到年度結帳（3 月 31 日）才知道。
#
# 反過來看，這也是優點：**每年重算一次，客戶會上下移動**，資源跟著走。課本說它「動態」，指的就是這個。
#
# > **試一試　2.d**　去年的 A 類，今年離開 A 類的是哪幾位？把編號放進 `fallen`。用 `before` 和 `now`，它們的順序相同。

# %% [markdown] lang="en"
# Of 303 customers 250 stay where they were, 26 move up and 27 down. About one label in six was out of date,
# and we learn of it only when the books of the year close on 31 March.
#
# It is a strength, too: **tier again every year, and customers move up and down**, and our effort follows.
# That is what the textbook means by “dynamic”.
#
# > **Try it: 2.d.** Which customers of last year’s class A are no longer in A? Put their numbers into `fallen`.
# > Use `before` and `now`, which have the same order.

# %% name="try_d"
fallen = ...
check("2.d", fallen)

# %% [markdown] lang="zh-TW"
# 就算不等明年，今年的 A 類裡也有已經過期的。翻開全年的交易，問每位 A 類客戶：最後一次買東西是多少天以前？
#
# > **怎麼讀這段程式**
# > - `clean_transactions` 傳回整理好的交易和未採用的列（這一本沒有）；`amount > 0` 去掉退貨，退貨的金額是負的。
# > - `groupby("customer")["date"].max()`：同一位客戶的列放一起，取最晚的日期。兩個日期相減，`.dt.days` 取出天數。
# > - `.assign(新欄=…)` 做一份加了新欄的表，依客戶編號對齊；接在後面的 `[條件]` 只留 A 類。最後篩出超過 90 天沒買的。

# %% [markdown] lang="en"
# Some labels in this year’s class A are out of date already. Open the year’s orders and ask of every class A customer:
# was the last purchase more than 90 days ago?
#
# > **Reading the code**
# > - `clean_transactions` gives the orders, cleaned, and the rows left out (none in this book; called `left_out`);
# >   `amount > 0` takes out the returns, whose amounts are negative.
# > - `groupby("customer")["date"].max()` puts each customer’s rows together and takes the latest date. The
# >   difference of two dates has its days in `.dt.days`.
# > - `.assign(new_column=…)` makes a copy of the table with an extra column, matched by customer.

# %% name="gone_quiet"
ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
clean, left_out = rk.clean_transactions(ledger, today="2021-04-01")
last_day = clean[clean["amount"] > 0].groupby("customer")["date"].max()
days = (pd.Timestamp("2021-04-01") - last_day).dt.days
class_a = customers.assign(recency_days=days)[abc == "abc3:a"]
quiet = class_a[class_a["recency_days"] > 90].sort_values("recency_days", ascending=False)
shown = ["industry", "order_count", "profit_last_year", "profit", "recency_days"]
rk.pretty(quiet[shown])

# %% name="facts_of_the_quiet" claims=true
# The kit checking itself.
assert (len(left_out), len(quiet), quiet["recency_days"].min()) == (0, 11, 131)
assert quiet["profit"].sum() == 99_424
assert f"{99_424 / profit.sum():.1%}" == "5.4%"
assert quiet["recency_days"].idxmax() == "C284"
assert (quiet["order_count"] <= 3).sum() == 5
assert quiet.loc["C284", ["profit", "recency_days"]].tolist() == [11_005, 321]
assert clean.loc[clean["customer"] == "C284", "date"].max() < pd.Timestamp("2020-06-01")

# %% [markdown] lang="zh-TW"
# 線畫在 90 天，篩出來的 11 位其實都超過 130 天沒買，合計 99,424 元利潤（把 `profit` 那一欄加起來），占全公司的 5.4%。C284 只在 2020 年的四、五月買過（`clean[clean["customer"] == "C284"]`），
# 之後 321 天毫無消息，卻因為那兩個月的 11,005 元，到今天還掛著 A，和每週都來的大客戶看不出分別。
#
# 不過**沉默不等於離開**：這 11 位裡有 5 位，這一年本來就只下過兩三張訂單（看「交易次數」）。所以先打電話問，別急著宣布流失。
#
# > **對經理來說**　ABC 是後照鏡：看得清楚，但只看得到後面。拿它排**今年的資源**可以，拿它判斷**誰正要離開**不行。

# %% [markdown] lang="en"
# There are eleven, and all have bought nothing for over 130 days; together they made NT$99,424 (add up the column `profit`), or 5.4% of
# all profit. C284 bought only in April and May 2020 (`clean[clean["customer"] == "C284"]`), has been silent for 321 days, and still carries an A for
# the NT$11,005 of those two months. On the ABC list C284 looks just like a customer who comes every week.
#
# Still, **silent does not mean gone**: five of the eleven placed only two or three orders in the year anyway.
# So the advice is to call and ask, not to write anyone off.
#
# > **What it means for the manager.** ABC is a rear-view mirror: a clear view, but only of what lies behind. Use it to
# > **share out this year’s effort**, not to see **who is about to leave**.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# > **誰帶來利潤（2020 年 4 月至 2021 年 3 月）**　320 位客戶，利潤 1,838,997 元。前 14 位就占一半；A 類 65 位（20%）占 83%（大約在 78% 到 89% 之間），C 類 160 位占 2%。
# >
# > 1. **最前面的 16 位**（54% 的利潤）指定專人，完整建檔。
# > 2. **A 類裡 11 位已經超過 130 天沒買**（5.4% 的利潤），本週逐一聯絡，先別急著寄 VIP 謝卡。
# > 3. **18 位賠錢的客戶**要和賺錢的小客戶分開看，其中三位在營收榜上是 A 類。先查服務成本（從 C331 開始），再談收費或改善流程，不要悄悄降級。
# > 4. 其餘小客戶 142 位合計賺 77,008 元：標準服務，態度不打折。
# >
# > 分級依**利潤名次** 20：30：50，同分同級；A 類裡有 10 位就在線邊，待遇不要差一截。若改用累計利潤（表 5-1），四級裡有 40 位會換級；若改用營收，三類裡有 52 位會換類。
# > 限制：分級粗（同是 A 類，第一名的利潤是最後一名的 25 倍）、看的是過去；服務成本怎麼分攤到客戶，會影響誰是鉛。

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# > **Who brings the profit, April 2020 to March 2021.** 320 customers, profit NT$1,838,997. The first 14 make half of
# > it; class A, 65 customers (20%), makes 83% (about 78% to 89%); class C, 160 customers, 2%.
# >
# > 1. **The first 16** (54% of the profit): a named contact and a full record each.
# > 2. **Eleven customers in class A have bought nothing for over 130 days** (5.4% of the profit): call each of them
# >    this week, before any VIP thank-you card goes out.
# > 3. **The 18 on whom the firm makes a loss**: keep them apart from the small customers who earn; three are class A by
# >    revenue. Look at the cost of service first (C331 to begin with), then talk about charges or better procedures. No quiet
# >    downgrading.
# > 4. The other 142 small customers earn NT$77,008 in all: standard service, and the same courtesy.
# >
# > Tiers are by **rank of profit**, 20 : 30 : 50, equals together; ten of class A are right at the line, so service should change
# > gradually there. By cumulative profit (table 5-1), 40 customers
# > would change among the four tiers; by revenue, 52 among the three classes. Limits: the tiers are coarse (the
# > first of class A makes 25 times the profit of the last) and look back; and how service cost is split among
# > customers affects who counts as lead.

# %% name="facts_of_the_advice" claims=true
# The kit checking itself: the figures in the advice above must agree with the data.
assert profit.sum() == 1_838_997
parts = profit.groupby(abc, observed=False).sum() / profit.sum()
assert [f"{part:.0%}" for part in parts] == ["83%", "15%", "2%"]
assert f"{profit[by_rank == 'abc4:premium'].sum() / profit.sum():.0%}" == "54%"
assert (by_rank != by_value).sum() == 40
assert round(best.iloc[0] / profit[abc == "abc3:a"].min()) == 25

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - ABC 分類法（ABC analysis）：依選定的標準排隊，由上往下切；20：30：50 是人數，80：15：5 是利潤，切幾刀都可以。簡單、好分配資源，每年重算，客戶就會上下移動。
# - 累計占比（cumulative share）：看**前面的人**湊滿了沒；跨線的那一位算上面，同分同級，賠錢的在最後一級。
# - 表 5-1 的兩種依據（rank or cumulative profit）很少一致，只有利潤差距恰好是 80/20（`sigma` 約 1.65，見第 {section reference} 節）時才重合；報告要寫明用哪一種。
# - 鯨魚曲線（whale curve）與鉛層客戶（lead）：利潤累計會超過 100% 再掉下來；鉛會賠錢，小客戶（small）多半不會。
# - ABC 的限制：粗（coarse）而且慢（late）。換標準會換人，A 類裡也有早就走了的客戶。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - ABC analysis (ABC 分類法): line customers up by a chosen criterion and cut from the top. 20 : 30 : 50 are customers,
#   80 : 15 : 5 profit, and other cuts are allowed. Simple, good for sharing out effort, and up to date only
#   if redone every year.
# - Cumulative share (累計占比): ask whether **those in front** have reached the line. Whoever crosses the line is above it,
#   equals stay together, losses are in the last tier.
# - The two criteria of table 5-1 (依名次、依累計) rarely agree; they coincide only where profit is as unequal as 80/20
#   (`sigma` about 1.65, section {section reference}). The report says which was used.
# - Whale curve (鯨魚曲線) and lead (鉛): cumulative profit passes 100% and falls back. Lead costs the firm money; small
#   customers (小客戶) mostly do not.
# - Limits of ABC: coarse (粗) and late (慢). Another criterion moves people, and some of class A left long ago.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 五位客戶的利潤是 85、8、4、2、1。依累計利潤，50% 以前是高端。高端有幾位？
# 2. 老闆說：「小客戶都在賠錢，全部放掉。」你會請他看什麼？
# 3. 兩家顧問公司都說「照表 5-1 分級」，名單卻差了一半。可能的原因是什麼？
#
# <details><summary>看答案</summary>
#
# 1. 一位，就是利潤 85 的那位。他前面沒有人，還沒湊到 50%，所以他算在內；把他自己加進去再比，高端會變成 0 位。
# 2. 請他把「小」和「賠」分開數。旭東 160 位小客戶裡，142 位是賺錢的，合計 77,008 元；賠錢的 18 位裡，有三位在營收榜上是 A 類。而且分級不能讓人難堪。
# 3. 一家依名次，一家依累計；或者一家用營收，一家用利潤。利潤差距不像 80/20 的公司，光是前者就能讓一半以上的客戶換級。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. Five customers make profits of 85, 8, 4, 2 and 1. By cumulative profit, premium goes up to 50%. How many
#    are premium?
# 2. Your boss says: “Small customers lose money, drop them all.” What figures do you show?
# 3. Two consultants both tiered “by table 5-1”, and half of their lists differ. What may have happened?
#
# <details><summary>Answers</summary>
#
# 1. One, the customer with 85. Nobody is in front, so 50% is not reached yet, and this customer counts. Compare a sum
#    that includes the customer, and nobody is premium.
# 2. Count “small” and “loss” separately. Of Xudong’s 160 small customers 142 earn money, NT$77,008 in all; of the 18
#    who cost money, three are class A by revenue. And tiering must not humiliate anybody.
# 3. One went by rank and the other by cumulative profit; or one used revenue and the other profit. In a firm whose
#    inequality is not that of 80/20, the first alone can move more than half of the customers.
#
# </details>

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：兩種依據什麼時候一致，ABC 又是誰提出的
#
# **第 {section two_criteria} 節的兩種依據有沒有可能剛好一致**？造一批假客戶試試看。利潤這種右偏的數字（多數人很小、少數人很大），
# 取對數之後常常像鐘形，這叫**對數常態分布**（lognormal）；`sigma`（σ）是鐘的寬度，愈大，貧富差距愈大。
#
# > **怎麼讀這段程式**　`np` 是 numpy，Python 的數學套件；`default_rng(2021)` 準備一組固定的亂數；`for sigma in [...]:` 讓 `sigma` 輪流等於每個數字，每次執行縮排的那幾行；
# > `rng.lognormal(0, sigma, 10_000)` 造一萬位客戶；`rk.agreement_share` 算兩種依據一致的比例；`round(…, 2)` 取兩位小數。

# %% [markdown] lang="en"
# ## {section reference} For reference: when the two criteria agree, and where ABC comes from
#
# **Could the two criteria of section {section two_criteria} ever agree?** Try it on
# invented customers. The logarithms of skewed figures such as profit often look like a bell; the figures are
# then called **lognormal** (對數常態). `sigma` is the width of the bell: the larger, the greater the inequality.
#
# > **Reading the code.** `np` is numpy, Python’s package for numbers; its `default_rng(2021)` prepares a
# > fixed series of random numbers; `for sigma in [...]:` lets `sigma` be each number in turn and runs the
# > indented lines every time; `rng.lognormal(0, sigma, 10_000)`
# > invents ten thousand customers; `rk.agreement_share` is the share on whom the two criteria agree; `round(…, 2)` keeps two decimals.

# %% name="coincidence"
rng = np.random.default_rng(2021)
for sigma in [1.0, 1.65, 2.0]:
    invented = pd.Series(rng.lognormal(0, sigma, 10_000))
    agree = rk.agreement_share(rk.abc_agreement(invented))
    print(sigma, round(agree, 2), round(rk.value_share(invented), 2))

# %% name="claim_facts_of_the_coincidence" claims=true
# The kit checking itself: other random numbers must tell the same story.
shares = {}
for width in [1.0, 1.65, 2.0]:
    drawn = pd.Series(np.random.default_rng(7).lognormal(0, width, 10_000))
    shares[width] = rk.agreement_share(rk.abc_agreement(drawn))
spread = float(np.log(earners).std())
assert round(spread, 2) == 1.77
assert 0.38 < shares[1.0] < 0.45
assert shares[1.65] > 0.94
assert 0.68 < shares[2.0] < 0.80

# %% [markdown] lang="zh-TW"
# 每一列依序是 `sigma`、兩種依據一致的比例、前 20% 客戶的利潤占比。`sigma` 是 1.0 時只有大約四成一致；2.0 時不到八成；
# 只有在 1.65 附近，幾乎人人一致，而且那時前 20% 剛好帶來約八成利潤。
#
# 原來表 5-1 的兩欄，背後假設了**同一種貧富差距**，恰好是 80/20 的那一種。旭東賺錢的客戶 `sigma` 是 1.77，離 1.65 不遠，
# 所以還有 87.5% 一致。換一家差距小的公司（例如 1.0），那個「或」字會讓一半以上的客戶有兩種身分。

# %% [markdown] lang="en"
# Each line shows `sigma`, the share of customers on whom the two criteria agree, and the profit share of the top
# 20%. At 1.0 they agree on about four customers in ten; at 2.0 on fewer than eight; only near 1.65 on nearly
# everybody, and just there the top 20% make about 80% of the profit.
#
# That explains it: both columns of table 5-1 assume **one particular inequality**, the one of 80/20. Xudong’s
# profitable customers have a `sigma` of 1.77, not far off, hence the 87.5%. In a firm with much smaller
# differences (1.0), that little “or” gives more than half of the customers two labels.

# %% [markdown] lang="zh-TW"
# > **它從哪裡來**　帕雷托（Pareto）1896–97 年的《政治經濟學講義》談的是所得分配，不是客戶，也沒提出「法則」。
# > 把 80/20 冠上他的名字、用到管理上的是朱蘭（Juran）。ABC 三個字母出自 Dickie 1951 年談**庫存**的文章
# > 〈ABC Inventory Analysis Shoots for Dollars〉。杜拉克（Drucker）1963 年在《哈佛商業評論》寫過少數事件造成大部分成果，
# > 但沒有提到 ABC；課本說 ABC 由他推廣，要打個折扣。

# %% [markdown] lang="en"
# > **Where it comes from.** Pareto’s *Cours d’économie politique* (1896–97) is about incomes, not customers, and he
# > stated no such rule. It was Juran who brought 80/20 into management and gave it Pareto’s name. The letters ABC
# > come from an article of 1951 on **stock**: Dickie’s “ABC Inventory Analysis Shoots for Dollars”. Drucker wrote
# > in the *Harvard Business Review* in 1963 that a small share of events, customers included, gives most of
# > the results, but does not mention ABC; the textbook credits him with spreading it.

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 換你了：[第 2 章練習](../../exercises/zh-TW/02_abc.ipynb)，另一家分公司的客戶，線畫在別的地方。
#
# 經理看完名單，又問：「利潤只是一個數字。那些拖著不付錢的、常常抱怨的、眼看要長大的，怎麼算？」
# 一個標準不夠，就用好幾個：[第 3 章](03_value_pyramid.ipynb)把它們加權成一個分數。

# %% [markdown] lang="en"
# ## Next
#
# Your turn: the [exercise of chapter 2](../../exercises/en/02_abc.ipynb) has another branch’s customers, with the lines
# in other places.
#
# The manager has read the list and asks: “Profit is one number. What of those who pay late, those who complain, those
# who are about to grow?” If one criterion is not enough, take several: [chapter 3](03_value_pyramid.ipynb) weighs
# them into a single score.
