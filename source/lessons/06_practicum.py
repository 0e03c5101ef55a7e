# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 第 6 章　旭東的 RFM 實作
#
# [English edition](../en/06_practicum.ipynb)
#
# > **學完這一章，你能夠**
# > 1. 說明並執行資料整理的規則，而且說得出每一列為什麼不算
# > 2. 從帳冊算出每位客戶的 R、F、M
# > 3. 看圖決定門檻用平均數還是中位數
# > 4. 依表 5-2 把客戶分成八類，並看出一個常見的程式錯誤
# > 5. 把結果寫成經理能用的建議與活頁簿，並說出有多確定
# >
# > 閱讀與試做 {minutes} 分鐘，分兩次讀：{minutes 1} 分鐘、{minutes 2} 分鐘；[練習](../../exercises/zh-TW/06_practicum.ipynb)另計。先做過[從這裡開始](00_start.ipynb)和[暖身](00_warm_up.ipynb)就夠了。
# > 資料：`data/交易記錄.xlsx`，[欄位說明](../../data/README.md)。

# %% [markdown] lang="en"
# # Chapter 6: the Xudong practicum
#
# [中文版](../zh-TW/06_practicum.ipynb)
#
# > **After this chapter you can**
# > 1. state the cleaning rules, apply them, and say of every row left out why it does not count
# > 2. compute R, F and M for every customer from a ledger
# > 3. decide between mean and median as the cut, by looking
# > 4. put customers into the eight classes of table 5-2, and see through a common bug
# > 5. turn the result into advice and a workbook that a manager can use, and say how sure it is
# >
# > {minutes} minutes to read and try, in two sittings of {minutes 1} and {minutes 2}, and an
# > [exercise](../../exercises/en/06_practicum.ipynb). All you need is
# > [Start here](00_start.ipynb) and the [warm-up](00_warm_up.ipynb). Data: `data/交易記錄.xlsx`, [what its columns mean](../../data/README.md).

# %% [markdown] lang="zh-TW"
# ## 經理的問題
#
# 今天是 2021 年 4 月 1 日。旭東是一家辦公用品批發商，320 位客戶裡，上個月有 60 位來買過東西；業務部一週只有 60 個工時。
# 經理考慮了很久，決定用 RFM 模型替客戶分級：看**最近一次**什麼時候來（R）、來得**多頻繁**（F）、總共花了**多少錢**（M）。
# 他把三月的交易記錄交給你，問了一個問題：
#
# > 這 60 個小時，應該先花在誰身上？
#
# 這一章改編自教科書《客戶關係管理》（以下叫**課本**）第 5 章〈客戶分級〉的實作題。
#
# > **這一章裡，教材自己訂的事**　課本的 `交易記錄.xlsx`，以及表 5-3 之後的表格，都已經找不到了；這裡的帳冊是教材自己做的，做法公開、數字固定，
# > 髒的程度和真的帳冊差不多。高低的門檻課本也沒有給，第 {section high_low} 節看圖決定；站在門檻上的人算高。建議裡的時數是我們的。
#
# **先猜再算。** 60 位客戶裡，你猜有幾位的消費**高於平均**？把下面的 `None` 換成你猜的數字，執行它，到第 {section high_low} 節再對答案。

# %% [markdown] lang="en"
# ## The manager’s question
#
# It is 1 April 2021. Xudong sells office supplies wholesale. Of its 320 customers, 60 bought something last month,
# and the sales department has 60 hours of staff time a week. After long thought the manager has
# settled on the RFM model: how **recently** customers bought (R), how **frequently** (F), and how much
# **money** they spent (M). You are given the records of March and one question:
#
# > Who should get these 60 hours first?
#
# The chapter is built on the practicum in chapter 5, “Customer tiering”, of a Chinese textbook of customer relationship
# management, **the textbook** from here on.
#
# > **What the kit decided in this chapter.** The textbook’s `交易記錄.xlsx` (“transaction records”) and the tables that came
# > after table 5-3 are lost. This ledger is the kit’s own: made in the open, always the same, and about as dirty as a real
# > one. Nor does the textbook give a cut between high and low: section {section high_low} decides by looking, and a customer
# > on the cut is high. The hours in the advice are ours.
#
# **Guess before you compute.** Of the 60 customers, how many do you think spent **more than the mean**?
# Replace the `None` below with your number and run the cell. We come back to it in section {section high_low}.

# %% name="guess"
my_guess = None

# %% name="setup"
import matplotlib.pyplot as plt
import pandas as pd

import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")
rk.use_style()

TODAY = pd.Timestamp("2021-04-01")

# %% [markdown] lang="zh-TW"
# ## {section open_ledger}　打開帳冊
#
# `pandas` 是 Python 處理表格的套件，習慣上簡稱 `pd`。用它讀 Excel 只要一行；`.shape` 是幾列、幾欄：

# %% [markdown] lang="en"
# ## {section open_ledger} Open the ledger
#
# `pandas` is Python’s package for tables, usually called `pd`. Reading an Excel file takes one line; `.shape` is how
# many rows and columns it has:

# %% name="read_excel"
raw = pd.read_excel(rk.data_file("交易記錄.xlsx"))
print(raw.shape)

# %% [markdown] lang="zh-TW"
# 415 列、9 欄。教材的 `load_transactions` 讀的是同一個檔案，多做兩件事：把中文標題換成固定的英文欄名
# （`customer`、`date`、`order`、`amount` 等），後面的程式才不必每次猜；最右邊加一欄 `exclude`，狀態說這列不算的話，寫著原因（大多是空白）。
# 內容原封不動，列號和 Excel 一樣，第一筆在第 2 列。
# `.head(3)` 取前三列；`rk.pretty` 印得好看，標題換成你的語言：

# %% [markdown] lang="en"
# 415 rows and 9 columns. The kit’s `load_transactions` reads the same file and does two things more: it gives the columns
# fixed English names (`customer`, `date`, `order`, `amount` and so on), so that the code below need not guess, and adds a
# column `exclude`, which holds a reason where the status says that a row does not count (mostly blank). The cells stay as
# they are, and the rows are numbered as in Excel, where the first is row 2. `.head(3)` takes the first three; `rk.pretty`
# shows them in your language:

# %% name="load"
ledger = rk.load_transactions(rk.data_file("交易記錄.xlsx"))
rk.pretty(ledger.head(3))

# %% name="claim_load" claims=true
assert len(ledger) == len(raw) == 415
assert raw.shape == (415, 9)
assert ledger.index[0] == 2

# %% [markdown] lang="zh-TW"
# 一列是一張訂單裡的**一個品項**，所以同一個訂單編號會出現好幾次。每一欄是什麼型別？

# %% [markdown] lang="en"
# One row is **one line of an order**, so an order number can occur several times. What type is each column?

# %% name="look_at_types"
ledger.dtypes

# %% [markdown] lang="zh-TW"
# 看 `date`（日期）和 `amount`（金額）：應該是日期和數字，怎麼會是 `object`（什麼都可能有）？
# 因為裡面混了文字。（pandas 2 的文字欄位也會顯示 `object`，看這兩欄就好。）挑出不是真正日期的那幾格來看：
#
# > **怎麼讀這段程式**　這一章的程式先求看懂，不必自己寫得出來。
# > - `表["欄"]` 取一欄，`表[["欄", "欄"]]` 取好幾欄，`表.loc[列的條件, 欄]` 同時挑列和欄。
# > - 下面第一行的 `.map` 逐格問「這格是不是文字（`isinstance(cell, str)`）？」，`lambda cell: …` 是寫在一行裡的小函式；得到一串 `True` 和 `False`；第二行只留下 `True` 的列和指定的欄。

# %% [markdown] lang="en"
# Look at `date` and `amount`. They should be dates and numbers, so why `object`, which means anything at all? Because there
# is text among them. (In pandas 2 every column of text shows `object`; look at these two.) Pick out the cells that are not
# real dates:
#
# > **Reading the code.** In this chapter it is enough to read lines like these; you need not write them.
# > - `table["column"]` picks a column, `table[["one", "two"]]` several, `table.loc[which rows, columns]` both.
# > - In the first line below `.map` asks every cell “are you text?” (`isinstance(cell, str)`; `lambda cell: …` is a small function on one line) and gets a column of `True` and `False`;
# >   the second keeps the rows with `True`, and the columns named.

# %% name="text_dates"
typed_by_hand = ledger["date"].map(lambda cell: isinstance(cell, str))
rk.pretty(ledger.loc[typed_by_hand, ["order", "date", "customer", "amount"]])

# %% name="claim_text_dates" claims=true
assert typed_by_hand.sum() == 9

# %% [markdown] lang="zh-TW"
# 有人打「2021年3月…日」，有人用全形數字，還有一格寫著「待確認」；長得像正常日期的幾格，其實也是文字。人大多看得懂，電腦看到的卻是文字，不是日期。
# 直接計算只有兩種下場：程式停下來，或者悄悄把這幾列丟掉。後者更糟，因為沒有人會發現。

# %% [markdown] lang="en"
# Somebody typed 2021年3月…日 (year, month, day), somebody used full-width digits, and one cell says
# 待確認, “to be confirmed”. A person can read most of these. A computer sees text, not dates: compute
# with it as it is, and either the program stops or the rows vanish in silence, which is worse, because
# nobody notices.

# %% [markdown] lang="zh-TW"
# ## {section clean}　整理：每一列都問同一個問題
#
# > 三月裡，真的有一位說得出名字的客戶，付了（或拿回）這筆錢嗎？
#
# 答案是「是」的採用，「不是」的不採用，**並且記下原因**。先自己試一項：有沒有同一列打了兩次？

# %% [markdown] lang="en"
# ## {section clean} Clean: ask every row the same question
#
# > Did a customer we can name really pay this money, or get it back, in March?
#
# Keep the rows that say yes, take out those that say no, **and write down why**. Try one thing by hand
# first: was any row typed twice?

# %% name="repeats_raw"
print(ledger.duplicated().sum())

# %% [markdown] lang="zh-TW"
# `duplicated()` 逐列比對，只要前面出現過一模一樣的列就標成 `True`；`.sum()` 數有幾個 `True`。3 列。
# 可是「一模一樣」很嚴格：客戶編號後面多一個空白，就不算一樣了。把空白去掉
# （`.str.strip()` 去掉每一格頭尾的空白；`.assign` 做出一份改過那一欄的新表，原表不動）再數一次：

# %% [markdown] lang="en"
# `duplicated()` marks a row `True` when an identical row came before it, and `.sum()` counts the `True`s:
# three. But “identical” is strict: a single space after the customer number makes two rows different.
# Strip the spaces (`.str.strip()`; `.assign` makes a copy of the table with that column changed) and
# count again:

# %% name="repeats_tidy"
tidy = ledger.assign(customer=ledger["customer"].str.strip())
print(tidy.duplicated().sum())

# %% name="claim_repeats_tidy" claims=true
assert tidy.duplicated().sum() == 4

# %% [markdown] lang="zh-TW"
# 變成 4 列了。**先整理格子，再比對列**，順序反過來就會漏掉。
#
# 再看一件事：這個月的帳冊裡有哪些狀態？（`value_counts` 數每一種有幾列，`.to_frame()` 把它變成表。）

# %% [markdown] lang="en"
# Now there are four. **Tidy the cells first, compare rows second**: the other way round, one slips
# through.
#
# One more thing to look at: which statuses are there? (`value_counts` counts each, and `.to_frame()` makes a table of it.)

# %% name="status"
rk.pretty(ledger["status"].value_counts().to_frame("rows"))

# %% [markdown] lang="zh-TW"
# 兩種狀態要特別小心，它們的處理方式**不一樣**：
#
# - **已取消**：沒出貨、沒收錢，這筆交易等於沒發生。拿掉。
# - **退貨**：錢真的收過，後來還給客戶，所以金額是負的。**留著**，加總時它自己會扣掉。丟掉它，等於把還出去的錢當成還在口袋裡。
#   不過退貨不是來買東西，不能算成一次購買。
#
# 規則一條一條寫會很長，`clean_transactions` 把它們做成一步：採用的放 `clean`，未採用的放 `rejected` 並附上原因。
# 期間的頭尾和今天的日期要由你告訴它，它不會自己猜。

# %% [markdown] lang="en"
# Two of them need care, and they are treated **differently**:
#
# - **Cancelled**: nothing delivered, nothing paid; it never happened. Out.
# - **Returned**: money was paid and then given back, so its amount is negative. It **stays**, and
#   the sum takes it off by itself. Throw it out, and money that went back still counts as earned. But
#   bringing goods back is no purchase, and must not be counted as one.
#
# Written out one by one the rules are long. `clean_transactions` makes one step of them: what stays is
# in `clean`, what does not is in `rejected` with its reason. You tell it both ends of the period and
# today’s date; it does not guess.

# %% name="clean"
clean, rejected = rk.clean_transactions(
    ledger, start="2021-03-01", end="2021-03-31", today=TODAY
)
rk.show(rk.plot_left_out(rejected, kept=len(clean)))

# %% name="claim_clean" claims=true
assert len(clean) + len(rejected) == len(ledger)
assert (len(clean), len(rejected)) == (399, 16)

# %% [markdown] lang="zh-TW"
# 415 列裡留下 399 列，16 列未採用，相加剛好是讀進來的列數：**一列都沒有不明不白地消失**。
# 未採用的列保留原來的樣子和 Excel 的列號，經理問起來，你可以一列一列翻給他看：

# %% [markdown] lang="en"
# Of 415 rows 399 stay and 16 go, and the two add up to what was read: **no row disappears without a
# word**. Those left out keep their original cells and Excel’s row numbers, so that when the manager
# asks, you can show them one by one (另議 means “to be agreed”):

# %% name="rejected"
rk.pretty(rejected[["date", "customer", "amount", "status", "reason"]])

# %% [markdown] lang="zh-TW"
# 看看客戶 `TEST` 那一列：46,000 元，比任何一位客戶整個月花的都多。少了這一步，業務部這週最重要的客戶會是一個測試帳號。
#
# `rk.pretty` 給人看，標題和內容都翻成了中文；程式用的是原來的名字：欄名是 `reason`，「測試訂單」的代碼是 `test_order`。
# `==` 對每一格問「等不等於」，`.sum()` 數有幾個 `True`：`(rejected["reason"] == "test_order").sum()` 是 1。
#
# > **試一試　6.a**　三月以外的列（代碼 `outside_period`）有幾列？把 `...` 換成一行程式。卡住就另開一格執行 `hint("6.a")`。

# %% [markdown] lang="en"
# Look at the row of customer `TEST`: NT$46,000 (New Taiwan dollars), more than any customer spent in the
# whole month. Without this step, the most important customer of the week would be a test account.
#
# `rk.pretty` shows a table with titles for people. Code uses the plain names: the column is `reason`, and
# what is shown as “Test order” is `test_order`. `==` asks a question of every cell, and `.sum()` counts
# the `True`s: `(rejected["reason"] == "test_order").sum()` gives 1.
#
# > **Try it: 6.a.** How many rows were left out because they lie outside March (code `outside_period`)?
# > Replace the `...` with one line of code. If you are stuck, run `hint("6.a")` in a new cell.

# %% name="try_a"
n_outside = ...
check("6.a", n_outside)

# %% [markdown] lang="zh-TW"
# ## {section rfm}　R、F、M：一位客戶，三個數字
#
# 先用手算一位。方括號裡放條件就能篩選：`clean["customer"] == "C051"` 逐列回答是或否，`clean[...]` 只留下「是」的列。
# 注意是兩個等號；一個等號是替東西取名字。客戶 C051 整理後的交易都在這裡（3 月 29 日有一張取消的訂單，已經放進 `rejected`）：

# %% [markdown] lang="en"
# ## {section rfm} R, F, M: three numbers per customer
#
# Do one by hand first. A condition in square brackets filters: `clean["customer"] == "C051"` answers yes or no
# for every row, and `clean[...]` keeps the rows with yes. Mind the two equals signs; a single one gives a
# thing its name. Here are customer C051’s rows after cleaning (a cancelled order of 29 March is in
# `rejected` and does not count):

# %% name="one_customer"
one = clean[clean["customer"] == "C051"]
rk.pretty(one[["date", "order", "line", "product", "quantity", "amount"]])

# %% [markdown] lang="zh-TW"
# 先別往下看，拿紙筆算算看：
#
# - **R**：最後一次**購買**到今天（4 月 1 日）幾天？注意最後一列是退貨，不是購買。
# - **F**：買了幾**次**？一張訂單算一次，不管有幾個品項。
# - **M**：扣掉退貨，一共付了多少？

# %% [markdown] lang="en"
# Cover the rest of the page and work these out on paper:
#
# - **R**: how many days from the last **purchase** to today, 1 April? Mind that one of the rows is a
#   return, and no purchase.
# - **F**: how many **times** did this customer buy? An order counts once, however many lines it has.
# - **M**: how much in all, after the return?

# %% name="one_by_hand"
bought = one[one["amount"] > 0]
recency_days = (TODAY - bought["date"].max()).days
frequency = bought["order"].nunique()
monetary = one["amount"].sum()
print(recency_days, frequency, monetary)

# %% name="claim_one_by_hand" claims=true
assert (recency_days, frequency, monetary) == (26, 3, 1260)

# %% [markdown] lang="zh-TW"
# 兩個日期相減得到一段時間，`.days` 取出天數；`.max()` 取最晚的日期；`.nunique()` 數有幾個**不同**的值，所以同一張訂單只算一次。
#
# R 是 26 天，F 是 3 次，M 是 1,260 元。這位客戶多訂了兩個文件櫃又退掉；要是忘了扣退貨，M 會變成 10,460 元，
# 從小客戶搖身一變成了大客戶。（有些公司的 M 用每張訂單的平均金額，也有公司看**件數**：一箱影印紙和一支碳粉匣都算一件，
# 適合倉儲和出貨排班，不適合比價值。這裡照課本，用總額。）
#
# 六十位客戶不用算六十遍。`groupby("customer")` 把同一位客戶的列放在一起，再對每一組做同樣的事。
# （一整欄的日期相減時，`.days` 要寫成 `.dt.days`。）

# %% [markdown] lang="en"
# The difference of two dates is a length of time, and `.days` gives it in days; `.max()` takes the latest
# date; `.nunique()` counts the **different** values, so that an order counts once.
#
# R is 26 days, F is 3, M is NT$1,260. This customer ordered two filing cabinets by mistake and sent them
# back: forget the return, and M becomes NT$10,460, which turns a small spender into a big one. (Some
# firms use the mean spend per order for M, and some the **quantity** ordered, where a ream of paper and a toner cartridge
# are one piece each: good for planning the warehouse, not for comparing value. Here, as in the textbook, it is the total.)
#
# Sixty customers do not take sixty goes. `groupby("customer")` puts each customer’s rows together, and
# then does the same for every group. (For a whole column of dates, `.days` is written `.dt.days`.)

# %% name="rfm_by_hand"
purchases = clean[clean["amount"] > 0]
by_hand = pd.DataFrame(
    {
        "recency_days": (TODAY - purchases.groupby("customer")["date"].max()).dt.days,
        "frequency": purchases.groupby("customer")["order"].nunique(),
        "monetary": clean.groupby("customer")["amount"].sum(),
    }
)
by_hand.head(3)

# %% [markdown] lang="zh-TW"
# 這種表叫 **DataFrame**，抽出其中一欄叫 **Series**；最左邊用來認人的客戶編號叫做**索引**（index）。
#
# `rfm_table` 做的是同一件事，另外會先檢查資料能不能用（例如有沒有晚於今天的日期）。兩個結果一模一樣：

# %% [markdown] lang="en"
# A table like this is a **DataFrame**, one column of it a **Series**, and the customer numbers at the left,
# which tell the rows apart, are its **index**.
#
# `rfm_table` does the same, after checking that the data can be used (that no date lies after today, for
# one). The two results are equal:

# %% name="rfm"
rfm = rk.rfm_table(clean, today=TODAY, order="order")
rk.pretty(rfm.sort_values("monetary", ascending=False).head(8))

# %% name="claim_rfm" claims=true
assert (rfm == by_hand).all(axis=None)
assert len(rfm) == 60

# %% [markdown] lang="zh-TW"
# 這就是這次實作要填的**表 5-3**，一列一位客戶。上面依 M 排序，只列前八位。注意：只有三月買過的客戶才在表裡，
# 二月之後就沒再來的人根本不會出現。寫報告的時候要記得這件事。
#
# > **試一試　6.b**　花最多的客戶，看表的第一列就知道。現在請**用程式**找出他的編號，下個月換了帳冊也照樣找得到。提示：`idxmax()` 會告訴你最大值在哪一列。

# %% [markdown] lang="en"
# This is **table 5-3**, which the practicum asks you to fill in: one row per customer. It is sorted by M
# here, and shows the first eight. Only customers who bought in March appear: somebody who last bought in
# February is not in the table at all. Remember that when you write the report.
#
# > **Try it: 6.b.** The first row of the table shows who spends most. Now let **code** find that customer number, so that it
# > will find next month’s too. `idxmax()` gives the row of the largest value.

# %% name="try_b"
biggest = ...
check("6.b", biggest)

# %% [markdown] lang="zh-TW" stop=true
# **先停在這裡也可以。** 帳冊整理好了，表 5-3 也填完了。下一半訂門檻、分八類、寫建議。

# %% [markdown] lang="en" stop=true
# **A good place to stop.** The ledger is clean and table 5-3 is filled in. The second half sets the cuts, makes the eight
# classes and writes the advice.

# %% [markdown] lang="zh-TW"
# ## {section high_low}　高還是低：平均數，還是中位數？
#
# 要分成八類，得先把每個指標分成「高」和「低」。門檻放哪裡，課本沒有說。只分兩級時，最常見的是**平均數**，
# 其次是**中位數**；也有公司改打 1 到 5 分，或自訂門檻。別急著選，先自己畫張圖：
#
# > **怎麼讀這段程式**　`plt.subplots()` 開一張空白的圖，`ax` 是座標軸；`ax.hist(數字, bins=20)` 把消費分成 20 段，數每段幾位；`ax.axvline(…)` 畫一條直線，
# > 紅色是平均數，黑色是中位數；`set_xlabel`、`set_ylabel` 寫兩軸的名稱。`f"…{…}"` 把大括號裡的東西填進文字。`rk.label` 取出你這個語言的名稱；`rk.show(ax, words=…)` 把圖放上來，附一句話給看不到圖的人。

# %% [markdown] lang="en"
# ## {section high_low} High or low: mean or median?
#
# Eight classes need each measure split into high and low. Where the line lies (the **cut**; the report
# says **threshold**), the textbook does not say. With two levels the **mean** is the usual choice and
# the **median** the main alternative; many firms score each measure from 1 to 5 instead, or set limits
# of their own. Before choosing, draw:
#
# > **Reading the code.** `plt.subplots()` opens an empty figure, and `ax` is its axes; `ax.hist(numbers, bins=20)` divides spend
# > into 20 parts and counts the customers in each; `ax.axvline(…)` draws an upright line, red for the mean, black for the median; `set_xlabel` and `set_ylabel` name the axes. `f"…{…}"` fills what is in the braces into the text.
# > `rk.label` looks up a name in your language; `rk.show(ax, words=…)` shows the figure, with a sentence for those who cannot
# > see it.

# %% name="monetary"
fig, ax = plt.subplots()
ax.hist(rfm["monetary"], bins=20, color="lightsteelblue", edgecolor="white")
ax.axvline(rfm["monetary"].mean(), color="firebrick")
ax.axvline(rfm["monetary"].median(), color="black")
ax.set_xlabel(f"{rk.label('column.monetary')} ({rk.label('plot.money')})")
ax.set_ylabel(rk.label("column.customers"))
words = {
    "zh-TW": "直方圖：60 位客戶三月的消費。多數人不到 5,000 元，少數人在兩萬元以上；平均數在中位數的右邊。",
    "en": "Histogram: what 60 customers spent in March. Most are below NT$5,000, a few above 20,000; the mean lies to the "
    "right of the median.",
}
rk.show(ax, words=words)

# %% name="compare_guess"
above_mean = int((rfm["monetary"] >= rfm["monetary"].mean()).sum())
print(my_guess, above_mean)

# %% name="claim_compare_guess" claims=true
assert above_mean == 19

# %% [markdown] lang="zh-TW"
# 左邊是你的猜測（還沒填就是 `None`），右邊是算出來的。猜對了嗎？很多人猜 30，因為把「平均」當成「中間」。消費金額是**右偏**的：少數人花得特別多，把平均數往右拉，
# 所以只有 19 位（32%）高於平均。中位數才是中間：至少有一半的人在它以上；消費金額沒有人相同，所以剛好一半。
#
# 購買次數呢？這次用套件的 `rk.plot_distribution`，線和標題都替你寫好：

# %% [markdown] lang="en"
# On the left your guess (`None` if you left it), on the right the count. Were you right? Many guess 30, taking “mean” for “middle”. Spend is **skewed to the right**: a few people
# spend very large amounts and pull the mean towards them, so only 19 customers (32%) are above it. The
# middle is the median: at least half of the customers are at or above it. For spend it is exactly half,
# because no two customers spent the same.
#
# And the number of purchases? This time with the kit’s `rk.plot_distribution`, which writes lines and title for you:

# %% name="frequency"
rk.show(rk.plot_distribution(rfm["frequency"]))

# %% [markdown] lang="zh-TW"
# 次數是整數，很多人剛好都買 2 次。中位數落在 2，「買 2 次以上算高」會讓 77% 的客戶變成高，這個「高」就沒什麼意思了。
#
# 兩種門檻放在一起比。`rk.rfm_cuts` 算三個指標的門檻，`method=` 說用哪一種，最後一行只是把名稱換成中文；第二格的 `f"{share:.0%}"` 把占比寫成百分比：

# %% [markdown] lang="en"
# Counts are whole numbers, and many customers bought exactly twice. The median is 2, and with “2 or more
# is high”, 77% of the customers are high: not much of a distinction.
#
# The two cuts side by side. `rk.rfm_cuts` computes the cuts of all three measures, by the `method=` you name, and the last
# line only looks up their titles (in the second cell, `f"{share:.0%}"` writes a share as a percentage):

# %% name="cuts"
cuts = rk.rfm_cuts(rfm, method="mean")
median_cuts = rk.rfm_cuts(rfm, method="median")
both = pd.DataFrame({"mean": cuts, "median": median_cuts})
rk.pretty(both.rename(index=lambda name: rk.label("column." + name)))

# %% name="share_of_high"
high_by_mean = rfm[rfm["monetary"] >= cuts["monetary"]]
share = high_by_mean["monetary"].sum() / rfm["monetary"].sum()
print(len(high_by_mean), f"{share:.0%}")

# %% name="claim_share_of_high" claims=true
assert round(share, 2) == 0.78

# %% [markdown] lang="zh-TW"
# 回到經理的問題：時間不夠，要挑**少數**值得的人。用平均數，M 高的 19 位客戶帶來 78% 的營收；用中位數，
# 一半的客戶都是「重要」，等於沒挑。所以這一章用**平均數**，並在報告裡寫明。
#
# 這是看著旭東的資料、為了旭東的問題做的決定，不是定理。換一家公司，請重新看圖。

# %% [markdown] lang="en"
# Back to the manager’s question: time is short, and a **few** people must be chosen. By the mean, the 19
# customers with a high M bring 78% of the money. By the median half of all customers would be
# important, which is no choice at all. So this chapter takes the **mean**, and the report will say so.
#
# That is a decision, made by looking at Xudong’s data with Xudong’s question in mind; it is not a law.
# For another firm, look again.

# %% [markdown] lang="zh-TW"
# ## {section eight_classes}　八個類別
#
# 「高」永遠是**好**的意思。F、M 大是好；R 是天數，**少**才是好。所以三個比較裡，R 的方向和另外兩個相反。
# 剛好站在門檻上的人算高，因此都含等號。

# %% [markdown] lang="en"
# ## {section eight_classes} The eight classes
#
# “High” always means **good**. More is better for F and M; R counts days, and **fewer** is better. So of the
# three comparisons, R’s points the other way. A customer exactly on a cut counts as high: hence the
# equals signs.

# %% name="levels"
by_hand = pd.DataFrame(
    {
        "R": rfm["recency_days"] <= cuts["recency_days"],
        "F": rfm["frequency"] >= cuts["frequency"],
        "M": rfm["monetary"] >= cuts["monetary"],
    }
)
levels = rk.high_low(rfm, cuts=cuts)
rk.pretty(levels.head(4))

# %% name="claim_levels" claims=true
assert (levels == by_hand).all(axis=None)

# %% [markdown] lang="zh-TW"
# 三個高低，2 × 2 × 2 = 8 種組合，每一種在表 5-2 都有名字。名字分兩半：
#
# | | F 高 | F 低 |
# |---|---|---|
# | **R 高**（最近來過） | 價值 | 發展 |
# | **R 低**（好久沒來） | 保持 | 挽留 |
#
# M 高的前面加「重要」，M 低的加「一般」。`rk.rfm_class` 查出每位客戶的類別，`rk.class_summary` 數人數和金額；八類的代碼、人數和占比一次列出來：

# %% [markdown] lang="en"
# Three highs and lows make 2 × 2 × 2 = 8 combinations, each with a name in table 5-2. A name has two
# halves. The second comes from R and F:
#
# | | F high | F low |
# |---|---|---|
# | **R high** (bought recently) | value (價值) | develop (發展) |
# | **R low** (has not bought for a while) | keep (保持) | win back (挽留) |
#
# The first half is *important* (重要) when M is high, *general* (一般) when it is low. `rk.rfm_class` finds
# each customer’s class and `rk.class_summary` counts customers and money. Here are the codes of the eight, then how many customers
# and how much spend each has:

# %% name="classes"
tier = rk.rfm_class(levels)
summary = rk.class_summary(rfm, tier)
print(summary.index.tolist())
rk.pretty(summary)

# %% name="claim_classes" claims=true
assert summary["customers"].sum() == 60
assert summary["customers"].tolist() == [8, 4, 4, 3, 9, 11, 7, 14]

# %% [markdown] lang="zh-TW"
# 每一類旁邊都印著 (R, F, M) 三個 1 或 0。這是好習慣：有些公開的程式把「發展」和「保持」弄反了；印出 (R, F, M)，就不怕各說各話。
#
# 把 60 位客戶放到圖上：

# %% [markdown] lang="en"
# R, F and M are printed beside every class as 1 or 0. It is a good habit: some published code swaps “develop”
# and “keep”, and with the three digits in print there is nothing to argue about.
#
# Now put the 60 customers into a picture:

# %% name="scatter"
rk.show(rk.plot_rfm_scatter(rfm, cuts=cuts, classes=tier))

# %% name="bars"
rk.show(rk.plot_rfm_classes(rfm, tier))

# %% [markdown] lang="zh-TW"
# 八位「重要價值」客戶只占 13%，卻帶來 32% 的營收；人數最多的「一般挽留」占 23%，只帶來 6%。
# 同樣一個小時，用在前一群人身上，照顧到的營收多得多。
#
# > **試一試　6.c**　花得多（M 高）、卻好一陣子沒來（R 低）的客戶是哪幾位？把他們的編號放進 `quiet`。
# > 合併條件時，「而且」用 `&`，「或」用 `|`，「不是」用 `~`（不能寫 and、or、not）；`rfm.index[條件]` 會給你條件成立的客戶。

# %% [markdown] lang="en"
# The eight customers of *Important: value* are 13% of the people and bring 32% of the money; the largest
# class, *General: win back*, is 23% of the people and brings 6%. An hour spent on the first group looks
# after far more money than an hour spent on the second.
#
# > **Try it: 6.c.** Which customers spend a lot (M high) but have not bought for a while (R low)? Put
# > their numbers into `quiet`. `&` means and, `|` or, `~` not; `rfm.index[condition]` gives the customers
# > for whom the condition is true.

# %% name="try_c"
quiet = ...
check("6.c", quiet)

# %% [markdown] lang="zh-TW"
# ## {section trap}　陷阱：網路上抄來的程式
#
# 同事在網路上找到一段程式，「三個欄位一次比完，漂亮吧」。它跑得動，也分得出八類。先執行，看看它選出來的 VIP
# （`.astype(int)` 把真假變成 1 和 0，`.astype(str)` 再變成文字，好接成三個數字，像 `"111"`）：

# %% [markdown] lang="en"
# ## {section trap} A trap: code from the web
#
# A colleague found some code on the web: “compares all three columns in one go, neat, isn’t it?” It runs,
# and it makes eight classes. Run it and look at the VIPs it picks (`.astype(int)` turns true and false into 1 and 0, and
# `.astype(str)` into text, so that they join to three digits such as `"111"`):

# %% name="trap"
flags = (rfm >= rfm.mean()).astype(int).astype(str)
digits = flags["recency_days"] + flags["frequency"] + flags["monetary"]
wrong_vip = rfm[digits == "111"]
rk.pretty(wrong_vip)

# %% name="claim_trap" claims=true
assert wrong_vip["recency_days"].min() >= 13

# %% [markdown] lang="zh-TW"
# > **停下來想一想**　這些「重要價值客戶」上次來是幾天前？哪一行程式錯了？
#
# <details><summary>想好了再打開</summary>
#
# 這幾位 VIP 全都至少 13 天沒來，真正的活躍大客戶一位也不在裡面（除了剛好站在門檻上的人）。錯在第一行：`>=` 一次套用到三欄，
# 連**天數**也變成「多就是高」。結果 R 整個反過來，「價值」和「保持」對調，「發展」和「挽留」對調。
# 程式沒有出現任何錯誤訊息，表格看起來也很正常，這種錯代價最高。
#
# </details>

# %% [markdown] lang="en"
# > **Stop and think.** How long ago did these *Important: value* customers last buy? Which line is wrong?
#
# <details><summary>Decide first, then open this</summary>
#
# Every one of these VIPs has been away for 13 days or more, and none of the truly active big spenders is
# among them, apart from any who sit exactly on the cut. The first line is at fault: it applies `>=` to
# all three columns, so that many **days** count as high too. R is turned upside down: value changes places
# with keep, and develop with win back. No error message, and a table that looks fine: the most expensive
# kind of mistake.
#
# </details>

# %% name="trap_mended"
mended = flags.assign(
    recency_days=(rfm["recency_days"] <= cuts["recency_days"]).astype(int).astype(str)
)
right_digits = mended["recency_days"] + mended["frequency"] + mended["monetary"]
misplaced = int((digits != right_digits).sum())
print(misplaced, len(rfm))

# %% name="claim_trap_mended" claims=true
assert (right_digits == tier.astype(str).map(summary["triple"])).all()
assert misplaced == 58

# %% [markdown] lang="zh-TW"
# 60 位裡有 58 位分錯類，只有剛好站在門檻上的兩位倖免。養成一個習慣：分完類，**抽兩位客戶出來，用常識檢查**。

# %% [markdown] lang="en"
# 58 of 60 customers were in the wrong class; only the two who sit exactly on the cut were spared. Make it
# a habit: after tiering, **take two customers and check them with common sense**.

# %% [markdown] lang="zh-TW"
# ## {section other_threshold}　換一種門檻，誰會換類別？
#
# 第 {section high_low} 節選了平均數。要是選中位數，有多少人會換類別？

# %% [markdown] lang="en"
# ## {section other_threshold} Another cut, other classes
#
# Section {section high_low} chose the mean. With the median, how many customers would be in another class?

# %% name="shift"
by_median = rk.rfm_class(rk.high_low(rfm, cuts=median_cuts))
rk.show(rk.plot_class_shift(tier, by_median))

# %% name="claim_shift" claims=true
assert (tier != by_median).sum() == 26

# %% [markdown] lang="zh-TW"
# 26 位。他們什麼也沒做，變的是衡量的標準。這不是說 RFM 不可靠，而是提醒兩件事：
# 門檻要**寫在報告裡**；下個月要**用同一種門檻**，否則客戶升級或降級時，分不清是客戶變了，還是標準變了。

# %% [markdown] lang="en"
# Twenty-six, who did nothing at all: we changed the cut. That does not make RFM unreliable; it says
# two things. **Write the cut into the report.** And **use the same one next month**, or nobody can tell
# whether a customer moved up or the cut moved down.

# %% [markdown] lang="zh-TW"
# ## {section tell_manager}　告訴經理
#
# 每一類都有對應的做法。這就是課本的**表 5-2**，再加上我們算出來的兩欄數字
# （`[… for code in …]` 把代碼一個一個拿出來，查它的策略）：

# %% [markdown] lang="en"
# ## {section tell_manager} Tell the manager
#
# For each class there is something to do. This is **table 5-2** of the textbook, with two columns of our
# own figures added (`[… for code in …]` takes the codes one at a time to look up each strategy):

# %% name="strategies"
plan = summary[["triple", "customers", "revenue_share"]].assign(
    strategy=[rk.strategy(code) for code in summary.index]
)
rk.pretty(plan)

# %% [markdown] lang="zh-TW"
# 前四列是「重要」，表上 32%、22%、15%、10% 加起來是 79%，實際合計 78%，因為每一格各自四捨五入；報告寫 78%。把有限的時間集中在少數關鍵客戶、
# 一位一位配合他們的需要，就是**精準行銷**。
#
# 「19 位帶來 78% 的營收」有多確定？只有 60 位客戶，換一個月就是另一批人。`rk.bootstrap_interval` 把這 60 位重新抽樣兩千次（有人抽到兩次，有人沒抽到），
# 每次重算這句話的數字，看它會動多少；`rk.share_interval` 算占比的區間。`def` 替一段程式取名字，這裡叫 `share_of_big`，`return` 交回算好的數字；`rk.describe_interval` 把區間寫成一句話：

# %% [markdown] lang="en"
# The first four rows are *important*. Their 32%, 22%, 15% and 10% add up to 79%, but together they are 78%: each cell is
# rounded by itself. The report says 78%. To give limited time to a few key customers, each according to their needs, is
# what is called **precision marketing**.
#
# How sure is “19 customers bring 78% of the money”? There are only 60 customers, and next month’s will be different ones.
# `rk.bootstrap_interval` draws these 60 anew two thousand times (some twice, some not at all), computes the figure each
# time, and sees how far it moves; `rk.share_interval` gives the interval of a share. `def` gives the
# computation the name `share_of_big`, and `return` says what it hands back; `rk.describe_interval` puts an interval into a sentence:

# %% name="how_sure"
def share_of_big(spend):
    return 100 * spend[spend >= spend.mean()].sum() / spend.sum()


print(rk.describe_interval(rk.bootstrap_interval(rfm["monetary"], share_of_big)))
print(rk.describe_interval(rk.share_interval(19, 60)))

# %% name="claim_how_sure" claims=true
money = rk.bootstrap_interval(rfm["monetary"], share_of_big)
assert [round(end) for end in (money.estimate, money.low, money.high)] == [78, 71, 86]
people = rk.share_interval(19, 60)
assert [round(100 * end) for end in (people.estimate, people.low, people.high)] == [32, 21, 44]

# %% [markdown] lang="zh-TW"
# 錢的占比 78%，介於 71% 到 86%；人數的占比 32%，介於 21% 到 44%。所以「少數人帶來大半的錢」站得住腳，「剛好是 19 位、剛好 78%」就別太計較。
# 區間只處理「剛好是這 60 位」的運氣，漏掉的客戶、記錯的金額，它都不知道。

# %% [markdown] lang="en"
# The share of the money is 78%, between 71 and 86; that of the customers 32%, between 21 and 44. So “a few bring most of the
# money” holds, and “just 19, just 78%” is not to be taken too exactly. The interval allows for the luck of having these 60,
# and knows nothing of customers left out or amounts written down wrongly.

# %% [markdown] lang="zh-TW"
# 經理要的不是表，是**建議**。半頁就夠，四件事要有：看到什麼、先做什麼、用什麼門檻、有什麼限制。例如：
#
# > **三月客戶分級建議**　三月有 60 位客戶，淨營收 416,655 元。其中 19 位（32%）消費高於平均，帶來 78% 的營收（介於 71% 到 86%），60 個工時應以他們為先。
# >
# > 1. **本週先聯絡七位花得多、卻好一陣子沒來的客戶**（重要保持四位、重要挽留三位，合計 25% 的營收），由金額最大的開始：
# >    C112、C307、C115、C153、C137、C272、C355。每位約 3 小時，共 21 小時。
# > 2. **八位重要價值客戶**（32% 的營收）：指定專人，維持 VIP 服務。每位約 3 小時，共 24 小時。
# > 3. **四位重要發展客戶**（22% 的營收）：C393、C073、C131、C336，最近才來過但次數少，提供下次採購的優惠。每位約 2 小時，共 8 小時。
# >
# > 其餘 41 位維持一般服務，但別讓他們覺得受到冷落；剩下 7 小時機動運用。
# > 門檻為三月的平均數（R 13 天、F 3 次、M 6,944 元）；若改用中位數，26 位會換類別。
# > 限制：只有一個月的資料，三月沒買的客戶根本不在表裡，其中可能有最該挽回的人；「好一陣子沒來」也只代表超過 13 天沒有下單。
# > 資料裡沒有成本與利潤，三月以後的退貨也還看不到。要減少對任何人的服務之前，請先看一整年的記錄。

# %% [markdown] lang="en"
# A manager does not want a table but **advice**. Half a page will do, with four things in it: what you see,
# what to do first, which cut was used, and what the limits are. For example:
#
# > **Customer tiering, March.** Sixty customers bought in March, NT$416,655 net. Nineteen of them (32%)
# > spent more than the mean and bring 78% of the money (between 71 and 86): the 60 hours should go to them first.
# >
# > 1. **This week, contact seven big spenders who have gone quiet** (four *keep*, three *win back*, together
# >    25% of the money), the biggest first: C112, C307, C115, C153, C137, C272, C355. About 3 hours each, 21
# >    in all.
# > 2. **Eight *Important: value* customers** (32% of the money): a named contact and VIP treatment. About 3
# >    hours each, 24 in all.
# > 3. **Four *Important: develop* customers** (22% of the money): C393, C073, C131 and C336 bought recently
# >    but seldom; make an offer on the next order. About 2 hours each, 8 in all.
# >
# > The other 41 keep normal service, and nothing that makes them feel second-rate; 7 hours stay in reserve.
# > The cuts are March’s means: R 13 days, F 3 orders, M NT$6,944. By the
# > median, 26 customers would be in another class. Limits: one month only. Customers who bought nothing in
# > March are not in the table at all, although some may be the most urgent to win back, and “gone quiet”
# > only means no order for more than 13 days. There are no costs or profit, and returns made after March
# > are not seen yet. Before taking service away from anyone, look at a year.

# %% name="facts_of_the_advice" claims=true
# The kit checking itself: the figures in the advice above must agree with the data.
assert clean["amount"].sum() == 416_655
assert [f"{part:.0%}" for part in summary["revenue_share"].iloc[:4]] == ["32%", "22%", "15%", "10%"]
assert f"{summary['revenue_share'].iloc[2:4].sum():.0%}" == "25%"
assert f"{summary['revenue_share'].iloc[:4].sum():.0%}" == "78%"
assert (cuts["recency_days"], cuts["frequency"], round(cuts["monetary"])) == (13, 3, 6944)
by_spend = rfm.sort_values("monetary", ascending=False)
calls = by_spend[tier[by_spend.index].isin(["important_keep", "important_win_back"])]
assert calls.index.tolist() == ["C112", "C307", "C115", "C153", "C137", "C272", "C355"]
offers = by_spend[tier[by_spend.index] == "important_develop"]
assert offers.index.tolist() == ["C393", "C073", "C131", "C336"]
assert calls["recency_days"].min() > 13
assert 7 * 3 + 8 * 3 + 4 * 2 + 7 == 60

# %% [markdown] lang="zh-TW"
# 最後，用 `rk.write_report` 把全部成果寫成一本活頁簿交出去：封面（讀了幾列、採用幾列、哪些未採用、為什麼）、表 5-3、門檻、八個類別與策略、
# 摘要和圖表、未採用的列。最後一行列出活頁簿裡的工作表。執行後，在這個資料夾找 `practicum_report.xlsx`，用 Excel 打開看看。

# %% [markdown] lang="en"
# Last of all, put everything into a workbook to hand in (`rk.write_report`): a cover (what was read, kept, left out, and why),
# table 5-3, the cuts, the classes with their strategies, the summary with a chart, and the rows left out.
# The last line lists its sheets. Run the cell, find `practicum_report.xlsx` in this folder, and open it in Excel.

# %% name="report"
report = rk.write_report(
    rfm, "practicum_report.xlsx", cuts=cuts, today=TODAY, clean=clean, rejected=rejected
)
pd.ExcelFile(report).sheet_names

# %% [markdown] lang="zh-TW"
# ## 這一章說了什麼
#
# - 整理資料（data cleaning）：每一列問同一個問題，未採用的要有原因，採用加未採用等於讀進來的。
# - R 最近一次消費（recency）：最後一次購買到今天的天數，**少**是好；F 消費頻率（frequency）：幾張訂單；M 消費金額（monetary）：淨總額。
# - 門檻（cut, threshold）：金額右偏，平均數挑出少數人，中位數挑出一半；看圖決定，寫進報告，下個月不換。
# - 八個類別（eight classes）：M 定重要或一般，R 與 F 定價值、發展、保持、挽留；永遠附上 (R, F, M)。
# - 報告的第一句話附上區間（interval）：78%，介於 71% 到 86%。
# - 代價最高的錯，往往不會跳出錯誤訊息：方向反了的 R 讓 58 位客戶分錯類。

# %% [markdown] lang="en"
# ## What this chapter said
#
# - Data cleaning (整理資料): ask every row the same question; what goes has a reason; kept plus left out is
#   what was read.
# - Recency, R (最近一次消費): days from the last purchase to today, **fewer** is better. Frequency, F (消費頻率):
#   how many orders. Monetary, M (消費金額): the total after returns.
# - The cut (門檻): spend is skewed, so the mean picks a few and the median half. Decide by looking, say it in
#   the report, keep it next month.
# - The eight classes (八個類別): M makes important or general; R and F make value, develop, keep, win back.
#   Always print (R, F, M) beside the name.
# - The first sentence of the report has its interval (區間): 78%, between 71 and 86.
# - The most expensive mistakes give no error message: an R the wrong way round misplaced 58 customers.

# %% [markdown] lang="zh-TW"
# ## 離開前三題
#
# 1. 客戶 A 三月買了兩張訂單，一共五個品項，月底退了一項。F 是多少？
# 2. R 的平均數是 13 天。剛好 13 天沒來的客戶，R 是高還是低？
# 3. 主管說：「用中位數吧，比較公平，一半一半。」你會怎麼回答？
#
# <details><summary>看答案</summary>
#
# 1. 2。算訂單，不算品項；退貨不是購買。
# 2. 高。這一章的規則是站在門檻上算高（天數 ≤ 門檻）。
# 3. 先問目的。要挑少數人優先服務，「一半都重要」就沒有優先可言；而且 F 有很多相同的值，中位數並不會把人對半分（這裡是 77% 高）。
#
# </details>

# %% [markdown] lang="en"
# ## Three questions before you go
#
# 1. In March customer A placed two orders of five lines in all, and returned one item at the end. What is F?
# 2. The mean of R is 13 days. A customer last bought exactly 13 days ago: is R high or low?
# 3. Your boss says: “Take the median, it is fairer: half and half.” What do you answer?
#
# <details><summary>Answers</summary>
#
# 1. Two. Orders count, not lines, and a return is no purchase.
# 2. High. In this chapter, a customer on the cut counts as high (days ≤ cut).
# 3. Ask what it is for. To serve a few people first, “half are important” is no priority; and with many
#    equal values of F, the median does not even split half and half (77% are high here).
#
# </details>

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 換你了：[第 6 章練習](../../exercises/zh-TW/06_practicum.ipynb)是南區分公司的帳冊，同樣的題目，不同的客戶，髒的地方也不同。
# 分好之後該做什麼、不該做什麼，是[第 7 章](07_management.ipynb)的事。
#
# 先做[混合測驗二](06_quiz.ipynb)，看看前六章還記得多少，十分鐘。
#
# 手邊有自己公司的帳冊？一行就能做完這一章，在終端機執行 `rfmkit tier 帳冊.xlsx --today 2021-04-01 -o 報告.xlsx`，日期換成你自己的基準日。
# （找不到指令的話，在教材資料夾裡寫成 `.venv/bin/rfmkit`，Windows 是 `.venv\Scripts\rfmkit`。）

# %% [markdown] lang="en"
# ## Next
#
# Your turn: the [exercise of chapter 6](../../exercises/en/06_practicum.ipynb) has the southern branch’s
# ledger: the same task, other customers, and dirt in other places. What to do with the tiers once you have
# them, and what not to do, is the subject of [chapter 7](07_management.ipynb).
#
# First take ten minutes for the [second mixed quiz](06_quiz.ipynb) on chapters 1 to 6.
#
# Do you have a ledger from your own firm? One line does the whole chapter:
# run `rfmkit tier ledger.xlsx --today 2021-04-01 -o report.xlsx` in a terminal, with the day that you count
# from. (If the command is not found, write `.venv/bin/rfmkit` in the kit’s folder, on Windows
# `.venv\Scripts\rfmkit`.)
