# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 從這裡開始
#
# [English edition](../en/00_start.ipynb)
#
# > **這一本要做什麼**
# > - 學會執行一格程式，看懂結果出現在哪裡
# > - 打開旭東公司的帳冊，看到第一張表和第一張圖
# > - 故意答錯一題，看看系統怎麼告訴你錯在哪裡
# >
# > 大約 {minutes} 分鐘。不需要學過 Python。

# %% [markdown] lang="en"
# # Start here
#
# [中文版](../zh-TW/00_start.ipynb)
#
# > **What you will do**
# > - Run a cell of code and see where its result appears
# > - Open the books of a firm called Xudong and meet your first table and picture
# > - Get one question wrong on purpose, and see how you are told what went wrong
# >
# > About {minutes} minutes. You need not have met Python before.

# %% [markdown] lang="zh-TW"
# ## 執行一格
#
# 你現在看的是一本**筆記本**：文字和程式一格一格往下排。灰底、左邊有方括號的是程式。
# 用滑鼠點一下下面那一格，按住 **Shift** 再按 **Enter**：程式會執行，結果出現在那一格的下方，左邊的方括號裡也會出現編號，像是 `[1]:`。
#
# 用 `make lab` 或 `rfmkit lab` 開啟的，是**你自己的一份**教材，可以放心修改；結果要等你執行才會出現。
# 如果你是在網頁上看，結果已經附在下面，那一份只供閱讀。

# %% [markdown] lang="en"
# ## Run a cell
#
# You are looking at a **notebook**: text and code, one cell below the other. The grey cells with
# square brackets at their left are code. Click on the one below, hold **Shift** and press **Enter**: it
# runs, its result appears underneath, and a number appears in its brackets, such as `[1]:`.
#
# If you opened this with `make lab` or `rfmkit lab`, it is **your own copy** of the course: change whatever
# you like. A result appears once you have run its cell. If you are reading on the web, the results are
# there already, and that copy is for reading only.

# %% name="first_sum"
60 * 40

# %% [markdown] lang="zh-TW"
# `*` 是乘。把 `40` 改成別的數字，再按一次 Shift + Enter。改壞了也沒關係：這裡的程式不會弄壞任何檔案。
#
# 程式要**由上往下**執行，因為下面的格子會用到上面算好的東西。下一格把這套教材的工具準備好（以後名字前面有 `rk.` 的，都是這些工具）：
# 看到它左邊的 `[*]` 變成數字，就表示做完了。
#
# > 只有在 Google Colab 這類線上環境，下一格才可能說找不到 `rfmkit`。那就先上傳教材的安裝檔（檔名結尾是 `.whl`），在上面新增一格，執行
# > `%pip install -q rfmkit-0.1.0-py3-none-any.whl`，再執行下一格。

# %% [markdown] lang="en"
# `*` multiplies. Change the `40` to another number and press Shift + Enter again. You cannot break anything: no
# code here touches your files.
#
# Run the cells **from top to bottom**, because the lower ones use what the upper ones worked out.
# The next cell gets the kit’s tools ready; from then on, a name that begins with `rk.` is one of them. When the `[*]`
# at its left turns into a number, it is done.
#
# > On Google Colab and similar services (and only there) the next cell may say that there is no `rfmkit`. If so, upload the
# > course’s installer (its name ends in `.whl`), add a cell above with `%pip install -q rfmkit-0.1.0-py3-none-any.whl`, run it, and
# > then run the next cell again.

# %% name="setup"
import rfmkit as rk
from rfmkit.classroom import check, hint

rk.use_language("zh-TW")

# %% [markdown] lang="zh-TW"
# ## 第一張表
#
# 旭東是一家辦公用品批發商。業務經理手上有一本三月份的帳冊 `交易記錄.xlsx`，一列是一張訂單裡的一個品項。
# 下面這格用 `rk.load_transactions` 把帳冊讀進來，用等號 `=` 替它取名叫 `ledger`；第二行的 `.head()` 只看最前面的五列。

# %% [markdown] lang="en"
# ## Your first table
#
# Xudong sells office supplies wholesale. Its sales manager has a ledger of March, `交易記錄.xlsx`
# ("transaction records"), in which one row is one line of an order. In the cell below `rk.load_transactions` reads it, and the equals
# sign `=` gives it the name `ledger`; in the second line, `.head()` shows just the first five rows.

# %% name="first_table"
ledger = rk.load_transactions(rk.data_file("交易記錄.xlsx"))
rk.pretty(ledger.head())

# %% [markdown] lang="zh-TW"
# 最左邊的粗體數字是**列號**，和你在 Excel 裡看到的列號一樣（第 1 列是標題，所以資料從 2 開始）。
#
# `rk.pretty` 只負責**印得好看**：欄名換成中文、金額加千分位。寫程式要用原來的英文欄名，忘了就執行 `ledger.columns`。

# %% [markdown] lang="en"
# The bold number at the left is the **row number**, the same as in Excel (row 1 holds the headings,
# so the data start at 2).
#
# `rk.pretty` is for **showing** only: it puts English titles over the columns, names the products in
# English (in the file they are Chinese) and marks the thousands. Code uses the plain column names; to see
# them, run `ledger.columns`.

# %% [markdown] lang="zh-TW"
# ## 答一題，故意答錯
#
# > **試一試**　帳冊裡有幾列資料？先照下面的寫法執行，看看會得到什麼回應；再把 `416` 換成 `len(ledger)`（`len` 數有幾列），執行一次。

# %% [markdown] lang="en"
# ## Answer a question, wrongly
#
# > **Try it.** How many rows of data does the ledger have? Run the cell as it stands and read the
# > reply; then replace `416` with `len(ledger)` (`len` counts rows) and run it again.

# %% name="first_check"
rows = 416
check("0.1", rows)

# %% [markdown] lang="zh-TW"
# `check` 不會告訴你答案，它會告訴你**哪裡想錯了**。卡住的時候，每執行一次 `hint("0.1")`，就多給一個提示，一共三個，愈來愈具體。

# %% [markdown] lang="en"
# `check` does not tell you the answer; it tells you **where your thinking went astray**. When you
# are stuck, run `hint("0.1")`: there are three hints, one more each time you run it, each more specific
# than the last.

# %% name="first_hint"
hint("0.1")

# %% [markdown] lang="zh-TW"
# ## 先看終點
#
# 學完第 6 章，你會自己寫出下面這幾行：整理帳冊，替每位客戶算三個數字，把他們分成八類，再畫成一張圖。
# 現在不必看懂，執行它，看圖就好。

# %% [markdown] lang="en"
# ## See where you are going
#
# By the end of chapter 6 you will be able to write the lines below yourself: clean the ledger, work out three numbers
# for every customer, put the customers into eight classes, and draw them. No need to understand the
# code yet; run it and look at the picture.

# %% name="preview"
clean, rejected = rk.clean_transactions(
    ledger, start="2021-03-01", end="2021-03-31", today="2021-04-01"
)
rfm = rk.rfm_table(clean, today="2021-04-01", order="order")
tier = rk.rfm_class(rk.high_low(rfm, cuts=rk.rfm_cuts(rfm)))
rk.show(rk.plot_rfm_classes(rfm, tier))

# %% [markdown] lang="zh-TW"
# 橫條是這一類客戶花的錢占多少，菱形是他們的人數占多少。橫條伸得比菱形還遠的，就是人少錢多的一群。
# 業務經理一週只有 60 個工時，先顧誰？整套教材都在回答這個問題。

# %% [markdown] lang="en"
# A bar is the share of all spend that a class brings; a diamond is its share of the customers.
# Where the bar reaches past the diamond, few people bring much money. The sales manager has 60 staff
# hours a week: who comes first? The whole course is about that question.

# %% [markdown] lang="zh-TW"
# ## 東西放在哪裡
#
# 你自己的這一份教材，就在畫面左邊的檔案清單裡；在電腦上是 `rfmkit-notebooks` 資料夾（除非你用 `--folder` 指定了別處）。
#
# | 資料夾 | 裡面有什麼 |
# |---|---|
# | `notebooks/zh-TW/` | 課文，每一章一本 |
# | `exercises/zh-TW/` | 練習，把 `...` 換成你的程式 |
# | `solutions/zh-TW/` | 解答與理由，先自己做過再看（老師發的學生版沒有這個資料夾） |
# | `data/` | 旭東的帳冊和欄位說明 |
#
# 教材出了新版，照原來的方式再開一次就好：你沒有改過的檔案會換成新版，只打開或執行過的也算沒有改過；你改過的都會保留，
# 並列出檔名。想要新版，或想重新做一次，就把那個檔案改名或刪除，再開一次。
#
# > **卡住的時候**
# > - 出現紅色的錯誤訊息：先看最後兩行（是英文），通常說明哪裡不對；看不懂就先檢查欄名、引號、括號有沒有打錯。
# > - 整本怪怪的：選單 **Kernel → Restart Kernel and Run All Cells**，從頭執行一次。
# > - 圖上沒有中文、套件載入失敗：在教材資料夾的終端機執行 `make doctor`（Windows：`.venv\Scripts\rfmkit doctor`），它會逐項檢查並告訴你怎麼修。

# %% [markdown] lang="en"
# ## Where things are
#
# Your own copy of the course is in the list of files at the left of this page. On your disk it is the
# folder `rfmkit-notebooks`, unless you named another with `--folder`.
#
# | folder | what it holds |
# |---|---|
# | `notebooks/en/` | the lessons, one notebook per chapter |
# | `exercises/en/` | the exercises: replace each `...` with code of your own |
# | `solutions/en/` | solutions and their reasons; try first, look later (not in the version teachers hand out) |
# | `data/` | Xudong’s books, and what each column means |
#
# When a new version of the course comes out, open it the way you always do. Files you have not changed are
# replaced by the new ones, even if you opened or ran them. Files you changed are kept, and you are told
# which. For the new version of one, or to start it afresh, rename or delete it and open the course again.
#
# > **When you are stuck**
# > - A red error message: read its last two lines first; they usually say what is wrong. If not, look for a
# >   misspelt name, a missing quotation mark or bracket.
# > - The whole notebook acts strangely: **Kernel → Restart Kernel and Run All Cells** starts afresh.
# > - No Chinese in a picture, or a package will not load: run `make doctor` in a terminal in
# >   the kit’s folder (Windows: `.venv\Scripts\rfmkit doctor`). It checks one thing after another and says
# >   how to put it right.

# %% [markdown] lang="zh-TW"
# ## 這門課怎麼走
#
# 今天是 2021 年 4 月 1 日。旭東有 320 位客戶、三位業務員，一週 60 個工時。每一章回答經理的一個問題：
#
# | 章 | 經理的問題 |
# |---|---|
# | [暖身](00_warm_up.ipynb) | 拿七張訂單，先用手、再用程式算 |
# | [1　客戶分級的觀念](01_concepts.ipynb) | 誰是客戶？我們需要分級嗎？照什麼分？ |
# | [2　ABC 分類](02_abc.ipynb) | 利潤是誰帶來的？ |
# | [3　客戶價值金字塔](03_value_pyramid.ipynb) | 只看利潤夠嗎？拖款的、抱怨的、正在成長的呢？ |
# | [4　CLV-CS](04_clv_cs.ipynb) | 明天值錢的是誰？他們滿意嗎？ |
# | [5　RFM](05_rfm.ipynb) | 光看購買行為，能看出什麼？ |
# | [6　旭東的 RFM 實作](06_practicum.ipynb) | 這週的 60 個小時，先花在誰身上？ |
# | [7　分級之後的管理](07_management.ipynb) | 分好了，星期一要做什麼？什麼不能做？ |
# | [8　選擇方法](08_choosing.ipynb) | 四種方法、四份名單，用哪一份？ |
# | [9　資料變大](09_scale.ipynb)（選讀） | 帳冊有幾千萬列，還算得動嗎？ |
#
# 每一章分兩次讀，一次不超過 45 分鐘，中間標了可以停的地方。
# 時間不多？暖身之後讀第 1、2、6 章，就能替自己的客戶分級；第 6 章只需要先讀過這一本和暖身。

# %% [markdown] lang="en"
# ## How the course goes
#
# It is 1 April 2021. Xudong has 320 customers, three salespeople and 60 staff hours a week. Each chapter
# answers one question of the sales manager’s:
#
# | chapter | the manager’s question |
# |---|---|
# | [Warm-up](00_warm_up.ipynb) | Seven orders, by hand and then by code |
# | [1 What tiering is](01_concepts.ipynb) | Who is a customer? Do we need tiers at all, and by what? |
# | [2 ABC](02_abc.ipynb) | Who brings the profit? |
# | [3 The customer value pyramid](03_value_pyramid.ipynb) | Is profit enough? What of those who pay late, complain, or grow? |
# | [4 CLV-CS](04_clv_cs.ipynb) | Who will be worth it tomorrow, and are they happy? |
# | [5 RFM](05_rfm.ipynb) | What does their buying alone tell us? |
# | [6 The Xudong practicum](06_practicum.ipynb) | Who gets this week’s 60 hours first? |
# | [7 Managing the tiers](07_management.ipynb) | We have tiers. What do we do on Monday, and what must we not do? |
# | [8 Choosing a method](08_choosing.ipynb) | Four methods, four lists: which do we use? |
# | [9 When the ledger is big](09_scale.ipynb) (optional) | Tens of millions of rows: does it still work? |
#
# A chapter takes two sittings of at most 45 minutes each; the place to stop is marked.
# Short of time? After the warm-up, chapters 1, 2 and 6 are enough to tier customers of your own, and chapter 6
# needs no more than this notebook and the warm-up.

# %% [markdown] lang="zh-TW"
# ## 接下來
#
# 打開[暖身](00_warm_up.ipynb)：拿一張七列的小表，先用手算，再用程式算。已經會用 pandas 的人，可以直接讀[第 1 章](01_concepts.ipynb)。

# %% [markdown] lang="en"
# ## Next
#
# Open the [warm-up](00_warm_up.ipynb): a table of seven rows, first by hand and then by code. If you know pandas already, go
# straight to [chapter 1](01_concepts.ipynb).
