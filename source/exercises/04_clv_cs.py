# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 4 章練習　南區的明天
#
# [English edition](../en/04_clv_cs.ipynb) · [回到課文](../../notebooks/zh-TW/04_clv_cs.ipynb)
#
# > **情境**　總公司看了你的 CLV-CS 建議，**南區分公司**的經理也要一份：誰明天還值得花時間，他們滿不滿意，60 個工時先給誰。
# > 今天是 2021 年 4 月 1 日。帳冊的格式和課文一樣，客戶和數字都是南區的。
# >
# > **練什麼**　量留存率、修好 CLV 的算式、算滿意度並畫圖、分六格、測試名單站不站得穩，最後替經理下判斷。{chapter 4}。
# > **資料**　南區的 `客戶年報.csv`、`年度交易.csv`、`滿意度調查.csv`、`聯絡記錄.csv`，[欄位說明](../../data/practice/README.md)。
# >
# > **怎麼作答**　每一題三步：把 `...` 換成你的答案，留在題目指定的變數裡；執行下面的 `check` 那一格；讀卡片。答錯不扣分，可以一直改。
# > 卡住時，把 `hint` 那一格開頭的 `#` 刪掉再執行，每執行一次多給一點，一共三次；看完第三個提示或答對之後，卡片會帶你到這一題的解答（你的教材裡有解答的話）。
# > 出現紅色的 `NameError`，多半是前面有一格沒執行：選 **Run → Run All Above Selected Cell**。

# %% [markdown] lang="en"
# # Chapter 4 exercise: the south’s tomorrow
#
# [中文版](../zh-TW/04_clv_cs.ipynb) · [back to the lesson](../../notebooks/en/04_clv_cs.ipynb)
#
# > **The scene.** Head office has your CLV-CS advice, and now the manager of the **southern branch** wants the same:
# > who will be worth the time tomorrow, are they happy, and who gets the 60 hours first? Today is 1 April 2021. The
# > books have the lesson’s layout; customers and figures are the south’s.
# >
# > **What you practise.** Measure retention, repair a CLV formula, score satisfaction and draw it, fill six boxes, test
# > whether a list is safe, and judge for the manager. {chapter 4}. **Data:** the south’s `客戶年報.csv` (the customers’
# > year), `年度交易.csv` (the year’s transactions), `滿意度調查.csv` (the survey) and `聯絡記錄.csv` (contacts), [what their columns mean](../../data/practice/README.md).
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
customers = rk.load_table(rk.data_file("客戶年報.csv", books="practice"), index="customer")
survey = rk.load_table(rk.data_file("滿意度調查.csv", books="practice"), index="customer")
contacts = rk.load_table(rk.data_file("聯絡記錄.csv", books="practice"))
answers = survey[["overall", "against_expected", "against_ideal"]]
ledger = rk.load_transactions(rk.data_file("年度交易.csv", books="practice"))
clean, left_out = rk.clean_transactions(ledger, today=TODAY)
bought = clean[clean["amount"] > 0]
print(len(customers), len(survey), len(clean), len(left_out))

# %% [markdown] lang="zh-TW"
# 印出來的是：幾位客戶、幾位回答問卷、幾列交易可用、幾列不可用。`bought` 是扣掉退貨、真的有買的列；
# `answers` 是問卷的後三題；`rk.use_style()` 讓你自己畫的圖也能顯示中文。
#
# ## {4.1}
#
# 可以選好幾句。**把答案留在** `answer_4_1`（幾個字母寫在一起，放在引號裡）。

# %% [markdown] lang="en"
# The four numbers are customers, customers who answered the survey, lines of the ledger that can be used, and lines that
# cannot. `bought` holds the lines that are purchases, not returns; `answers` the last three questions of the survey;
# `rk.use_style()` gives charts that you draw yourself the kit’s look.
#
# ## {4.1}
#
# You may choose several. **Leave the answer in** `answer_4_1` (the letters together, in quotes).

# %% name="ask_4_1"
ask("4.1")

# %% name="q4_1" question="4.1"
### BEGIN SOLUTION
### STUB answer_4_1 = ...
answer_4_1 = "bd"
### END SOLUTION

# %% name="check_4_1"
check("4.1", answer_4_1)

# %% name="hint_4_1"
# hint("4.1")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　CSAT 和 NPS 全公司只有一個數字，只有 ACSI 替每位回答的客戶打分數，方格才排得出名單（b）；分數要和回答的人數一起看（d）。
# a 是把占比相減說成平均；c 替沒開口的人回答；e 把一時的感覺當成行為，課文裡滿意的人有三分之一超過 90 天沒下單。
#
# **另一種想法**　不背定義，改問「照這句話做，經理下週會做錯什麼」。慢一點，但遇到新的量法也用得上。

# %% [markdown] lang="en" solution_only=true
# **Why.** CSAT and NPS are one figure for the whole firm; only ACSI scores each customer who answered, and without
# that the grid yields no list (b). A score is read together with the number of people behind it (d). Sentence a takes a
# difference of shares for a mean; c answers for people who said nothing; e takes a feeling for behaviour, and in the
# lesson a third of the satisfied had not ordered for more than 90 days.
#
# **Another way.** Instead of recalling definitions, ask: “If the manager acts on this sentence, what goes wrong next
# week?” It takes longer, but works for measures you have never met.

# %% [markdown] lang="zh-TW"
# ## {4.2}
#
# 像課文第 {section retention} 節那樣，先量**半年**：四到九月買過的人，十月到三月有多少再來。再依產業（`customers["industry"]`）推估**一年**的留存率，
# 假設兩個半年一樣。
#
# 前三行已經寫好，照抄課文；最後一行是你的。
#
# **把答案留在** `year_rate`（Series，索引是產業代碼，值是 0 到 1 的小數）。

# %% [markdown] lang="en"
# ## {4.2}
#
# As in section {section retention} of the lesson, measure **half a year** first: of those who bought from April to September, how many came
# back from October to March. Then estimate **yearly** retention for each industry (`customers["industry"]`), taking
# the two halves to be alike.
#
# The first three lines are there already, as in the lesson; the last is yours.
#
# **Leave the answer in** `year_rate` (a Series, the code of the industry as its index, shares from 0 to 1 as its values).

# %% name="q4_2" question="4.2"
### BEGIN SOLUTION
### STUB early = bought.loc[bought["date"] < "2020-10-01", "customer"].unique()
### STUB late = bought.loc[bought["date"] >= "2020-10-01", "customer"].unique()
### STUB came_back = pd.Series(early, index=early).isin(late)
### STUB year_rate = ...
early = bought.loc[bought["date"] < "2020-10-01", "customer"].unique()
late = bought.loc[bought["date"] >= "2020-10-01", "customer"].unique()
came_back = pd.Series(early, index=early).isin(late)
year_rate = came_back.groupby(customers["industry"]).mean() ** 2
### END SOLUTION

# %% name="check_4_2"
check("4.2", year_rate)

# %% name="hint_4_2"
# hint("4.2")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　分母只放有機會「留下來」的人，也就是上半年的買家；下半年才來的新客戶還沒有被考驗過。
# 一年要連過兩個半年，所以是平方，不是乘以 2。學校在南區只有 0.50，總公司卻是 0.65；政府機關最高，但上半年的買家只有 14 位，別太當真。
#
# **另一種做法**　做一張「客戶 × 半年」的表，看誰兩格都有買：
# `bought.assign(late=bought["date"] >= "2020-10-01").groupby(["customer", "late"]).size().unstack()`。一眼看得出每個人的情形，
# 代價是多一張表，還要處理空白。

# %% [markdown] lang="en" solution_only=true
# **Why.** In the base are only those who could stay, the buyers of the first half; whoever came later has not been put to
# the test. A year means both halves, so the share is squared, not doubled. Schools reach only 0.50 in the south, against
# 0.65 at head office. Government is highest, but on 14 buyers of the first half: do not lean on it.
#
# **Another way.** Make a table of customers by half-year and see who bought in both:
# `bought.assign(late=bought["date"] >= "2020-10-01").groupby(["customer", "late"]).size().unstack()`. It shows
# everybody’s case at a glance, at the cost of one more table, and of blanks to deal with.

# %% name="facts_4_2" solution_only=true claims=true
# The kit checking itself: the figures in the prose around must agree with the books.
assert round(year_rate["school"], 2) == 0.50
assert year_rate.idxmax() == "government"
assert (customers.loc[early, "industry"] == "government").sum() == 14

# %% [markdown] lang="zh-TW"
# ## {4.3}
#
# 南區的同事寫了 `customer_value`，要告訴經理「留住一位客戶，最多可以花多少」。他的說明是這樣寫的：
#
# - `profit` 是一年的利潤，`half_rate` 是**半年**的留存率，`discount` 是一年的折現率；
# - 去年的利潤已經入帳，**第一筆利潤一年以後才來**，而且客戶要還在。
#
# 程式跑得動，可是年利潤 1,000 元、半年留存率 0.8、折現率 0.1 的客戶，他說值 3,667 元。經理覺得太多。
# 找出**所有**不合說明的地方，改好函式，再把 `...` 換成函式的名字 `customer_value`（後面不加括號）。
#
# **把答案留在** `value_of`（函式，三個參數都是數字，交回一個數字）。
#
# > **怎麼讀這段程式**　`def 名字(參數):` 替一段程式取名字，`return` 交回結果；改好之後可以另開一格，寫 `value_of(1000, 0.8, 0.1)` 試試看。

# %% [markdown] lang="en"
# ## {4.3}
#
# A colleague in the south wrote `customer_value` to tell the manager how much may be spent, at the most, to keep a customer.
# The description says:
#
# - `profit` is a year’s profit, `half_rate` is retention for **half a year**, `discount` is the discount rate for a year;
# - last year’s profit is in the books: **the first profit comes a year from now**, and only if the customer is still there.
#
# It runs. But of a customer with a yearly profit of NT$1,000, a half-yearly retention of 0.8 and a discount of 0.1 it
# says NT$3,667, and the manager finds that a lot. Find **everything** that does not fit the description,
# repair the function, and replace the `...` by its name, `customer_value` (without brackets).
#
# **Leave the answer in** `value_of` (a function of three numbers that returns a number).
#
# > **Reading the code.** `def name(parameters):` gives a piece of code a name, and `return` hands back the result. Once it
# > is repaired, try `value_of(1000, 0.8, 0.1)` in a new cell.

# %% name="q4_3" question="4.3"
### BEGIN SOLUTION
### STUB def customer_value(profit, half_rate, discount):
### STUB     yearly = half_rate
### STUB     return profit * (1 + discount) / (1 + discount - yearly)
### STUB
### STUB
### STUB value_of = ...
def customer_value(profit, half_rate, discount):
    yearly = half_rate**2
    return profit * yearly / (1 + discount - yearly)


value_of = customer_value
### END SOLUTION

# %% name="check_4_3"
check("4.3", value_of)

# %% name="hint_4_3"
# hint("4.3")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　兩個錯。一、半年的留存率配一年的利潤和折現率；期間要一致，所以先平方。二、分子用 `1 + discount`，是「今天這一筆也算」的約定，
# 和說明不合；一年以後才來的，分子是留存率。改好之後是 1,391 元，不到原來的四成。排名看不出這兩個錯，金額才看得出來。
#
# **另一種做法**　`rk.retention_clv(profit, half_rate**2, discount)` 一行算完，還會擋下打錯的留存率（例如 80）；
# 代價是公式藏起來了，要記得它預設第一筆是下一期。

# %% [markdown] lang="en" solution_only=true
# **Why.** Two faults. First, retention for half a year stood beside a year’s profit and discount; all must be for one
# period, so square it. Second, `1 + discount` above the line is the convention that counts today’s profit, against the
# description; when the first comes in a year, retention stands there. Repaired, the value is NT$1,391, less than two
# fifths of what it was. A ranking would never show these faults; an amount does.
#
# **Another way.** `rk.retention_clv(profit, half_rate**2, discount)` does it in one line and refuses a mistyped retention
# (80, say). The cost: the formula is out of sight, and you have to know that its first profit comes next period.

# %% name="facts_4_3" solution_only=true claims=true
# The kit checking itself.
assert round(value_of(1000, 0.8, 0.1)) == 1391
assert round(1000 * (1 + 0.1) / (1 + 0.1 - 0.8)) == 3667
assert 1391 / 3667 < 0.4

# %% [markdown] lang="zh-TW"
# ## {4.4}
#
# 經理想一眼看出**哪個產業最不滿意**。用問卷後三題（`answers`）算每位回答者的 ACSI（三題同重，0 到 100 分），取各產業的平均，
# 畫成**直條圖**，平均最低的排在最左邊。標題和兩個軸的名稱都要有，標題最好就是你的發現。
#
# **把答案留在** `ax`（畫圖那一行交回的東西）。
#
# > **怎麼讀這段程式**　`一欄.plot.bar(title="…", xlabel="…", ylabel="…", rot=30)` 把一欄數字畫成直條，索引寫在橫軸（產業用代碼或中文都可以）；
# > `rot=30` 把字轉斜一點。`groupby(customers["industry"])` 會照編號對上每位客戶的產業。

# %% [markdown] lang="en"
# ## {4.4}
#
# The manager wants to see at a glance **which industry is least happy**. Take the last three questions (`answers`), work out
# the ACSI of everybody who answered (equal weights, 0 to 100), average it by industry, and draw a **bar chart**
# with the lowest mean on the left. It needs a title and a name on each axis; best of all is a title that says what you
# found.
#
# **Leave the answer in** `ax` (what the line that draws gives back).
#
# > **Reading the code.** `column.plot.bar(title="…", xlabel="…", ylabel="…", rot=30)` draws a column of numbers as bars, with
# > the index under them; `rot=30` tilts the names. `groupby(customers["industry"])` finds each customer’s industry by number.

# %% name="q4_4" question="4.4"
### BEGIN SOLUTION
### STUB ax = ...
import matplotlib.pyplot as plt

means = rk.acsi(answers).groupby(customers["industry"]).mean().sort_values()
ax = means.plot.bar(
    title="ACSI: school 58, government 73",
    xlabel=rk.label("column.industry"),
    ylabel=rk.label("column.cs"),
    rot=30,
)
plt.close(ax.figure)  # shown below the check, with words beside it
### END SOLUTION

# %% name="check_4_4"
check("4.4", ax)

# %% name="hint_4_4"
# hint("4.4")

# %% name="picture_4_4" solution_only=true
# Your own picture comes by itself; a stored one needs words for those who cannot see it.
words = {
    "zh-TW": "直條圖，各產業的平均 ACSI，由低到高：學校 58、餐旅業 59、製造業 63、零售業 66、科技業 67、政府機關 73。",
    "en": "Bars, mean ACSI by industry, lowest first: schools 58, hospitality 59, manufacturing 63, "
    "retail 66, technology 67, government 73.",
}
rk.show(ax, words=words)

# %% name="claim_picture_4_4" claims=true solution_only=true
assert means.round().tolist() == [58, 59, 63, 66, 67, 73]

# %% [markdown] lang="zh-TW" solution_only=true
# 這張圖的意思：學校（58 分）和餐旅業（59 分）最不滿意；學校的留存率也是南區最低的，兩件事指向同一群人。
# 政府機關看起來最滿意，可是只有 8 位回答，多一兩位不同意見就會變樣。
# （程式兩種語言共用，所以標題用代碼；你的標題可以寫成「學校最不滿意」。）
#
# **為什麼**　各產業沒有先後，所以用直條，不用折線；由低到高排，讀的人不必自己找。
#
# **另一種做法**　`.plot.barh()` 畫橫的，產業名稱不必轉斜，更好讀；但橫的圖第一列在最下面，排序要反過來，容易弄錯。

# %% [markdown] lang="en" solution_only=true
# In words: schools (58) and hospitality (59) are the least happy, and schools also have the lowest retention in the south, so
# two measures point to the same people. Government looks happiest, but only 8 answered, and one or two other opinions
# would change the picture. (The code is shared by both languages, hence the codes in the title; yours may say “Schools are
# the least happy”.)
#
# **Why.** Industries do not follow one another, so bars and not a line; sorted from the lowest, nobody has to search.
#
# **Another way.** `.plot.barh()` draws the bars lying down, and the names need no tilting. The cost: the first row is at the
# bottom, so the order must be turned round, which is easily got wrong.

# %% name="facts_4_4" solution_only=true claims=true
# The kit checking itself.
assert means.round().head(2).to_dict() == {"school": 58, "hospitality": 59}
assert (means.index[-1], round(means.iloc[-1])) == ("government", 73)
assert (customers.loc[survey.index, "industry"] == "government").sum() == 8
assert year_rate.idxmin() == "school"

# %% [markdown] lang="zh-TW"
# ## 後四題用的數字
#
# 為了讓各分公司可以互相比較，總公司規定 CLV 一律用**總公司量到的**年留存率（課文第 {section retention} 節），折現率 10%。
# 下一格照規定算好：`clv` 是全體客戶的 CLV，`value` 和 `cs` 是**有回答問卷的**客戶的 CLV 和 ACSI，順序相同。後面幾題從這裡出發，不受前面對錯影響。

# %% [markdown] lang="en"
# ## Figures for the next four questions
#
# So that branches can be compared, head office wants every CLV computed with the yearly retention **measured at head
# office** (section {section retention} of the lesson) and a discount of 10%. The next cell does so: `clv` is everybody’s CLV; `value` and
# `cs` are the CLV and the ACSI of the customers **who answered**, in the same order. The questions below start from here,
# whatever became of those above.

# %% name="given"
head_office = pd.Series(
    {"government": 0.82, "hospitality": 0.40, "manufacturing": 0.59}
    | {"retail": 0.51, "school": 0.65, "technology": 0.64}
)
yearly = customers["industry"].map(head_office)
clv = rk.retention_clv(customers["profit"], yearly, 0.10)
value = clv[survey.index]
cs = rk.acsi(answers)

# %% [markdown] lang="zh-TW"
# ## {4.5}
#
# 南區經理想看得到「中間的客戶」，所以方格改成 3 × 2：
#
# | | CS 70 以上 | CS 不到 70 |
# |---|---|---|
# | CLV 達到平均數 | `clv_cs_3x2:high_high` | `clv_cs_3x2:high_low` |
# | 達到中位數，不到平均數 | `clv_cs_3x2:middle_high` | `clv_cs_3x2:middle_low` |
# | 不到中位數 | `clv_cs_3x2:low_high` | `clv_cs_3x2:low_low` |
#
# CLV 的中位數和平均數用**全體客戶**的 `clv` 算；剛好在門檻上的算高的一邊。方格裡**只放有回答問卷的客戶**。
#
# **把答案留在** `box`（Series，索引是客戶編號，值是格子的代碼；中文名稱如「高價值・不滿意」也可以）。

# %% [markdown] lang="en"
# ## {4.5}
#
# The southern manager wants to see those in the middle, so the grid is 3 × 2:
#
# | | CS 70 and above | CS below 70 |
# |---|---|---|
# | CLV at or above the mean | `clv_cs_3x2:high_high` | `clv_cs_3x2:high_low` |
# | at or above the median, below the mean | `clv_cs_3x2:middle_high` | `clv_cs_3x2:middle_low` |
# | below the median | `clv_cs_3x2:low_high` | `clv_cs_3x2:low_low` |
#
# Median and mean of CLV are those of **all customers** (`clv`); who sits on a cut is on the higher side. In the grid are
# **only customers who answered** the survey.
#
# **Leave the answer in** `box` (a Series, the customer as its index, the box as its value: a code, or a name such as “High
# value, dissatisfied”).

# %% name="q4_5" question="4.5"
### BEGIN SOLUTION
### STUB box = ...
box = rk.clv_cs_class(value, cs, clv_cuts=(clv.median(), clv.mean()), cs_cuts=70)
### END SOLUTION

# %% name="check_4_5"
check("4.5", box)

# %% name="hint_4_5"
# hint("4.5")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　門檻從全體算，因為「價值高」是和所有客戶比；要是只拿回答的人算，門檻會隨著誰肯填問卷而動。
# 結果「高價值・不滿意」有 28 位，占回答者的 13%，握有回答者 55% 的終身價值。中間一層的 63 位只握有 12%。
#
# **另一種做法**　`pd.cut(value, [-float("inf"), clv.median(), clv.mean(), float("inf")], right=False)` 切三段，再和 `cs >= 70` 配對。
# 每一步都看得到，代價是要自己管等號（`right=False`），還要替六格接上名字。

# %% [markdown] lang="en" solution_only=true
# **Why.** The cuts come from everybody, since high value means high among all customers; taken from those who answered, they
# would move with whoever cared to fill in a form. *High value, dissatisfied* holds 28 customers, 13% of those who
# answered, with 55% of their lifetime value. The 63 in the middle row hold only 12%.
#
# **Another way.** `pd.cut(value, [-float("inf"), clv.median(), clv.mean(), float("inf")], right=False)` makes three levels,
# to be paired with `cs >= 70`. Every step is in view; the cost is that you look after the equals sign (`right=False`) and the
# six names yourself.

# %% name="facts_4_5" solution_only=true claims=true
# The kit checking itself.
counts, worth = box.value_counts(), value.groupby(box, observed=False).sum() / value.sum()
assert counts["clv_cs_3x2:high_low"] == 28
assert round(28 / len(survey), 2) == 0.13
assert round(worth["clv_cs_3x2:high_low"], 2) == 0.55
middle = ["clv_cs_3x2:middle_high", "clv_cs_3x2:middle_low"]
assert (counts[middle].sum(), round(worth[middle].sum(), 2)) == (63, 0.12)

# %% [markdown] lang="zh-TW"
# ## {4.6}
#
# 「高價值・不滿意」（CLV 達到 `clv.mean()`，CS 不到 70）是主管的名單。可是問卷隨手多打一分，有人就不在名單上了。
# 做個測試：假設每位回答者的**三題都多給 1 分**（最多 10 分），門檻和 CLV 不變。**測試後仍然在名單上**的是哪些客戶？
#
# **把答案留在** `sure`（客戶編號的清單，順序不限）。這一題從 `clv`、`value`、`answers` 出發，不需要 `box`。

# %% [markdown] lang="en"
# ## {4.6}
#
# *High value, dissatisfied* (CLV at or above `clv.mean()`, CS below 70) is the manager’s list. But one careless point in the
# survey takes people off it. Put it to the test: suppose that everybody had given **1 point more on all three
# questions** (10 at the most), with the cuts and CLV as they are. Which customers are **still on the list**?
#
# **Leave the answer in** `sure` (a list of customers, in any order). Start from `clv`, `value` and `answers`; you do not need
# `box`.

# %% name="q4_6" question="4.6"
### BEGIN SOLUTION
### STUB sure = ...
kinder = rk.acsi((answers + 1).clip(upper=10))
sure = value.index[(value >= clv.mean()) & (kinder < 70)]
### END SOLUTION

# %% name="check_4_6"
check("4.6", sure)

# %% name="hint_4_6"
# hint("4.6")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　動的只有答案，門檻不動，才知道是誰貼著門檻。28 位裡只有 15 位站得穩，另外 13 位大方一分就離開名單，
# 包括名單上 CLV 最高的 C129（63 分）。這不是說他滿意，是說不能只憑這張問卷派主管出門。
#
# **另一種做法**　三題各加 1 分，分數大約加 11 分（1 ÷ 9 × 100），所以 `cs < 70 - 100 / 9` 差不多也能找到。比較快，
# 但已經打 10 分的題目加不上去，碰到這種人就會判錯；而且一定要說明 11 是怎麼來的。

# %% [markdown] lang="en" solution_only=true
# **Why.** Only the answers move; the cuts stay, and so it shows who sits close to them. Of 28 customers 15 are safe; the
# other 13 leave the list for a point of kindness, among them C129, whose CLV is the highest on it (score 63). That
# does not make C129 content. It means that this survey alone is no reason to send a manager.
#
# **Another way.** A point on each question adds about 11 to the score (1 ÷ 9 × 100), so `cs < 70 - 100 / 9` finds much the same
# people. It is quicker, but an answer of 10 cannot rise, and those who gave one may be judged wrongly; and you must
# say where the 11 comes from.

# %% name="facts_4_6" solution_only=true claims=true
# The kit checking itself.
urgent = value.index[(value >= clv.mean()) & (cs < 70)]
assert (len(urgent), len(sure)) == (28, 15)
assert value[urgent].idxmax() == "C129"
assert "C129" not in sure
assert round(cs["C129"]) == 63

# %% [markdown] lang="zh-TW"
# ## {4.7}
#
# 主管親訪一位，連準備要花公司 **4,000 元**。經驗上，一次好的拜訪能讓這位客戶的年留存率**多 5 個百分點**（例如 0.65 變成 0.70），之後每年都是。
# 在「高價值・不滿意」的客戶（CLV 達到 `clv.mean()`，CS 不到 70，有回答問卷）裡，哪幾位去了**划算**：拜訪多帶來的 CLV **超過** 4,000 元？
#
# **把答案留在** `visits`（客戶編號的清單，順序不限）。每位客戶的年留存率是 `yearly`；不必管 4.6 的測試。

# %% [markdown] lang="en"
# ## {4.7}
#
# A manager’s visit costs the firm **NT$4,000**, preparation included. In their experience a good one raises that customer’s
# yearly retention by **5 percentage points** (from 0.65 to 0.70, say), for every year to come. Among *High value,
# dissatisfied* (CLV at or above `clv.mean()`, CS below 70, answered the survey), for whom does a visit **pay**: where does it
# add **more than** NT$4,000 of CLV?
#
# **Leave the answer in** `visits` (a list of customers, in any order). Everybody’s yearly retention is `yearly`; leave the
# test of 4.6 aside.

# %% name="q4_7" question="4.7"
### BEGIN SOLUTION
### STUB visits = ...
gain = rk.retention_clv(customers["profit"], yearly + 0.05, 0.10) - clv
pays = gain[survey.index] > 4000
visits = value.index[(value >= clv.mean()) & (cs < 70) & pays]
### END SOLUTION

# %% name="check_4_7"
check("4.7", visits)

# %% name="hint_4_7"
# hint("4.7")

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　不去拜訪，客戶多半也還在，所以拜訪的功勞只有**多出來**的那一段。28 位的 CLV 都超過 4,000 元，
# 多出來的部分超過的只有 17 位。同樣 5 個百分點，原本愈忠誠的產業多出來的愈多：年利潤一萬元，政府機關多 8,540 元，餐旅業只多 1,209 元。
#
# **另一種做法**　反過來問「留存率要多幾個百分點才回本」：4,000 元除以每 1 個百分點多出來的 CLV。經理可以自己判斷做不做得到，
# 不必相信 5 這個數字；代價是多出來的 CLV 不是直線，只能算個大概，名單也不再是是非題。

# %% [markdown] lang="en" solution_only=true
# **Why.** Without a visit most customers would still be there, so the visit’s doing is only what it **adds**. All 28 have a CLV
# above NT$4,000; for 17 the addition is above it. The same five points add more where people are loyal already: on a
# yearly profit of NT$10,000 they add NT$8,540 in government and only NT$1,209 in hospitality.
#
# **Another way.** Ask the reverse: how many points of retention pay for a visit? Divide NT$4,000 by what one point adds. The
# manager can judge whether that is within reach, without believing in the five. The cost: the gain is not a straight
# line, so the answer is rough, and the list is no longer a matter of yes or no.

# %% name="facts_4_7" solution_only=true claims=true
# The kit checking itself.
assert (value[urgent] > 4000).all()
assert len(visits) == 17
def more_on(rate):
    return round(rk.retention_clv(10_000, rate + 0.05, 0.1) - rk.retention_clv(10_000, rate, 0.1))
assert (more_on(0.82), more_on(0.40)) == (8540, 1209)

# %% [markdown] lang="zh-TW"
# ## {4.8}
#
# 問卷是我們去問；建議是客戶自己開口。`contacts` 是南區一年的聯絡記錄，`kind` 這一欄有四種：`"complaint"` 客訴、`"compliment"` 表揚、
# `"suggestion"` 建議、`"task"` 業務員的拜訪與來電。下一格先照課文的門檻，把回答者放進課文的六格。
# **每一格的客戶裡，有多少比例在這一年提過建議**（至少一次）？沒有聯絡紀錄的客戶就是沒提過。
#
# 答案格裡的第一行是別題留下來的，要改一個字；其他的自己寫。
#
# **把答案留在** `suggest`（Series，索引是格子的代碼，值是 0 到 1 的小數）。

# %% [markdown] lang="en"
# ## {4.8}
#
# In a survey we ask; a suggestion comes unasked. `contacts` holds the south’s contacts of the year, and its column `kind` has
# four values: `"complaint"`, `"compliment"`, `"suggestion"`, and `"task"` for visits and calls by our salespeople. The next cell
# puts the respondents into the six boxes of the lesson, by the lesson’s cuts. **What share of the customers of each box made
# a suggestion** (at least one) in the year? Whoever has no contact made none.
#
# The first line in the answer cell is left over from another task, and one word of it has to change; the rest is yours.
#
# **Leave the answer in** `suggest` (a Series, the code of the box as its index, shares from 0 to 1 as its values).

# %% name="six_boxes"
six = rk.clv_cs_class(value, cs, clv_cuts=clv.mean(), cs_cuts=(60, 80))
six.head(3)

# %% name="q4_8" question="4.8"
### BEGIN SOLUTION
### STUB said_so = contacts.loc[contacts["kind"] == "complaint", "customer"]
### STUB suggest = ...
said_so = contacts.loc[contacts["kind"] == "suggestion", "customer"]
suggests = pd.Series(six.index.isin(said_so), index=six.index)
suggest = suggests.groupby(six, observed=False).mean()
### END SOLUTION

# %% name="check_4_8"
check("4.8", suggest)

# %% name="hint_4_8"
# hint("4.8")

# %% name="facts_4_8" solution_only=true claims=true
# The kit checking itself.
assert [round(share, 2) for share in suggest] == [0.44, 0.18, 0.40, 0.15, 0.22, 0.17]
assert six.value_counts()["clv_cs:retain"] == 9

# %% [markdown] lang="zh-TW" solution_only=true
# **為什麼**　一位客戶只問一個是非題，提過三次也只算一位；分母是這一格全部的客戶，沒聯絡過的也在裡面。
# 南區的「搶救」有 40% 提過建議：不滿意，卻還肯說要怎麼改，這些人最值得先回話。「維繫」是 44%，可是只有 9 位，多一位少一位就差 11 個百分點。
#
# **另一種做法**　`contacts[contacts["kind"] == "suggestion"].groupby("customer").size()` 先數次數，`.reindex(six.index, fill_value=0) > 0`
# 再變成是否。好處是次數也在手上；代價是一忘了 `fill_value=0`，沒提過的人就變成空白。

# %% [markdown] lang="en" solution_only=true
# **Why.** Each customer gets one yes-or-no question, and three suggestions are still one customer; the base is everybody in
# the box, also those never contacted. Of the south’s *rescue* box 40% made a suggestion: unhappy, and still willing to say
# what should change. Answer them first. *Retain* has 44%, but of 9 customers: one more or less is 11 points.
#
# **Another way.** `contacts[contacts["kind"] == "suggestion"].groupby("customer").size()` counts first, and
# `.reindex(six.index, fill_value=0) > 0` turns counts into yes and no. You keep the counts; the price is that without
# `fill_value=0` those who made none become blanks.

# %% [markdown] lang="zh-TW"
# ## {4.9}
#
# 把前面的數字變成建議。由老師依評分表評閱；`check` 只確認你交了。
#
# **把答案留在** `answer_4_9`（文字，放在三個引號中間，`"""像這樣"""`，可以換行）。

# %% [markdown] lang="en"
# ## {4.9}
#
# Turn your figures into advice. Your teacher marks it by the rubric; `check` only sees that it is there.
#
# **Leave the answer in** `answer_4_9` (a text between three quotes, `"""like this"""`, which may run over several lines).

# %% name="ask_4_9"
ask("4.9")

# %% name="q4_9" question="4.9"
### BEGIN SOLUTION
### STUB answer_4_9 = ...
safe = value[visits.intersection(sure)].sort_values(ascending=False).index
phone = value[visits.difference(sure)].sort_values(ascending=False).index
silent = clv.drop(survey.index)
silent = silent[silent >= clv.mean()].sort_values(ascending=False)
hours = len(safe) * 4 + (len(phone) + len(silent)) * 0.5
answer_4_9 = " ".join([*safe, "+", *phone, "+", *silent.index, "=", str(hours)])
### END SOLUTION

# %% name="check_4_9"
check("4.9", answer_4_9)

# %% name="hint_4_9"
# hint("4.9")

# %% [markdown] lang="zh-TW" solution_only=true
# **參考答案**（每個人的寫法不同；程式只列出三份名單和時數）
#
# > 回答問卷的 220 位裡，28 位價值高卻不滿意，握有回答者 55% 的終身價值。親訪划算的有 17 位，全去要 68 小時，超過 60。所以分兩步：
# > 一、主管先拜訪 C368、C291、C135、C374、C233、C348、C228、C016、C388、C269、C083 共 11 位，他們就算多打一分也還是不滿意，44 小時；
# > 二、C129、C261 等 6 位貼著門檻，先打電話，3 小時，真的不滿意再去。另有 17 位價值高的沒回答問卷，
# > 從 C118、C246 問起，8.5 小時，不替他們猜分數。共 55.5 小時，留 4.5 小時備用。
# > 假設：留存率用總公司的，南區自己量的話，全體 CLV 少 20%，20 位換格子；拜訪能多留 5 個百分點；只有一年帳冊。
# > 最會改變名單的是問卷：三題各多一分，28 位就少掉 13 位。
#
# **為什麼**　值得去（4.7）和站得穩（4.6）都成立才出門，只成立一個就先打電話：電話便宜，問錯了也不傷人。
#
# **另一種做法**　依「多出來的 CLV」由大到小排，去前 15 位，60 小時用完。名單上最大的 C129 也會去到，但沒有時間問沒回答的人，
# 也可能白跑。

# %% [markdown] lang="en" solution_only=true
# **One possible answer** (the code only lists three groups and the hours)
#
# > Of the 220 customers who answered, 28 are valuable but unhappy and hold 55% of those customers’ lifetime value. A visit pays
# > for 17 of them, but 17 visits take 68 hours, and there are 60. So, two steps. First, a manager visits eleven: C368,
# > C291, C135, C374, C233, C348, C228, C016, C388, C269 and C083, who would be unhappy even had they been a point kinder (44
# > hours). Second, ring the six close to the cut, C129 and C261 among them (3 hours), and go where it is needed.
# > Seventeen valuable customers did not answer: ask them, C118 and C246 first, and guess no scores (8.5 hours). That
# > makes 55.5 hours; 4.5 stay in reserve. Assumptions: retention is head office’s (with the south’s own, total CLV is 20% lower and 20
# > customers change box); a visit wins five points; one year of books. What changes the list most is the survey: a
# > point more on each question, and 13 of the 28 are gone.
#
# **Why.** A visit when both hold, worth it (4.7) and safe on the list (4.6); a call when only the first does: calls are cheap, and a wrong one
# hurts nobody.
#
# **Another way.** Rank by what a visit adds and go to the first 15, which uses up the 60 hours. C129, the largest on the list, gets
# a visit, but no time is left for those who did not answer, and some trips may be for nothing.

# %% name="facts_4_9" solution_only=true claims=true
# The kit checking itself: the figures in the answer above must agree with the books.
told = "C368 C291 C135 C374 C233 C348 C228 C016 C388 C269 C083"
assert " ".join(safe) == told
assert (len(survey), len(phone), len(silent), hours) == (220, 6, 17, 55.5)
assert phone[:2].tolist() == ["C129", "C261"]
assert silent.index[:2].tolist() == ["C118", "C246"]
assert gain[visits].idxmax() == "C129"
own = rk.retention_clv(customers["profit"], customers["industry"].map(year_rate), 0.10)
assert round(1 - own.sum() / clv.sum(), 2) == 0.20
cuts = (clv.median(), clv.mean())
assert (rk.clv_cs_class(own[value.index], cs, clv_cuts=cuts, cs_cuts=70) != box).sum() == 20

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
progress("4")

# %% [markdown] lang="zh-TW"
# [回到課文](../../notebooks/zh-TW/04_clv_cs.ipynb)複習，或往下走：[第 5 章](../../notebooks/zh-TW/05_rfm.ipynb)把問卷放到一邊，只看他們買東西的樣子。

# %% [markdown] lang="en"
# Go [back to the lesson](../../notebooks/en/04_clv_cs.ipynb), or on to [chapter 5](../../notebooks/en/05_rfm.ipynb), which puts
# the survey aside and looks only at how people buy.
