# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 總結作業：替一家公司分級，說服它的經理
#
# [English edition](../en/10_capstone.ipynb)
#
# > **這一次沒有標準答案。** 帳冊是新的，標準由你訂，報告由你寫，最後由你自己依評分表打分數。
# >
# > **交什麼**　一本活頁簿（程式會做），加上這本筆記本最後的半頁報告。
# > **時間**　連寫報告約 90 分鐘，可以分兩次。要用到的動作，都在[表格動詞速查表](../../docs/cheatsheet_verbs.zh-TW.md)和[方法速查表](../../docs/cheatsheet_methods.zh-TW.md)。

# %% [markdown] lang="en"
# # Capstone: tier a firm’s customers and convince its manager
#
# [中文版](../zh-TW/10_capstone.ipynb)
#
# > **There is no model answer this time.** The books are new, you choose the yardstick, you write the report, and you mark it yourself
# > with the rubric at the end.
# >
# > **You hand in** a workbook, which the code makes, and the half-page report at the end of this notebook.
# > **Time:** about 90 minutes with the report, in two sittings if you like. Every verb you need is on the
# > [cheat sheet of verbs](../../docs/cheatsheet_verbs.en.md) or the [cheat sheet of methods](../../docs/cheatsheet_methods.en.md).

# %% name="setup"
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import rfmkit as rk

rk.use_language("zh-TW")
rk.use_style()

# %% [markdown] lang="zh-TW"
# ## {section books}　選一本帳冊
#
# **有自己的帳冊最好。** 需要三欄：誰、哪一天、多少錢；有訂單編號更好。把檔名寫進 `my_file`，例如 `my_file = "店裡的訂單.csv"`，
# 檔案和這本筆記本放在同一個資料夾。客戶的姓名、電話先拿掉，分級用不到。
#
# **沒有的話，抽一家新公司。** `my_file` 留著 `None`，把 `my_seed` 改成你的學號末四碼：每個數字是一家不同的公司，別人的結論抄不來。

# %% [markdown] lang="en"
# ## {section books} Choose your books
#
# **A ledger of your own is best.** It needs three columns: who, on which day, how much; order numbers help. Put the file’s name into
# `my_file`, such as `my_file = "orders.csv"`, with the file beside this notebook. Take names and phone numbers out first: tiering does not need them.
#
# **Without one, draw a new firm.** Leave `my_file` as `None` and make `my_seed` the last four digits of your student number: each number
# is another firm, so nobody else’s conclusions will fit yours.

# %% name="books"
my_file = None
my_seed = 1234

if my_file is None:
    folder = rk.make_case(my_seed, Path("capstone"))
    my_file = folder / rk.data_file("年度交易.csv").name
ledger = rk.load_transactions(my_file)
print(len(ledger), ledger["customer"].nunique())

# %% [markdown] lang="zh-TW"
# 印出來的是帳冊的列數和客戶數。（`make_case` 把新公司的帳冊放進 `capstone` 資料夾。）

# %% [markdown] lang="en"
# Printed are the rows of the ledger and its customers. (`make_case` puts a drawn firm’s books into the folder `capstone`.)

# %% [markdown] lang="zh-TW"
# ## {section clean}　整理：每一列都要有去處
#
# 基準日是哪一天？新公司用 2021 年 4 月 1 日；自己的帳冊用最後一筆的隔天，或你真正要做決定的那一天。
# 執行後印出留下的列數和拿掉的列數。看看 `left_out`：哪一種理由最多？那是帳冊的問題，還是規則太嚴？**把你的判斷寫進報告。**

# %% [markdown] lang="en"
# ## {section clean} Clean: every row must be accounted for
#
# Which day do you count from? For a drawn firm it is 1 April 2021; for your own ledger the day after its last row, or the day on which the
# decision is really made. The cell prints the rows kept and the rows left out. Look at `left_out`: which reason comes up most often? Is the ledger at fault, or is the rule too strict? **Your judgement goes into the report.**

# %% name="clean"
today = pd.Timestamp("2021-04-01")

clean, left_out = rk.clean_transactions(ledger, today=today)
print(len(clean), len(left_out))
rk.pretty(left_out["reason"].value_counts().to_frame())

# %% [markdown] lang="zh-TW"
# ## {section worth}　值得分級嗎？
#
# 三個條件各用一個數字回答：顧得過來嗎？會再來嗎？差別大嗎？下面先算出每位客戶的 R、F、M，再算兩個數字；
# 第一個條件（人手）只有你知道。**如果答案是不值得，報告就寫不值得**，那也是結論。

# %% [markdown] lang="en"
# ## {section worth} Is tiering worth it?
#
# Answer each of the three conditions with a number: too many customers to look after? do they return? do they differ? The cell below
# computes every customer’s R, F and M, and two of the numbers; the first condition, staff, only you know. **If the answer is no, say no
# in the report**: that is a conclusion too.

# %% name="worth"
rfm = rk.rfm_table(clean, today=today)
returned = (rfm["frequency"] >= 2).mean()
top_share = rk.value_share(rfm["monetary"], top=0.20)
print(f"{returned:.0%} {top_share:.0%}")

# %% [markdown] lang="zh-TW"
# 印出來的依序是買過兩次以上的客戶占比、消費最多的 20% 客戶占的金額。
#
# **先畫再切。** 用自己的幾行程式畫出消費的分布：偏不偏？有沒有一群人擠在一起？門檻放在哪裡，就看這張圖。

# %% [markdown] lang="en"
# Printed are the share of customers with two or more purchases, and the share of money that the top 20% bring.
#
# **Draw before you cut.** Draw the distribution of spend in a few lines of your own. Is it skewed? Does a crowd sit in one place? Where the
# cut goes depends on this picture.

# %% name="draw"
fig, ax = plt.subplots(figsize=(8, 4))
ax.hist(rfm["monetary"], bins=30)
ax.set(xlabel=rk.label("column.monetary"), ylabel=rk.label("column.customers"))
rk.show(ax)

# %% [markdown] lang="zh-TW"
# ## {section tier}　分級：選一種方法，說出理由
#
# 下面用 RFM，門檻是平均數，只是起點。換成中位數、換成 ABC，或訂你自己的門檻。**至少試兩種**，看多少客戶會換類別（先印出換類別的人數，再印出全部人數）；換得愈多，你的理由要愈充分。

# %% [markdown] lang="en"
# ## {section tier} Tier: choose a method and say why
#
# The cell uses RFM with means as cuts, which is only a start. Try medians, try ABC, or set cuts of your own. **Try at least two**, and see how
# many customers change class (printed first, then how many there are): the more do, the better your reasons must be.

# %% name="tier"
tier = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
other = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm, method="median")))
print((tier != other).sum(), len(tier))
rk.pretty(rk.class_summary(rfm, tier))

# %% [markdown] lang="zh-TW"
# ## {section sure}　有多確定？
#
# 挑你報告裡最重要的一個占比，給它一個範圍。下面拿「最重要的那一類占多少客戶」當例子：換成你自己的。
# 範圍太寬，就不要把小數點寫進報告。

# %% [markdown] lang="en"
# ## {section sure} How sure are you?
#
# Take the most important share in your report and give it a range. The cell takes the share of customers in the best class as an
# example: put in your own. Where the range is wide, leave the decimals out of the report.

# %% name="sure"
best = tier == "important_value"
print(rk.describe_interval(rk.share_interval(int(best.sum()), len(best))))

# %% [markdown] lang="zh-TW"
# ## {section workbook}　做成活頁簿
#
# 經理要的是可以打開、可以篩選的名單。檔案會出現在這本筆記本旁邊；打開每一張工作表看一遍，再交出去。

# %% [markdown] lang="en"
# ## {section workbook} Make the workbook
#
# A manager wants a list to open and filter. The file appears beside this notebook; open it and look at every sheet before you hand it in.

# %% name="workbook"
report = rk.write_report(
    rfm, "capstone.xlsx", cuts=rk.rfm_cuts(rfm), today=today, clean=clean, rejected=left_out
)
pd.ExcelFile(report).sheet_names

# %% [markdown] lang="zh-TW"
# ## {section report}　給經理的半頁報告
#
# 連按兩下這一格，把方括號換成你的話。
#
# > **建議**　[一句話：從下星期起，做什麼、對哪一群人、花多少工時。]
# >
# > **根據**　[兩三個數字，各附範圍或人數。]
# >
# > **怎麼分的**　[方法、門檻、基準日；為什麼不用另一種。]
# >
# > **不知道的**　[帳冊沒有記的事；左右結論最大的一個假設。]
# >
# > **不可以做的**　[誰可能因此受傷；哪些資料不該用。]
# >
# > **三個月後怎麼知道有沒有用**　[看哪個數字，和誰比。]

# %% [markdown] lang="en"
# ## {section report} Half a page for the manager
#
# Double-click this cell and replace the brackets with your own words.
#
# > **Advice:** [one sentence: from next week, do what, for which customers, with how many hours.]
# >
# > **Evidence:** [two or three figures, each with its range or its number of customers.]
# >
# > **How the tiers were made:** [method, cuts, the day counted from; why not another method.]
# >
# > **What we do not know:** [what the ledger does not record; the one assumption that matters most.]
# >
# > **What must not be done:** [who might be harmed; which data should not be used.]
# >
# > **How we shall know in three months:** [which figure, compared with whom.]

# %% [markdown] lang="zh-TW"
# ## {section rubric}　替自己打分數
#
# 每一項 0 到 4 分，共 24 分。先自己打，再和同學交換打一次；差 2 分以上的項目，談談為什麼。
#
# | | 0 分 | 2 分 | 4 分 |
# |---|---|---|---|
# | 帳冊 | 沒有交代刪了哪些列 | 說了刪幾列 | 每種理由都看過，說得出是帳冊還是規則的問題 |
# | 值不值得 | 沒有回答 | 答了，沒有數字 | 三個條件各有一個數字，也敢說不值得 |
# | 方法 | 只用預設 | 試了兩種 | 說得出換方法會動到幾位客戶，為什麼選這一種 |
# | 圖 | 只貼圖 | 標題說了重點 | 經理看圖就知道該做什麼，灰階列印也看得懂 |
# | 建議 | 「加強服務」 | 說了對誰做什麼 | 有對象、動作、工時，做不到的部分也說了 |
# | 限制 | 沒有 | 一句客套話 | 最大的假設、範圍、可能受傷的人，各有一句 |
#
# **拿到 18 分以上**，這份報告可以交給真正的經理。做完這一份，你已經能獨立替一家公司分級了。

# %% [markdown] lang="en"
# ## {section rubric} Mark your own work
#
# Nought to four for each line, 24 in all. Mark yourself first, then swap with somebody; where you differ by two or more, talk about why.
#
# | | 0 | 2 | 4 |
# |---|---|---|---|
# | Books | nothing said of rows left out | the number is given | every reason was looked at, and you can say whether ledger or rule is to blame |
# | Worth it? | not answered | answered without figures | a figure for each of the three conditions, and the courage to say no |
# | Method | the default only | two were tried | you say how many customers another method would move, and why you chose this one |
# | Picture | pasted in | the title tells the point | the manager sees what to do, in grey print too |
# | Advice | “improve the service” | who gets what | customers, action and hours, and what cannot be done |
# | Limits | none | a polite phrase | the largest assumption, the range and who may be harmed, a sentence each |
#
# **With 18 or more** the report is fit for a real manager. If you have come this far, you can tier a firm’s customers on your own.
