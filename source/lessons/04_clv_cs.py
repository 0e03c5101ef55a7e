# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 4 章　明天值多少，心裡滿不滿意
#
# [English edition](../en/04_clv_cs.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 用三種算法算客戶終身價值（CLV），說明倍數為什麼不一樣
# > 2. 從帳冊量出留存率，說得出它的期間和限制
# > 3. 聽客戶說話：從問卷算 CSAT、NPS、ACSI，從聯絡記錄讀表揚與建議，並交代沒回答的人
# > 4. 畫出 CLV × CS 的方格，找到該先搶救的客戶
# > 5. 量出假設動一點，多少客戶會換格子
# >
# > 閱讀與試做 {minutes} 分鐘，分兩次讀：{minutes 1} 分鐘、{minutes 2} 分鐘（第 {section reference} 節備查，不算在內）；[練習](../../exercises/zh-TW/04_clv_cs.ipynb)另計。
# > 先做過[從這裡開始](00_start.ipynb)和[第 1 章](01_concepts.ipynb)。
# > 資料：`客戶年報.csv`、`年度交易.csv`、`滿意度調查.csv`、`聯絡記錄.csv`，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 4: what is tomorrow worth, and are they happy?
#
# [中文版](../zh-TW/04_clv_cs.ipynb)
#
# > **After this chapter you can**
# > 1. compute customer lifetime value (CLV) in three ways and say why the multiples differ
# > 2. measure retention from a ledger, and say what period it is for and what it cannot tell
# > 3. hear customers out: CSAT, NPS and ACSI from a survey, praise and suggestions from the contacts, and an account of those who did not answer
# > 4. draw the grid of CLV and satisfaction (CS) and find whom to rescue first
# > 5. measure how many customers change box when an assumption moves a little
# >
# > {minutes} minutes to read and try, in two sittings of {minutes 1} and {minutes 2} (section {section reference}, for
# > reference, is not counted), and an [exercise](../../exercises/en/04_clv_cs.ipynb). You need
# > [Start here](00_start.ipynb) and [chapter 1](01_concepts.ipynb). Data: `客戶年報.csv` (the customers’
# > year), `年度交易.csv` (the year’s transactions), `滿意度調查.csv` (the survey) and `聯絡記錄.csv` (contacts);
# > [what the columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 前兩章排的都是**過去**：誰帶來利潤，誰付款慢，誰抱怨多。經理看完，搖搖頭：
#
# > 去年賺的已經進口袋了。誰**明天**還值得我花時間？他們**心裡滿不滿意**？
#
# 這套教材跟著教科書《客戶關係管理》的第 5 章走，以下叫它**課本**。課本的答案叫 **CLV-CS 分類法**：一個軸是客戶終身價值
# （customer lifetime value, CLV），一個軸是客戶滿意度（customer satisfaction, CS），兩軸愈高愈好，分成六類。
# （投影片把 CS 寫成 consumer satisfaction，正確的是 customer。）
#
# **先猜再算。** 二月的問卷裡，133 位客戶說自己滿意（4 分或 5 分）。你猜其中**百分之幾**，已經超過 90 天沒下單？
# 把 `None` 換成你的數字，第 {section satisfied_and_gone} 節再對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# The last two chapters ranked customers by the **past**: who brings the profit, who pays late, who complains.
# The manager reads it all and shakes his head:
#
# > What we earned last year is in the bank. Who will be worth my time **tomorrow**? And are they **happy**?
#
# The kit follows chapter 5 of a Chinese textbook on customer relationship management; from here on it is **the
# textbook**. Its answer is the **CLV-CS method**: one axis is customer lifetime value (CLV), the other customer
# satisfaction (CS). Higher is better on both, and there are six classes. (The slides write “consumer satisfaction”;
# *customer* is right.)
#
# **Guess before you compute.** In February’s survey 133 customers said that they were satisfied (4 or 5
# out of 5). What **percentage** of them, do you think, have placed no order for more than 90 days? Replace the
# `None` with your number. We come back to it in section {section satisfied_and_gone}.

# %% name="guess"
my_guess = None

# %% name="setup"
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")
customers = rk.load_table(rk.data_file("客戶年報.csv"), index="customer")
survey = rk.load_table(rk.data_file("滿意度調查.csv"), index="customer")
contacts = rk.load_table(rk.data_file("聯絡記錄.csv"))
ledger = rk.load_transactions(rk.data_file("年度交易.csv"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
print(len(customers), len(survey), len(clean), len(left_out))

# %% [markdown] lang="zh-TW"
# `rk.use_style()` 讓你自己畫的圖也能顯示中文。`rk.load_transactions` 和 `rk.clean_transactions` 讀入交易、整理好（第 6 章會細看）。印出來的四個數字：320 位客戶，229 位回答了問卷，一年的交易 7,105 列採用，0 列不採用。
#
# ## {section lifetime_value}　一位客戶，五年值多少
#
# 最簡單的算法：平均每張訂單 × 一年幾張 × 往來幾年。先當作每位都往來五年，拿三位客戶試試。
#
# > **怎麼讀這段程式**　`表.loc[[哪幾列], [哪幾欄]]` 用名字挑列和欄。`pd.DataFrame({"欄名": 內容})` 做一張新表；
# > `.round()` 四捨五入，`.tolist()` 把一欄變成一串數字；`表["新欄"] = …` 替表加上一欄。

# %% [markdown] lang="en"
# `rk.use_style()` gives the figures that you draw the kit’s look; `rk.load_transactions` and `rk.clean_transactions` read the orders and clean them (chapter 6 has the details). There are 320 customers, 229 answered the survey, and all 7,105 lines of the year’s ledger can be used.
#
# ## {section lifetime_value} One customer, five years
#
# What is a customer worth over the years to come? The simplest answer: mean order × orders a year × years.
# Try it on three customers.
#
# > **Reading the code.** `table.loc[[rows], [columns]]` picks rows and columns by name. `pd.DataFrame({"name": content})`
# > makes a new table, and `table["new"] = …` adds a column to it; `.round()` rounds, and `.tolist()` turns a column into a plain list.

# %% name="three_customers"
three_rows = customers.loc[
    ["C336", "C275", "C331"], ["industry", "order_count", "revenue", "profit"]
]
rk.pretty(three_rows)

# %% [markdown] lang="zh-TW"
# 前兩位的營收幾乎一樣。你願意多花時間留住哪一位？先在心裡決定，再算他們五年的 CLV：

# %% [markdown] lang="en"
# The first two bring almost the same revenue. Which of them would you try harder to keep? Decide, then work
# out what each is worth in five years:

# %% name="simple_by_hand"
mean_order = three_rows["revenue"] / three_rows["order_count"]
margin = three_rows["profit"] / three_rows["revenue"]
five_years = pd.DataFrame({"as_revenue": mean_order * three_rows["order_count"] * 5})
five_years["as_profit"] = five_years["as_revenue"] * margin
rk.pretty(five_years.round())

# %% [markdown] lang="zh-TW"
# `as_revenue` 是最簡單的算法，它其實是**營收**：C275 和 C336 都是一百萬上下。乘上利潤率（利潤 ÷ 營收），才是 `as_profit`：
# 289,680 元對 67,320 元，差四倍多。C331 更明顯，五年營收 213,000 元，卻讓公司賠 80,905 元。
#
# **把營收當成價值，就會花錢去留賠錢的生意。** `rk.simple_clv` 做同一件事，`margin` 不填就是營收：

# %% [markdown] lang="en"
# `as_revenue` is the simplest way, and what it gives is **revenue**: about a million each for C275 and C336.
# Times the margin (profit ÷ revenue) it becomes `as_profit`: NT$289,680 for C336 against NT$67,320 for C275,
# more than four times as much. C331 is the plainest case: revenue of NT$213,000 in five years, and a loss of
# NT$80,905.
#
# **Take revenue for value, and you will pay to keep business that loses money.** `rk.simple_clv` does the
# same sum; leave out `margin`, and it gives revenue:

# %% name="simple_by_package"
by_package = rk.simple_clv(mean_order, three_rows["order_count"], 5, margin=margin)
by_package.round()

# %% name="claim_simple_by_package" claims=true
assert (by_package.round() == five_years["as_profit"].round()).all()
assert by_package.round().tolist() == [289_680, 67_320, -80_905]
assert five_years["as_revenue"].round().tolist() == [996_825, 983_700, 213_000]

# %% [markdown] lang="zh-TW"
# ## {section leaving}　客戶會走，錢會變薄
#
# 「往來五年」是誰說的？客戶每年都可能離開，明年的一塊錢也不如今天的一塊錢。兩件事各用一個數字：
#
# - **留存率 r**（retention）：今年的客戶，明年還在的機會。
# - **折現率 i**（discount rate）：錢晚一年到手，打幾折。i = 10% 時，明年的 110 元等於今天的 100 元。
#
# 假設一位客戶每年帶來 1 元利潤，r = 0.8，i = 0.1。第 t 年收得到的機會是 0.8 的 t 次方，折成今天的錢再除以 1.1 的 t 次方：
#
# > **怎麼讀這段程式**　`**` 是次方；`range(1, 201)` 是 1 到 200；`pd.Series` 把它們排成一欄，之後整欄一起算。

# %% [markdown] lang="en"
# ## {section leaving} Customers leave, and money fades
#
# Who says “five years”? A customer may leave in any year, and a dollar next year is worth less than a dollar
# today. Each of these takes one number:
#
# - **Retention r**: the chance that this year’s customer is still a customer next year.
# - **Discount rate i**: what a year’s wait costs. With i = 10%, NT$110 next year is worth NT$100 today.
#
# Suppose a customer brings NT$1 of profit a year, with r = 0.8 and i = 0.1. The chance that they are still
# there in year t is 0.8 to the power t; to turn year t’s dollar into today’s money, divide by 1.1 to the power t:
#
# > **Reading the code.** `**` is “to the power of”; `range(1, 201)` is 1 to 200, and `pd.Series` makes a
# > column of it, so that the whole column is computed at once.

# %% name="year_by_year"
year = pd.Series(range(1, 201))
worth_today = 0.8**year / 1.1**year
print(worth_today.head(5).round(2).tolist(), worth_today.sum().round(2))

# %% [markdown] lang="zh-TW"
# 第一年 0.73 元，第五年只剩 0.20 元，兩百年加起來 2.67 元。不必真的加兩百項，有公式：
#
# | 算法 | 倍數 | r = 0.8、i = 0.1 |
# |---|---|---|
# | 第一筆利潤一年以後才來 | r ÷ (1 + i − r) | 2.67 |
# | 今天這一筆也算 | (1 + i) ÷ (1 + i − r) | 3.67 |
# | 今天算，而且不折現（平均往來幾年） | 1 ÷ (1 − r) | 5 |
#
# 同一位客戶，最大的倍數將近最小的兩倍，只因為約定不同。所以看到 CLV，先問三件事：**從哪一天算起？折現了嗎？是利潤嗎？**
# 這一章用第一種：去年的利潤已經入帳，要估的是還沒來的。（`r, i = 0.8, 0.1` 一次替兩個數字取名。）

# %% [markdown] lang="en"
# NT$0.73 in the first year, NT$0.20 in the fifth, and NT$2.67 over two hundred years. There is no need to
# add up two hundred years each time; a formula gives the same (first row):
#
# | convention | multiple | with r = 0.8, i = 0.1 |
# |---|---|---|
# | the first profit comes a year from now | r ÷ (1 + i − r) | 2.67 |
# | today’s profit counts too | (1 + i) ÷ (1 + i − r) | 3.67 |
# | today’s counts, nothing is discounted (the mean life in years) | 1 ÷ (1 − r) | 5 |
#
# The same customer is worth nearly twice as much by one convention as by another. Whenever you see a CLV,
# ask three things: **counted from which day? discounted? is it profit?** This chapter uses the first row (`r, i = 0.8, 0.1` names two numbers at once):
# last year’s profit is in the books already, and the question is what is still to come.

# %% name="multiples"
r, i = 0.8, 0.1
multiples = [r / (1 + i - r), (1 + i) / (1 + i - r), 1 / (1 - r)]
print(pd.Series(multiples).round(2).tolist())

# %% name="claim_multiples" claims=true
assert abs(worth_today.sum() - multiples[0]) < 1e-9
assert abs(multiples[0] - rk.retention_clv(1, 0.8, 0.1)) < 1e-9
assert abs(multiples[1] - rk.retention_clv(1, 0.8, 0.1, first_margin="now")) < 1e-9
assert abs(multiples[2] - rk.expected_life(0.8)) < 1e-9

# %% [markdown] lang="zh-TW"
# `rk.retention_clv(利潤, 留存率, 折現率)` 算出同樣的倍數，也能一次算整欄客戶。
#
# > **試一試　4.a**　假設每位客戶的留存率都是 0.8，折現率 0.1，第一筆利潤一年以後才來。
# > 320 位客戶**合計**值多少？用 `customers` 的利潤欄算出一個數字。卡住就另開一格執行 `hint("4.a")`。

# %% [markdown] lang="en"
# `rk.retention_clv(profit, retention, discount)` gives the same multiples, and takes a whole column of customers
# at once.
#
# > **Try it: 4.a.** Suppose that every customer’s retention is 0.8, the discount rate is 0.1, and the first profit
# > comes a year from now. What are the 320 customers worth **in all**? Use the profit column of `customers`; the
# > answer is one number. If you are stuck, run `hint("4.a")` in a new cell.

# %% name="try_a"
firm_value = ...
check("4.a", firm_value)

# %% [markdown] lang="zh-TW"
# ## {section retention}　留存率不是猜的，是量的
#
# 0.8 只是示範用的數字。旭東的 r 是多少？把一年切成兩半：四到九月買過的人，十月到三月有沒有再來？
#
# > **怎麼讀這段程式**　方括號裡放條件，只留下條件成立的列；`amount > 0` 是購買，退貨是負的；`.unique()` 列出不重複的值；
# > `a.isin(b)` 逐一問「在不在 b 裡面」，得到一串 `True`、`False`；`True`、`False` 的 `.mean()` 就是 `True` 的占比。
# > `pd.Series(early, index=early)` 把客戶編號排成一欄，並用編號認人。

# %% [markdown] lang="en"
# ## {section retention} Retention is measured, not guessed
#
# 0.8 was only an illustration. What is Xudong’s r? Cut the year in half: of those who bought between April and
# September, how many came back between October and March?
#
# > **Reading the code.** A condition in square brackets keeps the rows where it is true; `.unique()` lists the
# > different values; `a.isin(b)` asks of each one “are you in b?” and gives `True` or `False`; the `.mean()` of
# > `True` and `False` is the share of `True`. `pd.Series(early, index=early)` puts the customers into a column whose
# > rows are named by customer number.

# %% name="two_halves"
bought = clean[clean["amount"] > 0]
early = bought.loc[bought["date"] < "2020-10-01", "customer"].unique()
late = bought.loc[bought["date"] >= "2020-10-01", "customer"].unique()
came_back = pd.Series(early, index=early).isin(late)
half_year = came_back.mean()
print(len(early), came_back.sum(), round(half_year, 3))
print(rk.describe_interval(rk.share_interval(223, 291)))

# %% name="claim_two_halves" claims=true
assert (len(early), came_back.sum()) == (291, 223)
interval = rk.share_interval(223, 291)
assert (round(interval.low, 2), round(interval.high, 2)) == (0.71, 0.81)
low_and_high = [rk.retention_clv(customers["profit"], end, 0.10).sum() for end in (interval.low**2, interval.high**2)]
assert [round(total / 1e4) for total in low_and_high] == [159, 274]

# %% [markdown] lang="zh-TW"
# 上半年 291 位，回來 223 位，**半年**的留存率是 77%。第二行是 95% 的區間：換一批同樣性質的 291 位客戶，
# 量到的多半落在 71% 到 81% 之間。`rk.share_interval(幾位, 全部幾位)` 算區間，`rk.describe_interval` 把它寫成一句話。
#
# > **試一試　4.b**　上半年買過、下半年沒再來的是哪些客戶？把編號放進 `gone`。「不是」用 `~`，`came_back.index[條件]` 取出客戶編號。

# %% [markdown] lang="en"
# Of 291 customers in the first half 223 came back: **half-yearly** retention is 77%. The second line is the 95%
# interval: with another 291 customers of the same kind, most measurements would lie between 71% and 81%.
# `rk.share_interval(how many, of how many)` computes it, and `rk.describe_interval` puts it into words.
#
# > **Try it: 4.b.** Which customers bought in the first half and not in the second? Put their numbers into `gone`.
# > “Not” is `~`, and `came_back.index[condition]` gives customer numbers.

# %% name="try_b"
gone = ...
check("4.b", gone)

# %% [markdown] lang="zh-TW"
# 期間短一點呢？`rk.churn_rate` 逐期問「這一期買的人，下一期還買嗎」。先按月（`"M"`），再按季（`"Q"`）；
# `monthly**6` 是連續六個月都留下的機會：

# %% [markdown] lang="en"
# And with a shorter period? `rk.churn_rate` asks of every period how many of its buyers bought again in the
# next: by month first (`"M"`), then by quarter (`"Q"`). `monthly**6` is six months in a row:

# %% name="shorter_periods"
months = rk.churn_rate(clean, period="M")
quarters = rk.churn_rate(clean, period="Q")
monthly = months["returned"].sum() / months["customers"].sum()
quarterly = quarters["returned"].sum() / quarters["customers"].sum()
print(round(monthly, 2), round(quarterly, 2), round(half_year, 2), round(monthly**6, 3))

# %% [markdown] lang="zh-TW"
# 月 57%、季 71%、半年 77%。如果「這個月沒來」就等於「走了」，半年後應該只剩 0.57 的六次方，不到 4%；實際上有 77% 回來。
# **跳過一期不等於離開**：沒有合約的生意，客戶不會說再見。期間太短，會把正常的空檔當成流失。
#
# 以學校為例，它們在八、九月和二月訂得最多（第 5 章會數）。程式裡學校寫成 `"school"`，`rk.pretty` 才印中文：

# %% [markdown] lang="en"
# 57% by month, 71% by quarter, 77% by half-year. If a month without an order meant “gone”, 0.57 to the power of
# six, less than 4%, would be left after half a year; in fact 77% came back. **Skipping is not leaving**: without
# a contract nobody says goodbye, and too short a period takes an ordinary pause for a loss.
#
# Look at the schools, which buy most in August, September and February (chapter 5 counts it):

# %% name="schools"
schools = customers.index[customers["industry"] == "school"]
school_months = rk.churn_rate(clean[clean["customer"].isin(schools)], period="M")
school_monthly = school_months["returned"].sum() / school_months["customers"].sum()
school_half = came_back[came_back.index.isin(schools)].mean()
print(round(school_monthly, 2), round(school_half, 2))

# %% name="claim_schools" claims=true
assert (round(school_monthly, 2), round(school_half, 2)) == (0.53, 0.81)
assert (round(monthly, 2), round(quarterly, 2), round(half_year, 2)) == (0.57, 0.71, 0.77)
assert 0.03 < monthly**6 < 0.04

# %% [markdown] lang="zh-TW"
# 按月看，學校（53%）的留存率比全體（57%）低；按半年看，學校（81%）反而比全體（77%）高。帳冊一模一樣，結論相反。
#
# > **只有一年，看不到三件事**　一、真正的「年」留存率要兩年的帳冊。二、`客戶年報` 裡 303 位有去年利潤的客戶今年全都買了，留存率 100%？
# > 不是：去年買、今年沒買的人，根本不在今年的年報裡（倖存者偏誤）。三、景氣好壞只有一種。
#
# 只好假設兩個半年一樣：留下一年，就是連續留下兩個半年，0.77 × 0.77 ≈ **0.59**。這是估計，報告裡要講明。

# %% [markdown] lang="en"
# By month, schools (53%) look less loyal than customers as a whole (57%); by half-year, more loyal (81% against
# 77%). One ledger, and opposite conclusions.
#
# > **What one year cannot show.** First, true *yearly* retention needs two years of records. Second, the table of
# > customers has a profit of last year for 303 of them, and all 303 bought this year too. Retention of 100%? No:
# > those who bought last year and not this year are not in this year’s table at all (survivorship bias). Third,
# > we have seen only one year, good or bad.
#
# So we assume that the two halves are alike: to stay a year is to stay for two half-years running, 0.77 × 0.77 ≈
# **0.59**. That is an estimate, and the report has to say so.

# %% name="one_retention"
one_r = half_year**2
one_clv = rk.retention_clv(customers["profit"], one_r, 0.10)
print(round(one_r, 3), round(one_clv.sum()))
table = pd.DataFrame({"profit": customers["profit"].rank(), "clv": one_clv.rank()})
rk.pretty(table.loc[["C336", "C275", "C331"]])

# %% name="claim_one_retention" claims=true
assert (one_clv.rank() == customers["profit"].rank()).all()
assert round(one_r, 2) == 0.59
assert round(one_clv.sum()) == 2_106_202
assert customers["profit_last_year"].notna().sum() == 303

# %% [markdown] lang="zh-TW"
# 全體客戶值 211 萬元，大約是一年利潤的 1.15 倍。留存率的區間是 71% 到 81%，照著算，合計就介於 159 萬到 274 萬元：
# 向經理報告時，連同這個範圍一起說。`.rank()` 排名次，1 是最小。印出來的表讓人有點失望：兩欄一模一樣，
# **每位客戶用同一個 r，CLV 的名次就是利潤的名次**，大家只是乘了同一個倍數。要看得出明天和今天的差別，r 必須因人而異。最簡單的是分群量，例如按產業：
#
# > **怎麼讀這段程式**　`groupby` 把同一產業的客戶放在一起，`.size()` 數人數，`.sum()` 數 `True`（回來的人）；
# > `.map(表)` 把每位客戶的產業換成那個產業的數字。

# %% [markdown] lang="en"
# All customers together are worth NT$2.11 million, some 1.15 times a year’s profit. With retention between 71% and 81%
# the total lies between 1.59 and 2.74 million, and a report gives the range with the number. `.rank()` gives everyone
# a place, 1 for the smallest. The table is bad news, since its two columns are the same: **with one r for all,
# customers rank by CLV exactly as they rank by profit**, all being multiplied by the same number. For tomorrow to differ from today, r must differ
# between customers. The simplest way is to measure it by group, say by industry:
#
# > **Reading the code.** `groupby` puts the customers of an industry together, `.size()` counts them, and `.sum()`
# > counts the `True`s (those who came back). Further down, `.map(rates[…])` gives each customer the rate of their
# > industry.

# %% name="by_industry"
groups = came_back.groupby(customers["industry"])
rates = pd.DataFrame({"customers": groups.size(), "returned": groups.sum()})
rates["half_year_rate"] = rates["returned"] / rates["customers"]
rates["year_rate"] = rates["half_year_rate"] ** 2
rates["times_profit"] = rk.retention_clv(1, rates["year_rate"], 0.10)
rk.pretty(rates.sort_values("year_rate"))

# %% [markdown] lang="zh-TW"
# `half_year_rate` 是量到的，`year_rate` 是它的平方，`times_profit` 是 CLV 等於利潤的幾倍。拿計算機驗餐旅業：22 ÷ 35 = 0.6286，
# 平方是 0.3951，0.3951 ÷ (1.1 − 0.3951) ≈ 0.56 倍（表上的百分比四捨五入過，程式用的是原來的數字）。政府機關是 2.91 倍，相差五倍。
# 不過政府機關只有 21 位，半年留存率 90% 的區間是 71% 到 97%；多走兩位，2.91 倍就掉到 1.47 倍。人數少的群，比率別太當真。
#
# 用各產業的 r 重算每位客戶的 CLV，看看分布：

# %% [markdown] lang="en"
# `half_year_rate` is measured, `year_rate` is its square, and `times_profit` says how many years’ profit a customer
# is worth. Check hospitality on a calculator: 22 ÷ 35 = 0.6286; squared, 0.3951; and 0.3951 ÷ (1.1 − 0.3951) ≈ 0.56.
# (The table rounds its percentages; the code does not.) Government comes to 2.91, five times as much. But it has
# only 21 customers, and the interval of its 90% for half a year runs from 71% to 97%: had two more left, 2.91 would be
# 1.47. Do not take a rate of few people too
# seriously.
#
# Now value every customer with the rate of their industry, and look at the spread:

# %% name="clv_of_each"
yearly = customers["industry"].map(rates["year_rate"])
clv = rk.retention_clv(customers["profit"], yearly, 0.10)
rk.show(rk.plot_distribution(clv, cuts={"mean": clv.mean()}))

# %% name="facts_of_clv" claims=true
# The kit checking itself: the figures in the prose around must agree with the data.
assert rates.loc["government", "customers"] == 21
assert rates.loc["hospitality", ["customers", "returned"]].tolist() == [35, 22]
assert rates.loc["government", "returned"] == 19
assert round(rk.retention_clv(1, (17 / 21) ** 2, 0.10), 2) == 1.47
assert rates["times_profit"].round(2).min() == 0.56
assert rates["times_profit"].round(2).max() == 2.91
assert round(one_clv.sum() / customers["profit"].sum(), 2) == 1.15
assert (round(clv.mean()), round(clv.median()), (clv >= clv.mean()).sum()) == (8534, 1600, 58)
assert (clv < 0).sum() == 18
few = rk.share_interval(19, 21)
assert (round(few.low, 2), round(few.high, 2)) == (0.71, 0.97)

# %% [markdown] lang="zh-TW"
# 少數幾位把平均數拉高，320 位裡只有 58 位（18%）達到平均的 8,534 元；明天的錢，也集中在少數人身上。
# 18 位賠錢客戶的 CLV 是負的，照公式 r 愈高還賠愈多：留住他們之前，先改變往來的條件。

# %% [markdown] lang="en"
# A few customers pull the mean up, and only 58 of 320 (18%) reach its NT$8,534: tomorrow’s money, too, lies with
# a few. The CLV of the 18 customers with a loss is below zero, and the higher their r, the longer the loss lasts:
# change the terms before you try to keep them.

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：同事的 CLV 多了一倍
#
# 同事也算了全體客戶的價值：「留存率 77%，我量得清清楚楚；年利潤、年折現率 10%，都照公式。」
# 印出來的是他的合計、我們的合計、兩者的比：

# %% [markdown] lang="en"
# ## {section trap} A trap: a colleague’s CLV is twice yours
#
# A colleague has valued all customers too, with one r for everybody: “77% for half a year, carefully measured; a
# year’s profit; 10% a year. All by the formula.”

# %% name="trap"
colleague = rk.retention_clv(customers["profit"], half_year, 0.10)
print(round(colleague.sum()), round(one_clv.sum()), round(colleague.sum() / one_clv.sum(), 2))

# %% name="claim_trap" claims=true
assert round(colleague.sum() / one_clv.sum(), 2) == 2.01
assert (colleague.rank() == one_clv.rank()).all()
assert (round(colleague["C336"]), round(one_clv["C336"])) == (133_056, 66_354)

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　422 萬對 211 萬，誰錯了？為什麼看客戶的排名看不出來？
#
# <details><summary>想好了再打開</summary>
#
# 同事錯了：r 是**半年**的，利潤和折現率是**一年**的。公式裡三個數字的期間必須一樣。他等於說過了一年還有 77% 的客戶在，其實那是過了半年。
#
# 每位客戶都乘了同一個錯的倍數，名次完全沒變，所以看名單看不出來。出事的是金額：經理若問「留住 C336 最多可以花多少」，
# 用全體的 r 算是 66,354 元，同事會說 133,056 元。
#
# </details>

# %% [markdown] lang="en"
# > **Stop and think.** 4.22 million against 2.11 million: who is wrong? And why does the ranking not show it?
#
# <details><summary>Decide first, then open this</summary>
#
# The colleague is wrong: his r is for **half a year**, but profit and discount are for **a year**. All three must be for the
# same period. In effect he says that 77% stay from year to year, when 77% stay from one half-year to the next.
#
# Everybody is multiplied by the same wrong number, so the ranking is untouched and the list looks fine. It is the
# money that goes wrong: if the manager asks how much may be spent to keep C336, the answer is NT$66,354 at most
# (with one r for all), and the colleague says NT$133,056.
#
# </details>

# %% [markdown] lang="zh-TW" stop=true
# **先停在這裡也可以。** 你已經會量留存率，也會算每位客戶的 CLV。下一半問另一個軸：他們滿不滿意。

# %% [markdown] lang="en" stop=true
# **A good place to stop.** You can measure retention and value every customer. The second half is about the other axis:
# are they happy?

# %% [markdown] lang="zh-TW"
# ## {section satisfaction}　他們滿意嗎？三種量法
#
# 二月的問卷有五題。先看第一題 `csat`（1 到 5 分）。**CSAT**（客戶滿意度分數）是 4、5 分的占比，寫成百分數：

# %% [markdown] lang="en"
# ## {section satisfaction} Are they happy? Three measures
#
# February’s survey had five questions. Begin with the first, `csat` (1 to 5). **CSAT** is the share of 4 and 5, in
# per cent:

# %% name="csat"
satisfied = survey["csat"] >= 4
print(round(100 * satisfied.mean(), 1), satisfied.sum(), len(survey))

# %% name="claim_csat" claims=true
assert rk.csat(survey["csat"]) == 100 * satisfied.mean()
assert (satisfied.sum(), round(100 * satisfied.mean(), 1)) == (133, 58.1)

# %% [markdown] lang="zh-TW"
# 229 位裡 133 位滿意，CSAT 是 58.1。
#
# 第二題問「會不會把旭東推薦給同業」（0 到 10 分）。**NPS**（淨推薦值，Reichheld，《哈佛商業評論》2003 年 12 月）
# 是 9、10 分（推薦者）的百分比，減掉 0 到 6 分（批評者）的百分比；7、8 分兩邊都不算。自己畫一張，一群一個顏色：
#
# > **怎麼讀這段程式**　matplotlib 是畫圖的套件。`plt.subplots()` 開一張空白的圖，`ax` 是圖上的座標軸；`ax.bar(橫軸, 高度, color=顏色)` 畫直條，`set_xlabel`、`set_ylabel` 寫兩軸的名稱；`sort_index` 照分數由小到大排好。
# > `[… for score in …]` 替每個分數挑一個顏色，`甲 if 條件 else 乙` 是條件成立用甲，不成立用乙。`rk.label` 取出欄位在你這個語言裡的名稱；`rk.show(ax, words=…)` 把圖放上來，附一句話給看不到圖的人。

# %% [markdown] lang="en"
# 133 of 229 are satisfied: CSAT is 58.1.
#
# The second question asks whether they would recommend Xudong (0 to 10). The **NPS**, net promoter score
# (Reichheld, *Harvard Business Review*, December 2003), is the percentage who answer 9 or 10 (promoters) less the
# percentage who answer 0 to 6 (detractors); 7 and 8 are on neither side. Draw it yourself, a colour for each group:
#
# > **Reading the code.** matplotlib is the package for figures. `plt.subplots()` opens an empty one, and `ax` is its axes;
# > `ax.bar(across, heights, color=colours)` draws bars, `set_xlabel` and `set_ylabel` name the axes, and `sort_index` puts the scores in order. `[… for score in …]` picks a colour for each score: `a if condition else b` is a where the condition is true, and b where it is not. `rk.label` looks
# > up a column’s name in your language; `rk.show(ax, words=…)` shows the figure, with a sentence for those who cannot see it.

# %% name="recommend"
import matplotlib.pyplot as plt

recommend = survey["recommend"]
counts = recommend.value_counts().sort_index()
colours = [
    "firebrick" if score <= 6 else "lightgrey" if score <= 8 else "seagreen" for score in counts.index
]
fig, ax = plt.subplots()
ax.bar(counts.index, counts, color=colours)
ax.set_xlabel(rk.label("column.recommend"))
ax.set_ylabel(rk.label("column.customers"))
words = {
    "zh-TW": "直條圖：推薦意願 1 到 10 分各幾位。0 到 6 分紅色，7、8 分灰色，9、10 分綠色。",
    "en": "Bars: customers by their answer to the recommend question. 0 to 6 red, 7 and 8 grey, 9 and 10 green.",
}
rk.show(ax, words=words)

# %% [markdown] lang="zh-TW"
# 綠色兩根是推薦者，紅色的是批評者，最高的那根偏偏是灰色的 7 分。兩群差不多大：喜歡的和不滿的人互相抵消，平均看起來就是「還可以」。
#
# > **試一試　4.c**　算出三個數字：推薦者的百分比、批評者的百分比、NPS，依這個順序放進 `three`，寫成 `three = (…, …, …)`。
# > 例如「8 分以上的百分比」是 `100 * (recommend >= 8).mean()`。

# %% [markdown] lang="en"
# The two green bars are the promoters, the red ones the detractors; the tallest is a grey 7. The two camps are much the
# same size, so they cancel out, and on average everybody seems fairly content.
#
# > **Try it: 4.c.** Work out three numbers: the percentage of promoters, that of detractors, and the NPS. Put them
# > into `three` in this order, as `three = (…, …, …)`. For example, the percentage who answer 8 or more is
# > `100 * (recommend >= 8).mean()`.

# %% name="try_c"
three = ...
check("4.c", three)

# %% [markdown] lang="zh-TW"
# CSAT 和 NPS 都是**全公司**一個數字，沒辦法放進方格。要每位客戶一個分數，用 **ACSI** 的算法：後三題（1 到 10 分）各減 1，
# 加權平均，除以 9，乘 100，變成 0 到 100 分。原作（Fornell 等，*Journal of Marketing*，1996）的權重由模型估計；這裡三題同重。
# （`.assign(cs=cs)` 做一張多了 `cs` 這一欄的新表。）

# %% [markdown] lang="en"
# CSAT and NPS give one number for the **whole firm**, and a grid needs one for every customer. The **ACSI** (American
# Customer Satisfaction Index) has a way: average the last three answers (1 to 10), take off 1,
# divide by 9, times 100; the result runs from 0 to 100. In the original (Fornell et al., *Journal of Marketing*,
# 1996) each answer has a weight that a model estimates; here all three count the same.
# (`.assign(cs=cs)` makes a table with one more column, `cs`.)

# %% name="acsi"
answers = survey[["overall", "against_expected", "against_ideal"]]
cs_by_hand = (answers.mean(axis=1) - 1) / 9 * 100
cs = rk.acsi(answers)
print(cs_by_hand["C381"].round(2), cs["C381"].round(2))
rk.pretty(answers.assign(cs=cs).loc[["C381", "C220", "C240"]])

# %% name="claim_acsi" claims=true
assert ((cs - cs_by_hand).abs() < 1e-9).all()
assert round(cs.mean(), 1) == 64.7

# %% [markdown] lang="zh-TW"
# `mean(axis=1)` 是橫著平均，每位客戶三題的平均。第一行是 C381 徒手算的和 `rk.acsi` 算的，一樣。C381 是旭東利潤最高的客戶，只有 59.26 分；C220 只有 7.41 分。回答者平均 64.7 分。
#
# 還有 **91 位沒有回答**。他們是滿意，還是不滿意？我們不知道，但可以看他們像不像回答的人。`rk.rfm_table` 替每位客戶算三個數字，
# 這裡只用 `recency_days`，最後一次購買到今天幾天（第 5 章叫它 R）；`groupby(answered)` 依有沒有回答分成兩群；倒數第二行替兩列取名字：

# %% [markdown] lang="en"
# `mean(axis=1)` averages sideways, over each customer’s three answers. The first line has C381 by hand and by `rk.acsi`: the
# same. C381, Xudong’s most profitable customer,
# comes to only 59.26, C220 to 7.41. The mean of all is 64.7.
#
# And **91 customers did not answer**. Are they happy or not? We do not know, but we can see whether they are like those
# who did. `rk.rfm_table` computes three numbers for each customer, of which we use `recency_days`, days since the last
# purchase (chapter 5 calls it R); `groupby(answered)` makes two groups, of those who answered and those who did not; the
# last line but one names the two rows:

# %% name="silent_ones"
rfm = rk.rfm_table(clean, today=TODAY, order="order")
answered = customers.index.isin(survey.index)
compare = pd.DataFrame({
    "recency_days": rfm["recency_days"].groupby(answered).median(),
    "profit": customers["profit"].groupby(answered).median(),
    "value_share": clv.groupby(answered).sum() / clv.sum(),
})
compare.index = [rk.label("answered.no"), rk.label("answered.yes")]
rk.pretty(compare)

# %% name="claim_silent_ones" claims=true
assert compare["recency_days"].tolist() == [106, 58]
assert [round(part, 2) for part in compare["value_share"]] == [0.22, 0.78]

# %% [markdown] lang="zh-TW"
# 前兩欄是中位數：沒回答的人 106 天沒買，回答的人是 58 天，利潤差得不多。**會回答問卷的，多半是最近還在買的客戶**。
# 第三欄：沒回答的人占全體終身價值的 22%。
#
# 三種常見的處理都有問題：填平均數（等於說他們普通滿意）、當成不滿意、直接忘掉。這裡的做法是：方格只放回答的 229 位，
# 91 位另列一張「先去問」的名單，從終身價值高的問起。**不知道，就寫不知道。**
#
# 全公司的兩個數字有多準？下一格印 CSAT、NPS 和各自的區間，最後是推薦題的平均分數（`rk.csat_interval`、`rk.nps_interval` 各算一個區間）：

# %% [markdown] lang="en"
# The first two columns are medians. Those who did not answer last bought 106 days ago, the others 58:
# **the survey heard more from those who still buy**. Those who did not answer hold 22% of lifetime value.
#
# Three common ways out are all wrong: fill in the mean (which says they are fairly happy), count them as unhappy,
# or forget them. Here the grid holds the 229 who answered, and the 91 go on a list of their own, “ask first”,
# beginning with the highest lifetime value. **What is not known is written down as not known.**
#
# How sure are the two figures for the firm? The cell prints CSAT and NPS with their intervals, then the mean of the same
# answers as the NPS (`rk.csat_interval` and `rk.nps_interval` give an interval each):

# %% name="how_sure"
print(rk.describe_interval(rk.csat_interval(survey["csat"])))
print(rk.describe_interval(rk.nps_interval(recommend)))
print(round(recommend.mean(), 1))

# %% name="claim_how_sure" claims=true
low, high = rk.nps_interval(recommend).low, rk.nps_interval(recommend).high
assert (round(rk.nps(recommend), 1), round(low), round(high)) == (3.5, -6, 13)
csat = rk.csat_interval(survey["csat"])
assert (round(csat.estimate), round(csat.low), round(csat.high)) == (58, 52, 64)
assert round(recommend.mean(), 1) == 7.4

# %% [markdown] lang="zh-TW"
# CSAT 58%，介於 52% 到 64%；NPS 3 分，介於 −6 到 13 分，跨過了 0：推薦的人多還是批評的人多，這份問卷分不出來。明年要是變成 8 分，也別急著慶祝。
# 同一題的平均分數 7.4 聽起來不錯，是因為平均把兩群人抵消了：NPS 的題目不要拿去平均。

# %% [markdown] lang="en"
# CSAT is 58%, between 52 and 64. NPS is 3, between −6 and 13, which includes 0: this survey cannot tell whether there are
# more promoters or more detractors. If it is 8 next year, do not celebrate yet. The mean answer, 7.4, sounds quite good, because a
# mean lets the two camps cancel: never average the NPS question.

# %% [markdown] lang="zh-TW"
# ## {section grid}　方格：先搶救誰
#
# > **先自己畫**　課本說兩軸分成六類。拿紙畫六格：哪一軸切成三段？每格叫什麼名字？哪一格最急？畫好再往下看。
#
# > **這一章裡，教材自己訂的事**　課本畫六格的那張圖找不到了，別處也查不到；下面的 2 × 3 方格和六個名字、CS 的門檻 60 與 80、
# > CLV 切在平均數、10% 的折現率、ACSI 三題同重，都是教材自訂的。你可以改，改了就寫進報告。
#
# 方格是這樣：CLV 分高低（門檻用 320 位的平均數），因為 60 個工時只夠挑少數人；CS 分高中低（80 以上高，不到 60 低）。
#
# | | CS 低 | CS 中 | CS 高 |
# |---|---|---|---|
# | **CLV 高** | **搶救**（第一優先） | 鞏固 | 維繫 |
# | **CLV 低** | 低成本服務 | 標準服務 | 培育 |

# %% [markdown] lang="en"
# ## {section grid} The grid: whom to rescue first
#
# > **Draw your own first.** The textbook speaks of six classes on the two axes. Take a sheet of paper and draw six
# > boxes. Which axis has three parts? What do you call each box, and which is the most urgent? Then read on.
#
# > **What the kit decided in this chapter.** The textbook’s figure with the six boxes is lost, and we found it in no other
# > source. The 2 × 3 grid below with its six names, the cuts of CS at 60 and 80, the cut of CLV at the mean, the discount
# > of 10% and the equal weights of the ACSI are the kit’s own. Change them if you like, and say so in the report.
#
# In the grid, CLV is high or low (cut at the mean of all 320), because 60 hours are enough for a few people only; CS is
# high, middle or low (80 and above is high, below 60 low).
#
# | | CS low | CS middle | CS high |
# |---|---|---|---|
# | **CLV high** | **rescue** (搶救), first priority | strengthen (鞏固) | retain (維繫) |
# | **CLV low** | low-cost (低成本服務) | standard (標準服務) | nurture (培育) |

# %% [markdown] lang="zh-TW"
# > **試一試　4.d**　`value` 是回答者的 CLV，`cs` 是他們的分數，客戶和順序都相同。找出「搶救」那一格：CLV 達到 `clv_cut`，**而且** CS 不到 60。
# > 「而且」是 `&`，兩個條件各加括號。

# %% [markdown] lang="en"
# > **Try it: 4.d.** `value` is the CLV of those who answered and `cs` their score, for the same customers in the same
# > order. Find the box *rescue*: CLV at or above `clv_cut`, **and** CS below 60. “And” is `&`; put each
# > condition in brackets.

# %% name="try_d"
clv_cut = clv.mean()
value = clv[survey.index]
rescue = ...
check("4.d", rescue)

# %% [markdown] lang="zh-TW"
# `rk.clv_cs_class` 一次分好六格，`rk.plot_clv_cs` 畫出來；顏色愈深，那一格握有的終身價值愈多：

# %% [markdown] lang="en"
# `rk.clv_cs_class` fills all six boxes, and `rk.plot_clv_cs` draws them: the darker a box, the more lifetime value it
# holds.

# %% name="grid"
box = rk.clv_cs_class(value, cs, clv_cuts=clv_cut, cs_cuts=(60, 80))
urgent = box.index[box == "clv_cs:rescue"]
rk.show(rk.plot_clv_cs(value, cs, clv_cuts=clv_cut, cs_cuts=(60, 80)))

# %% name="claim_grid" claims=true
assert set(urgent) == set(value.index[(value >= clv_cut) & (cs < 60)])

# %% [markdown] lang="zh-TW"
# 「搶救」只有 11 位（5%），卻握有回答者 54% 的終身價值：這些錢明天來不來，要看一群不滿意的人。
# （第 8 章的「搶救」也是 11 位，那裡換了量 r 的辦法，兩份名單相同的只有 9 位。）是哪 11 位？
#
# > **怎麼讀這段程式**　`value_counts()` 數每位客戶有幾筆客訴；`reindex` 只取名單上的人，沒有客訴的補 0；
# > `sort_values(…, ascending=False)` 由大到小排。

# %% [markdown] lang="en"
# *Rescue* is only 11 customers (5%), yet they hold 54% of the lifetime value of those who answered. Whether that
# money comes depends on people who are not happy. (Chapter 8 has 11 in *rescue* too; it measures r in another way, and
# only 9 are on both lists.) Who are they?

# %% name="rescue_list"
complaints = contacts.loc[contacts["kind"] == "complaint", "customer"].value_counts()
wanted = pd.DataFrame(
    {
        "industry": customers.loc[urgent, "industry"],
        "clv": value[urgent].round(),
        "cs": cs[urgent],
        "complaint_count": complaints.reindex(urgent, fill_value=0),
        "recency_days": rfm.loc[urgent, "recency_days"],
    }
).sort_values("clv", ascending=False)
rk.pretty(wanted)

# %% [markdown] lang="zh-TW"
# 第一名 C381 一年客訴四次；第二名 C220 客訴了七次，不必等問卷就該知道。
# 前六位占這張名單 95% 的價值，而且都在 65 天內下過單：**人還在，現在就去**。
#
# 你畫的是 3 × 2 嗎？第 {section reference} 節有那一張。切成什麼樣子沒有標準答案：**做法真的不同，才值得多分一格**。
#
# 接著動手拉。下面的滑桿讓所有客戶用同一個 r。先把留存率拉到 0.59（你量到的），再往 0.9 拉：**看上排的人數怎麼變，哪一欄增加最多**。

# %% [markdown] lang="en"
# The first, C381, is the firm’s most profitable customer, with four complaints in the year; the second, C220,
# complained seven times before the survey asked. The first six hold 95% of the list’s value, and all have ordered
# within the last 65 days, so **it is not too late**. (`value_counts()` counts each customer’s complaints;
# `reindex` picks those on the list, with 0 for none; `sort_values(…, ascending=False)` sorts from large to small.)
#
# Did you draw 3 × 2? Section {section reference} shows it. There is no right answer: **a further box is worth having only if you would
# do something else in it**.
#
# Now move it yourself. These sliders give all customers one r. Put retention at 0.59, which you measured, then move
# towards 0.9: **watch how many are in the upper row, and which column gains most**.

# %% name="slider" tags=["nbval-ignore-output"]
rk.explore_retention(
    customers.loc[survey.index, "profit"], cs, clv_cuts=clv_cut, cs_cuts=(60, 80)
)

# %% name="still"
rk.show(
    rk.plot_clv_cs(one_clv[survey.index], cs, clv_cuts=clv_cut, cs_cuts=(60, 80))
)

# %% [markdown] lang="zh-TW"
# 上面是 r = 0.59 的靜止畫面：大家用同一個 r，「搶救」有 12 位，占 41% 的終身價值。政府機關的倍數從 2.91 變成和大家一樣的 1.15，名單上三位政府機關的份量就輕了。
# 拉到 0.9，上排從 42 位變成 98 位，「搶救」增加最多，變成 37 位：**r 愈樂觀，名單愈長**，因為門檻的金額沒有跟著動。

# %% [markdown] lang="en"
# Above is the still picture for r = 0.59: with one r for all, *rescue* has 12 customers and 41% of the value. The
# government customers, whose multiple was 2.91, are now counted at 1.15 like everybody. At 0.9 the upper row grows from
# 42 to 98, and *rescue* gains most, to 37: **the more hopeful r, the longer the list**, because the cut in NT$ stays.

# %% name="facts_of_the_grid" claims=true
# The kit checking itself.
in_boxes = box.value_counts(sort=False)
assert in_boxes.tolist() == [9, 21, 11, 33, 78, 77]
assert round(value[urgent].sum() / value.sum(), 2) == 0.54
assert wanted.index[0] == customers["profit"].idxmax() == "C381"
assert wanted["recency_days"].head(6).max() == 65
assert round(wanted["clv"].head(6).sum() / wanted["clv"].sum(), 2) == 0.95
assert wanted["complaint_count"].head(2).tolist() == [4, 7]
still = rk.clv_cs_class(one_clv[survey.index], cs, clv_cuts=clv_cut, cs_cuts=(60, 80))
still_share = one_clv[still.index[still == "clv_cs:rescue"]].sum() / one_clv[survey.index].sum()
assert (still == "clv_cs:rescue").sum() == 12
assert (still != box).sum() == 9
hopeful = rk.clv_cs_class(
    rk.retention_clv(customers.loc[survey.index, "profit"], 0.9, 0.1),
    cs, clv_cuts=clv_cut, cs_cuts=(60, 80),
)  # fmt: skip
assert still.value_counts(sort=False).tolist()[:3] == [9, 21, 12]
assert hopeful.value_counts(sort=False).tolist()[:3] == [19, 42, 37]
assert round(still_share, 2) == 0.41
# Chapter 8: retention of half a year by whether they bought in the last 90 days, cut at the 64th.
first_half = clean[clean["date"] < "2020-10-01"]
then = rk.rfm_table(first_half, today="2020-10-01", order="order")["recency_days"] <= 90
by_recency = came_back.groupby(then).mean()
other = rk.retention_clv(
    customers["profit"] / 2, (rfm["recency_days"] <= 90).map(by_recency), 0.05
)
cut_of_64 = other.nlargest(64).min()
other_box = rk.clv_cs_class(other[cs.index], cs, clv_cuts=cut_of_64, cs_cuts=(60, 80))
others = other_box.index[other_box == "clv_cs:rescue"]
assert (len(others), len(urgent.intersection(others))) == (11, 9)

# %% [markdown] lang="zh-TW"
# ## {section voices}　誰開了口？表揚、建議、客訴
#
# 問卷是我們去問，客戶也會自己開口。聯絡記錄裡除了 169 次客訴，還有 **140 次表揚、95 次建議**。表揚和客訴看得出客戶的**態度**
# （依態度分類，也是常用的分法）；建議看得出**需求**，和市場調查一樣重要，而且不用錢。先看一位客戶（C240）的一年：

# %% [markdown] lang="en"
# ## {section voices} Who spoke up? Praise, suggestions, complaints
#
# In a survey we ask; customers also speak unasked. Besides 169 complaints, the contacts hold **140 compliments and 95
# suggestions**. Compliments and complaints show a customer’s **attitude** (sorting customers by attitude is common
# too); suggestions show a **need**, as market research does, and cost nothing. First one customer, C240, for a year:

# %% name="one_voice"
of_one = contacts[contacts["customer"] == "C240"]
rk.pretty(of_one[["date", "kind"]])

# %% [markdown] lang="zh-TW"
# 三次表揚、一次客訴，另外四次是我們的業務員去拜訪或打電話，不算客戶開口。
#
# 每一格的客戶，有多少比例至少表揚過一次？`contacts.loc[條件, "customer"]` 取出表揚過的客戶，`isin` 問每位回答者在不在裡面，再依格子取平均
# （`observed=False` 讓沒有人的格子也列出來）。`def` 把這三行取名叫 `share_who`，`return` 交回結果；換一個字就能再用：

# %% [markdown] lang="en"
# Three compliments and one complaint. The other four are visits and calls by our own people, and not the customer’s voice.
#
# What share of each box made a compliment at least once? `contacts.loc[condition, "customer"]` takes the customers who
# did, `isin` asks everybody who answered whether they are among them, and the mean is taken by box (`observed=False` keeps
# boxes that nobody is in). `def` gives these lines the name `share_who`, so that they can be used for other kinds
# too, and `return` says what they hand back:

# %% name="voices"
def share_who(kind):
    who = contacts.loc[contacts["kind"] == kind, "customer"]
    spoke = pd.Series(box.index.isin(who), index=box.index)
    return spoke.groupby(box, observed=False).mean()


voices = pd.DataFrame({
    "compliment_rate": share_who("compliment"),
    "complaint_rate": share_who("complaint"),
    "suggestion_rate": share_who("suggestion"),
})
rk.pretty(voices)

# %% name="claim_voices" claims=true
assert contacts["kind"].value_counts()[["complaint", "compliment", "suggestion"]].tolist() == [169, 140, 95]
assert of_one["kind"].value_counts().to_dict() == {"task": 4, "compliment": 3, "complaint": 1}
assert voices.round(2)["compliment_rate"].tolist() == [0.89, 0.33, 0.36, 0.52, 0.31, 0.22]
assert voices.round(2)["complaint_rate"].tolist() == [0.22, 0.57, 0.91, 0.15, 0.28, 0.39]
assert voices.round(2)["suggestion_rate"].tolist() == [0.44, 0.67, 0.55, 0.24, 0.21, 0.16]

# %% [markdown] lang="zh-TW"
# 表揚跟著滿意度走，「維繫」有 89% 表揚過；客訴剛好相反，「搶救」有 91% 客訴過。**建議不一樣**：價值高的三格是 44%、67%、55%，
# 價值低的三格只有 16% 到 24%，和滿不滿意關係不大。把上下兩排各合成一群，附上區間：

# %% [markdown] lang="en"
# Compliments go with satisfaction: 89% of *retain* made one. Complaints go the other way: 91% of *rescue*. **Suggestions do
# neither.** In the three boxes of high value 44%, 67% and 55% made one, in those of low value 16% to 24%, happy or not. Take
# each row of the grid together, with its interval:

# %% name="suggestions"
who = contacts.loc[contacts["kind"] == "suggestion", "customer"]
suggests = pd.Series(box.index.isin(who), index=box.index)
valuable = value >= clv_cut
print(rk.describe_interval(rk.share_interval(int(suggests[valuable].sum()), int(valuable.sum()))))
print(rk.describe_interval(rk.share_interval(int(suggests[~valuable].sum()), int((~valuable).sum()))))

# %% name="claim_suggestions" claims=true
assert (suggests[valuable].sum(), valuable.sum(), suggests[~valuable].sum()) == (24, 41, 36)
assert len(suggests) == 229

# %% [markdown] lang="zh-TW"
# 價值高的 41 位裡有 24 位（59%，介於 43% 到 72%）提過建議，其他 188 位是 19%（14% 到 25%），兩個區間離得很遠。
# 肯花時間提建議的，多半是往來最深的客戶。可是帳冊只記「提了建議」，**沒記內容**：需求是什麼，要請業務員回頭問，以後也要寫下來。
# （教材的帳冊是造出來的，證明不了別家公司也這樣；學的是怎麼量。）

# %% [markdown] lang="en"
# Of the 41 valuable customers 24 (59%, between 43 and 72) made a suggestion, of the other 188 only 19% (14 to 25): the
# intervals are far apart. Those who take the trouble are those who do most business with us. But the books record that
# they made one and **not what it was**: to learn the need, somebody has to ask, and write it down next time. (These books
# are made up, and prove nothing about other firms; what you learn is how to measure.)

# %% [markdown] lang="zh-TW"
# ## {section sensitivity}　假設動一點，多少人換格子？
#
# 課本對這個方法的評語：看得到未來，比 ABC 分類法（第 2 章）合理；但兩個指標都**不確定**。那就量量看有多不確定。
# `rk.clv_cs_sensitivity` 每次只動一件事：留存率上下 5 個百分點，或一題的答案上下 1 分；門檻不動，數有幾位換格子。
# （這個函式把每年的利潤叫 `margin`，單位是元；第 {section lifetime_value} 節的 `margin` 是利潤率，不是同一件事。）

# %% [markdown] lang="en"
# ## {section sensitivity} Move an assumption a little: who changes box?
#
# The textbook’s verdict on the method: it looks ahead, which ABC does not; but neither measure is **certain**. So
# let us measure how uncertain. `rk.clv_cs_sensitivity` moves one thing at a time, up and down: retention by 5
# percentage points, or everybody’s answer to one question by 1. The cuts stay, and it counts who lands in another box.
# (This function calls a year’s profit `margin`, in NT$; in section {section lifetime_value} `margin` was a rate, which is something else.)

# %% name="sensitivity"
people = pd.DataFrame(
    {"margin": customers.loc[survey.index, "profit"], "retention": yearly[survey.index]}
)
moves = rk.clv_cs_sensitivity(
    people, answers, discount=0.10, clv_cuts=clv_cut, cs_cuts=(60, 80)
)
rk.pretty(moves)

# %% name="claim_sensitivity" claims=true
assert moves["changed"].tolist() == [5, 9, 36, 36, 36, 37, 36, 37]

# %% [markdown] lang="zh-TW"
# 表的左邊是動了什麼、動多少：留存率，以及問卷的後三題。
# 留存率動 5 個百分點，只有 5 到 9 位換格子；問卷一題動 1 分，就有 36、37 位（16%）。在這裡，比較不穩的是**問卷**。
# 不過產業的 r 可能錯得比 5 個百分點多，政府機關只有 21 位：和全體同一個 r 的方格（第 {section grid} 節最後一張圖）比，也有 9 位換格子。
#
# 手算核對一格：大家的 `overall` 都多 1 分（最多 10 分，`.clip(upper=10)` 把超過的壓回 10）：

# %% [markdown] lang="en"
# On the left is what was moved, and by how much: retention, and the last three questions of the survey. Five points of
# retention move only 5 to 9 customers; one point on one question moves 36 or 37 (16%). Here the **survey** is the less certain of the two. But an industry’s r may well be wrong by more than 5 points: with two more
# leavers among its 21, government’s r would be 0.66, not 0.82. And with one r for all, as in the last figure of
# section {section grid}, 9 customers change box.
#
# Check one row by hand: one point more on `overall` for everybody (`.clip(upper=10)` puts what is above 10 back
# to 10):

# %% name="one_point_more"
kinder = answers.assign(overall=(answers["overall"] + 1).clip(upper=10))
box_kinder = rk.clv_cs_class(value, rk.acsi(kinder), clv_cuts=clv_cut, cs_cuts=(60, 80))
saved = urgent[box_kinder[urgent] != "clv_cs:rescue"]
print(saved.tolist(), cs[saved].round(2).tolist())

# %% name="claim_one_point_more" claims=true
assert (box_kinder != box).sum() == moves.loc["overall +1", "changed"]
assert sorted(saved) == ["C306", "C326", "C381"]

# %% [markdown] lang="zh-TW"
# 只差一題、一分，C381 就離開「搶救」了：他的 59.26 分緊貼著 60。方格說他「搶救」或「鞏固」，都改變不了一件事：
# 他的利潤最高，而且不太滿意。**貼著門檻的人，看分數，別看格子的名字。**

# %% [markdown] lang="en"
# One point on one question, and C381 has left *rescue*: its 59.26 is just below 60. Whether the grid says *rescue* or
# *strengthen*, one thing does not change: it is the biggest customer, and not very happy. **For those beside a
# cut, look at the score and not at the name of the box.**

# %% [markdown] lang="zh-TW"
# ## {section satisfied_and_gone}　滿意，會帶來什麼？
#
# 課本在客戶滿意度下面列了三個支點：**利潤貢獻**（滿意的人買得多）、**客戶保持**（滿意的人留下來）、**長期滿意**（不是只有這一次）。
# 旭東看得到幾個？把回答者依 ACSI 分三段，各看利潤的中位數、半年留存率、超過 90 天沒下單的占比。`pd.cut(分數, 邊界)` 把分數切成幾段，
# `right=False` 讓剛好 60、80 分的人算上面那一段，`labels=` 是各段的名字：

# %% [markdown] lang="en"
# ## {section satisfied_and_gone} What does satisfaction bring?
#
# Under satisfaction the textbook lists three supports: **contribution to profit** (the happy buy more), **retention** (the
# happy stay), **lasting satisfaction** (not just this once). How many of them can be seen at Xudong? Split those who
# answered by ACSI into three parts, and look at median profit, half-yearly retention, and the share without an order for more
# than 90 days. `pd.cut(scores, edges)` makes the parts; with `right=False` a score of exactly 60 or 80 is in the upper one, and `labels=` names them:

# %% name="supports"
level = pd.cut(cs, [0, 60, 80, 101], right=False, labels=["0–59", "60–79", "80–100"])
supports = pd.DataFrame({
    "customers": level.value_counts(),
    "profit": customers["profit"].groupby(level, observed=False).median(),
    "half_year_rate": came_back.groupby(level, observed=False).mean(),
    "quiet_share": (rfm["recency_days"] > 90).groupby(level, observed=False).mean(),
})
rk.pretty(supports.sort_index())

# %% name="claim_supports" claims=true
by_level = supports.sort_index()
assert by_level["customers"].tolist() == [88, 99, 42]
assert by_level["profit"].round().tolist() == [1390, 1391, 1617]
assert by_level["half_year_rate"].round(2).tolist() == [0.75, 0.83, 0.82]
assert by_level["quiet_share"].round(2).tolist() == [0.44, 0.35, 0.33]

# %% [markdown] lang="zh-TW"
# 利潤的中位數三段差不多（1,390 到 1,617 元），第一個支點在旭東看不太出來；不滿意的一段留存率是 75%，另外兩段是 83% 和 82%，很久沒下單的也比較多，第二個看得出一點（人不多，也可能是碰巧）；
# 第三個**量不到**：問卷只在二月做過一次，說不出「長期」。所以滿意度要年年用同樣的題目問。
#
# Jones 和 Sasser 1995 年在《哈佛商業評論》寫過一篇〈滿意的客戶為什麼會離開〉。看 133 位滿意的客戶（`csat` 4、5 分），上次下單到今天幾天。
# 自己畫：`ax.hist(數字, bins=邊界)` 畫直方圖，邊界每 30 天一條，90 天剛好是一條邊；`f"…{數字}…"` 把數字寫進文字裡。對一下開頭的猜測：

# %% [markdown] lang="en"
# Median profit is much the same in all three (NT$1,390 to 1,617): the first support hardly shows at Xudong. Of the
# unhappiest part 75% came back, of the other two 83% and 82%, and a larger share of it has been quiet for a long time: the second support
# shows a little, though with so few customers it may be chance. The third **cannot be measured**: there was one survey, in February, which
# cannot say “lasting”. Ask the same questions every year.
#
# In 1995 Jones and Sasser wrote in the *Harvard Business Review* on “Why Satisfied Customers Defect”. Take the 133 who said
# they were satisfied (`csat` of 4 or 5) and count the days since their last order. Draw it yourself: `ax.hist(numbers,
# bins=edges)` draws a histogram; with an edge every 30 days, 90 is one of them. In `f"…{…}…"` the numbers worked out in the
# braces are filled into the text. Time to compare with your guess:

# %% name="satisfied_and_gone"
happy = survey.index[satisfied]
happy_days = rfm.loc[happy, "recency_days"]
edges = range(0, 391, 30)
fig, ax = plt.subplots()
ax.hist(happy_days[happy_days <= 90], bins=edges, color="lightgrey", edgecolor="white")
ax.hist(happy_days[happy_days > 90], bins=edges, color="firebrick", edgecolor="white")
ax.set_title(f"> 90: {(happy_days > 90).sum()} / {len(happy_days)}")
ax.set_xlabel(rk.label("column.recency_days"))
ax.set_ylabel(rk.label("column.customers"))
words = {
    "zh-TW": "直方圖：133 位滿意的客戶，上次購買到今天幾天，每 30 天一根；超過 90 天的 45 位是紅色。",
    "en": "Histogram: days since the last order of the 133 satisfied customers, a bar for every 30 days; "
    "the 45 beyond 90 days are red.",
}
rk.show(ax, words=words)

# %% name="compare_guess"
silent_happy = (happy_days > 90).mean()
silent_others = (rfm.loc[survey.index[~satisfied], "recency_days"] > 90).mean()
print(my_guess, round(silent_happy, 2), round(silent_others, 2))

# %% name="claim_compare_guess" claims=true
assert ((happy_days > 90).sum(), round(silent_happy, 2), round(silent_others, 2)) == (45, 0.34, 0.45)
quiet_ends = [
    round(end, 2)
    for silent, of in ((45, 133), (43, 96))
    for end in (rk.share_interval(silent, of).low, rk.share_interval(silent, of).high)
]
assert quiet_ends == [0.26, 0.42, 0.35, 0.55]

# %% [markdown] lang="zh-TW"
# 左邊是你的猜測（還沒填就是 `None`），右邊兩個數字是占比，0.34 就是 34%。紅色的是說滿意、卻很久沒下單的人：133 位裡的 **45 位（34%）超過 90 天沒下單**；
# 其餘 96 位回答者是 45%。兩個占比的區間是 26% 到 42%、35% 到 55%，有重疊，差別可能是碰巧；清楚的是**滿意不等於忠誠**。為什麼沒下單？帳冊沒有答案：也許用量少，也許預算用完，也許向別家買，要問才知道。
# 反過來，C220 只有 7 分，65 天前還來買過：不滿意的人也可能留著，例如一時換不了供應商。
#
# （90 天沒買也不等於走了，第 {section retention} 節才說過。）所以方格的兩軸都要看，還要加上**行為**，那是下一章。

# %% [markdown] lang="en"
# On the left is your guess (`None` if you left it); 0.34 is 34%. The red bars are those who said that they were happy and
# have not ordered for a long time. Of the 133 satisfied, **45 (34%) have not ordered for more than 90 days**; of the other 96 who
# answered, 45%. The intervals, 26 to 42% and 35 to 55%, overlap, so the difference may be chance. What is clear is that
# **satisfied is not loyal**. Why
# they are quiet, the ledger does not say: they may need little, have spent their budget, or buy elsewhere too. And
# the other way round: C220 scores 7 and still ordered 65 days ago. An unhappy customer may stay for want of another
# supplier, until there is one.
#
# (Nor does 90 days without an order mean gone: see section {section retention}.) So look at both axes, and add what people **do**.
# That is the next chapter.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# 還缺一張名單：價值高（達到 `clv_cut`）卻沒回答的人。先印人數，再印前三位和他們的 CLV：

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# One list is still missing: those of high value (at or above `clv_cut`) who did not answer. The cell prints how many, then
# the first three with their CLV:

# %% name="ask_first"
ask_first = clv[~answered]
ask_first = ask_first[ask_first >= clv_cut].sort_values(ascending=False)
print(len(ask_first))
rk.pretty(pd.DataFrame({"clv": ask_first.head(3).round()}))

# %% [markdown] lang="zh-TW"
# > **CLV-CS 分級建議**　我們用一年的帳冊和二月的問卷，看客戶明天值多少、現在滿不滿意。
# >
# > 1. **請主管本週親自拜訪六位**：C381、C220、C071、C317、C307、C382。價值高、不滿意，握有回答者 51% 的終身價值，
# >    而且 65 天內都下過單。先聽客訴，再談生意。每位約 4 小時，共 24 小時。
# > 2. **同時問 17 位沒有回答問卷的高價值客戶**，從 C183、C073、C336 開始。我們不知道他們滿不滿意，只知道他們占全體終身價值的 20%。每位半小時，共 8.5 小時。
# > 3. 滿意也要看有沒有下單：高價值又滿意的客戶裡，C306、C146、C094 已經四個月以上沒來，打電話問候，共 1.5 小時。
# >    （C306 那題選了滿意，ACSI 卻只有 59 分：一題問不清楚。）
# > 4. **回覆 24 位提過建議的高價值客戶**：C381、C220、C071、C382 拜訪時一起問，其餘 20 位請業務員問清楚內容並寫下來，
# >    每位半小時，共 10 小時。
# >
# > 四件事共 44 小時（時數是我們的建議），60 小時還剩 16。全體終身價值約 211 萬元，照留存率的區間算，介於 159 萬到 274 萬。門檻：CLV 8,534 元（平均數），CS 60、80 分。留存率由兩個半年推估，折現率 10% 是我們的假設；留存率動 5 個百分點，最多 9 位換格子，
# > 問卷一題動 1 分，最多 37 位。限制：只有一年；政府機關的留存率只看 21 位；CLV 假設利潤每年一樣。
# > 「低成本服務」那一格的 77 位維持基本服務，態度上不冷落任何人：有些人可能只是這一年買得少。

# %% [markdown] lang="en"
# > **CLV-CS, our advice.** From a year’s ledger and February’s survey we estimate what customers will be worth, and
# > whether they are happy now.
# >
# > 1. **A manager should visit six customers this week**: C381, C220, C071, C317, C307, C382. They are valuable and
# >    unhappy, hold 51% of the lifetime value of those who answered, and have all ordered within 65 days. Listen to the
# >    complaints first, talk business later. About 4 hours each, 24 in all.
# > 2. **Ask the 17 customers of high value who did not answer**, beginning with C183, C073 and C336. We do not know whether
# >    they are happy; they hold 20% of lifetime value. Half an hour each, 8.5 hours.
# > 3. Satisfied is not enough: of those with high value who say they are satisfied, C306, C146 and C094 have not
# >    ordered for over four months. Give them a call, 1.5 hours in all. (C306 ticked “satisfied”, but its ACSI is only
# >    59: one question is not enough to tell.)
# > 4. **Answer the 24 valuable customers who made suggestions**: ask C381, C220, C071 and C382 on the visit; of the other
# >    20, salespeople ask what exactly, and write it down. Half an hour each, 10 hours.
# >
# > That is 44 hours (our suggestion), with 16 of the 60 left. All customers are worth some NT$2.11 million, between 1.59
# > and 2.74 by the interval of retention. Cuts: CLV NT$8,534 (the mean), CS 60 and 80. Retention is
# > estimated from two half-years, and the 10% discount is our assumption. Five points of retention move at most 9
# > customers to another box, one point on one question at most 37. Limits: one year only; government’s retention rests
# > on 21 customers; CLV takes every year’s profit to be the same. The 77 in *low-cost* keep basic service, and nobody
# > is to be treated coldly: some may just have needed little this year.

# %% name="facts_of_the_advice" claims=true
# The kit checking itself: the figures in the advice above must agree with the data.
first_six = wanted.index[:6]
assert first_six.tolist() == ["C381", "C220", "C071", "C317", "C307", "C382"]
assert round(value[first_six].sum() / value.sum(), 2) == 0.51
assert len(ask_first) == 17
assert round(ask_first.sum() / clv.sum(), 2) == 0.20
assert ask_first.index[:3].tolist() == ["C183", "C073", "C336"]
drifting = happy[(happy_days > 90) & (value[happy] >= clv_cut)]
assert sorted(drifting) == ["C094", "C146", "C306"]
assert rfm.loc[drifting, "recency_days"].min() > 123
assert rfm.loc["C220", "recency_days"] == 65
assert (round(cs["C220"]), round(cs["C306"]), survey.loc["C306", "csat"]) == (7, 59, 4)
assert 6 * 4 + 17 * 0.5 + 3 * 0.5 + 20 * 0.5 == 44
to_answer = suggests.index[suggests & valuable]
assert [one for one in first_six if one in to_answer] == ["C381", "C220", "C071", "C382"]
assert len(to_answer) == 24

# %% [markdown] lang="zh-TW"
# ## {section reference}　備查：3 × 2 的方格、世代與存活曲線、CLV 的門檻、BG/NBD
#
# 這一節不算在時間內，用到再查。
#
# **3 × 2 的方格**　下面是 3 × 2：CLV 用中位數和平均數切成三段，CS 只切在 70。

# %% [markdown] lang="en"
# ## {section reference} For reference: the 3 × 2 grid, cohorts and survival, the cut of CLV, BG/NBD
#
# This section is outside the minutes: come back when you need it.
#
# **The grid turned round.** Here is 3 × 2: CLV is cut at the median and at the mean, CS only at 70.

# %% name="grid_turned"
three_levels = (clv.median(), clv_cut)
turned = rk.clv_cs_class(value, cs, clv_cuts=three_levels, cs_cuts=70)
rk.show(rk.plot_clv_cs(value, cs, clv_cuts=three_levels, cs_cuts=70))

# %% name="claim_grid_turned" claims=true
assert (turned == "clv_cs_3x2:high_low").sum() == 24

# %% [markdown] lang="zh-TW"
# 不滿意的線從 60 移到 70，價值高而不滿意的就從 11 位變成 24 位；好處是 CLV 的中段自成一排，可以另外安排做法。
#
# **世代**　依第一次出現的季把客戶分成幾批（**世代**，cohort），看每一批後來每季還有多少人買（`rk.cohort_retention`）：

# %% [markdown] lang="en"
# With CS cut at 70 instead of 60, the valuable and unhappy grow from 11 to 24. In return the middle of CLV has a row
# of its own, and can be treated differently.
#
# **Cohorts.** Group customers by the quarter in which they first appear, and follow each group (`rk.cohort_retention`):

# %% name="cohorts"
cohorts = rk.cohort_retention(clean, period="Q")
rk.pretty(cohorts.round(2))

# %% name="claim_cohorts" claims=true
spring = bought.loc[bought["date"] < "2020-07-01", "customer"].unique()
in_summer = (bought["date"] >= "2020-07-01") & (bought["date"] < "2020-10-01")
summer = bought.loc[in_summer, "customer"].unique()
assert abs(pd.Series(spring).isin(summer).mean() - cohorts.iloc[0][1]) < 1e-9

# %% [markdown] lang="zh-TW"
# 第一列：春季的 214 位，下一季 84% 再來，再下一季 67%，最後 55%。欄名 0、1、2、3 是「過了幾季」，空白是還沒到。
# 第一批其實混著往來多年的老客戶，因為帳冊從四月才開始。
#
# **存活曲線**　世代表把「這一季沒來」都算沒留下。另一種問法：從第一次出現算起，過了幾天，還沒有**連續 90 天不下單**的人剩多少？
# 晚來的客戶只追蹤了一小段，不能算走、也不能算留；Kaplan–Meier 法在每一天只問追蹤得到的人，算出一條往下的階梯和它的區間（`rk.customer_lives` 算每位客戶追蹤了幾天、停過沒有，`rk.kaplan_meier` 算階梯）：

# %% [markdown] lang="en"
# Each such group is called a **cohort**. First row: of spring’s 214 customers 84% bought in the next quarter, 67% in
# the one after, 55% in the last. The columns 0, 1, 2, 3 count quarters; a blank has not happened yet. The first cohort
# also holds customers of many years, because the ledger begins in April.
#
# **Survival.** Cohorts count every quarter without a purchase as not staying. Another way to ask: so many days after their
# first order in the ledger, how many have not yet gone **90 days in a row without one**? Latecomers were followed for a
# short time only, and count neither as gone nor as kept; Kaplan and Meier’s method asks each day only those who are still
# followed, and gives a falling staircase with its interval (`rk.customer_lives` finds how many days each was followed and whether they fell silent; `rk.kaplan_meier` makes the staircase):

# %% name="survival"
lives = rk.customer_lives(clean, end="2021-03-31", silence=90)
curve = rk.kaplan_meier(lives["days"], lives["gone"])
print(lives["gone"].sum(), lives["came_back"].sum())
rk.show(rk.plot_survival(curve))

# %% name="claim_survival" claims=true
assert (lives["gone"].sum(), lives["came_back"].sum()) == (218, 115)
assert rk.survival_at(curve, 180).round(2).tolist() == [0.50, 0.44, 0.55]

# %% [markdown] lang="zh-TW"
# 半年（180 天）後只剩 50%（44% 到 55%）沒有停過 90 天。可是「停過」的 218 位裡，有 115 位後來又回來了：沒有合約的生意，
# 安靜不是離開，這條曲線偏悲觀。要拿它當留存率，先把幾天算離開訂得長一點。
#
# **CLV 的門檻**　`boxes_at` 拿一個門檻，`return` 交回每位客戶的格子。圖把門檻左右移動，數有幾位換格子：

# %% [markdown] lang="en"
# After half a year (180 days) only 50% (44 to 55) have never paused for 90 days. But of the 218 who paused, 115 came back
# later: without a contract a pause is not leaving, and this curve is too gloomy. To use it for retention, let a longer
# silence count as gone.
#
# **The cut of CLV.** `boxes_at` takes a cut, and `return` gives back everybody’s box. The figure moves the cut to both sides and counts who changes:

# %% name="cut_moves"
def boxes_at(cut):
    return rk.clv_cs_class(value, cs, clv_cuts=cut, cs_cuts=(60, 80))


rk.show(rk.plot_sensitivity(value, cut=clv_cut, classify=boxes_at))

# %% [markdown] lang="zh-TW"
# 門檻上下移一成，只有 2、3 位換格子，所以用 8,534 元還是 8,000 元，不必爭。

# %% [markdown] lang="en"
# Move the cut by a tenth, and only 2 or 3 customers change box: there is no need to argue about NT$8,534 or NT$8,000.

# %% name="facts_of_sensitivity" claims=true
# The kit checking itself.
assert (boxes_at(clv_cut * 0.9) != box).sum() == 2
assert (boxes_at(clv_cut * 1.1) != box).sum() == 3

# %% [markdown] lang="zh-TW"
# **BG/NBD**　沒有合約的客戶不說再見，有一類模型用每個人買東西的節奏，推算他還在的機會
# （Fader、Hardie、Lee，*Marketing Science*，2005）；再配 Gamma-Gamma 模型估每次花多少。模型本身要另外安裝 SciPy，
# 這裡只準備資料，因為**名字是陷阱**：書上也叫 recency、frequency，意思卻和 RFM 不同。
# （`a.join(b)` 依客戶編號把兩張表左右併起來，`.drop(columns=…)` 拿掉幾欄。）

# %% [markdown] lang="en"
# **BG/NBD.** Customers without a contract do not say goodbye. One family of models infers from each customer’s
# rhythm of buying the chance that they are still there (Fader, Hardie and Lee, *Marketing Science*, 2005); a
# Gamma-Gamma model adds what each purchase brings. The models themselves need another package, SciPy. Here we only
# prepare the data, because **the names are a trap**: the books also say *recency* and *frequency*, and mean other
# things than RFM does. (`a.join(b)` puts two tables side by side by customer; `.drop(columns=…)` takes columns away.)

# %% name="bg_nbd"
rhythm = rk.bg_nbd_table(clean, end=TODAY)
side_by_side = rhythm.join(rfm)
rk.pretty(side_by_side.loc[["C381", "C336", "C007"]].drop(columns=["monetary", "repeat_mean"]))

# %% name="claim_bg_nbd" claims=true
assert side_by_side.loc["C381", ["repeat_purchases", "frequency"]].tolist() == [46, 56]

# %% [markdown] lang="zh-TW"
# BG/NBD 的 frequency 是**回購**次數（同一天算一次，第一次不算）：C381 是 46，RFM 的 F 是 56。它的 recency 是**第一次到最後一次**隔多久，
# 愈長愈好；RFM 的 R 是最後一次到今天，愈短愈好。把 RFM 的表放進去，程式可能照跑，答案卻是錯的。所以教材換了欄名；放錯了，程式會停下來提醒你。

# %% [markdown] lang="en"
# In BG/NBD, frequency counts **repeat** purchases (a day counts once, the first day not at all): 46 for C381, where
# RFM’s F is 56. Its recency is the time from the **first to the last** purchase, and longer is better; RFM’s R runs
# from the last to today, and shorter is better. Feed such a program an RFM table, and it may run without error and be
# wrong. That is why the kit gives these columns other names, and stops if they are mixed up.

# %% [markdown] lang="zh-TW"
# **合起來**　還會來幾次（BG/NBD）× 每次花多少（Gamma-Gamma）× 利潤率，再折現，就是未來一年的 CLV，還能附上區間。裝了 SciPy 的話，下一格會算
# （利潤率取去年全公司的 20%；印出來的依序是全部客戶的合計和區間，再來是只買過一次的客戶，兩種模型各給多少）。

# %% [markdown] lang="en"
# **Joined together.** How often they will come (BG/NBD) times what each purchase brings (Gamma-Gamma) times the margin, discounted, is the CLV of the coming
# year, and it comes with an interval. Where SciPy is installed, the next cell works it out, with last year’s margin of the whole firm, 20%. It prints the
# total of all customers with its interval, then what two models give those who have bought once.

# %% name="clv_joined" tags=["nbval-ignore-output"]
import importlib.util
import warnings

if importlib.util.find_spec("scipy"):
    from rfmkit.clv.bg_nbd import fit_bg_nbd
    from rfmkit.clv.forecast import customer_lifetime_value, total_lifetime_value
    from rfmkit.clv.gamma_gamma import fit_gamma_gamma
    from rfmkit.clv.mbg_nbd import fit_mbg_nbd

    warnings.simplefilter("ignore")
    bg, mbg, spending = fit_bg_nbd(rhythm), fit_mbg_nbd(rhythm), fit_gamma_gamma(rhythm)
    year = {"weeks": 52, "margin": 0.20, "yearly_discount": 0.10}
    total = total_lifetime_value(rhythm, bg, spending, **year)
    print(total.round(-4).astype(int).tolist())
    once = rhythm["repeat_purchases"] == 0
    for model in (bg, mbg):
        each = customer_lifetime_value(rhythm, model, spending, **year)
        print(int(round(each.loc[once, "clv"].sum(), -4)))

# %% name="claim_clv_joined" claims=true
if importlib.util.find_spec("scipy"):
    assert total.round(-4).tolist() == [1_780_000, 1_050_000, 2_270_000]
    assert once.sum() == 42

# %% [markdown] lang="zh-TW"
# 全部客戶未來一年約 178 萬元，介於 105 萬到 227 萬之間。範圍這麼寬，因為少數幾筆大訂單就左右了平均；報給經理時，整個範圍都要說。
# 只買過一次的 42 位，BG/NBD 認定他們還在（第一次買完不會馬上離開），合計約 49 萬元；MBG/NBD 允許他們買完就走了，只剩約 45 萬元。
# 一次就走的客戶愈多，兩個模型差得愈遠。

# %% [markdown] lang="en"
# All customers together come to about NT$1.78 million in the coming year, between 1.05 and 2.27 million. The range is that wide because a few large orders
# decide the mean; tell the manager the whole range. To the 42 who bought once, BG/NBD gives about NT$490,000, for it takes for granted that nobody leaves after a
# first purchase. MBG/NBD lets them leave at once, and gives about NT$450,000. The more customers buy once and go, the further the two are apart.

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 客戶終身價值（customer lifetime value, CLV）：用**利潤**，算留存，算折現。0.8 和 10% 時是 2.67 倍；今天也算是 3.67 倍；不折現是 5 倍。
# - 留存率（retention）：從帳冊量，期間要和利潤、折現率（discount rate）一致；跳過一期不等於離開；全體同一個 r，名次和利潤一樣。
# - 客戶滿意度（customer satisfaction, CS）：CSAT 是占比，NPS 是兩種占比相減（不能平均），ACSI 給每人 0 到 100 分；沒回答的另列名單。
# - 開口的客戶：表揚跟著滿意度，建議跟著價值；三個支點裡，「長期滿意」一次問卷量不到。數字附上區間（interval）再報告。
# - CLV-CS 方格（grid）：「搶救」（rescue）11 位，占回答者終身價值的一半以上。
# - 敏感度（sensitivity）：留存率動一點，最多 9 位換格子；問卷動 1 分，最多 37 位。滿意不等於忠誠（loyalty）。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Customer lifetime value, CLV (客戶終身價值): take **profit**, allow for leaving, discount. With r = 0.8 and i = 10% it
#   is 2.67 times a year’s profit; 3.67 if today’s counts; 5 with no discount either.
# - Retention (留存率): measured from the ledger, for the same period as profit and discount rate (折現率). Skipping is
#   not leaving. With one r for all, customers rank as by profit.
# - Customer satisfaction, CS (客戶滿意度): CSAT is a share, NPS one share less another (never a mean), ACSI gives
#   everyone who answered 0 to 100. Those who did not answer have a list of their own.
# - Those who speak up: praise goes with satisfaction, suggestions with value. Of the three supports, lasting satisfaction
#   cannot be measured by one survey. Report a figure with its interval (區間).
# - The CLV-CS grid (方格): *rescue* (搶救) is 11 customers, with 54% of the lifetime value of
#   those who answered.
# - Sensitivity (敏感度): five points of retention move at most 9 customers, one point in the survey up to 37. Satisfied
#   is not loyal (忠誠).

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 每年利潤 1,000 元，r = 0.5，i = 0.1，第一筆一年以後才來。CLV 大約多少？
# 2. 十位客戶答推薦意願：10、10、9、8、8、7、7、6、5、3。NPS 是多少？
# 3. 主管說：「沒回答問卷的，就當作普通滿意吧，這樣 320 位都有格子。」你會怎麼回答？
#
# <details><summary>看答案</summary>
#
# 1. 1,000 × 0.5 ÷ (1 + 0.1 − 0.5) ≈ 833 元。比一年的利潤還少：留不住的客戶，明天不值錢。
# 2. 推薦者 3 位（30%），批評者 3 位（30%），NPS 是 0。平均分數 7.3 會讓人以為很不錯。
# 3. 那是替 91 個人編答案。沒回答的人更久沒買（中位數 106 天對 58 天），和回答的人不一樣；其中 17 位價值高，花一天左右打電話就知道了。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. Profit is NT$1,000 a year, r = 0.5, i = 0.1, the first comes a year from now. What, roughly, is the CLV?
# 2. Ten customers say whether they would recommend you: 10, 10, 9, 8, 8, 7, 7, 6, 5, 3. What is the NPS?
# 3. Your boss says: “Count those who did not answer as fairly satisfied, so that all 320 have a box.” What do
#    you answer?
#
# <details><summary>Answers</summary>
#
# 1. 1,000 × 0.5 ÷ (1 + 0.1 − 0.5) ≈ NT$833, less than one year’s profit: customers who do not stay are worth little
#    tomorrow.
# 2. Three are promoters (30%) and three detractors (30%): the NPS is 0. The mean, 7.3, would have sounded quite good.
# 3. That would be making up answers for 91 customers. At the median they have been away longer than those who answered,
#    so the two groups are not alike. And 17 of the 91 are valuable: ask them, which takes about a day on the telephone.
#
# </details>

# %% name="facts_of_the_quiz" claims=true
# The kit checking itself.
quiz = pd.Series([10, 10, 9, 8, 8, 7, 7, 6, 5, 3])
assert (round(rk.retention_clv(1000, 0.5, 0.1)), rk.nps(quiz), quiz.mean()) == (833, 0, 7.3)

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 換你了：[第 4 章練習](../../exercises/zh-TW/04_clv_cs.ipynb)是另一家分公司的資料。
#
# 經理把問卷放到一邊：「人會客氣，問卷會漏。**別管他們怎麼說，他們買東西的樣子說了什麼？**」[第 5 章](05_rfm.ipynb)只看行為：多近、多常、多少。

# %% [markdown] lang="en"
# ## Next
#
# Your turn: the [exercise of chapter 4](../../exercises/en/04_clv_cs.ipynb) has the books of another branch.
#
# The manager puts the survey aside: “People are polite, and more than a quarter do not answer. **Never mind what they
# say: what does their buying say?**” [Chapter 5](05_rfm.ipynb) looks only at what they do: how recently, how often,
# for how much.
