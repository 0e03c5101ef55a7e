# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 混合測驗 3：前八章還記得多少？
#
# [English edition](../en/08_quiz.ipynb) · [回到上一章](08_choosing.ipynb)
#
# 六題，約 10 分鐘，不算分數。題目故意不照章節的順序：先自己想是哪一章的事，再選。
# 闔上筆記作答，記不起來比翻書找到更有用。答錯了，卡片會說錯在哪裡、回哪一章看。

# %% [markdown] lang="en"
# # Mixed quiz 3: what do you remember of chapters 1 to 8?
#
# [中文版](../zh-TW/08_quiz.ipynb) · [back to the last chapter](08_choosing.ipynb)
#
# Six questions, about ten minutes, no marks. They come in no order on purpose: decide first which chapter a
# question belongs to, then choose. Keep your notes closed: trying to remember helps you more than looking it up. When you are wrong,
# the card says where you went astray and which chapter to look at again.

# %% name="setup"
import rfmkit as rk
from rfmkit.classroom import ask, check, hint

rk.use_language("zh-TW")

# %% [markdown] lang="zh-TW"
# 每一題：執行第一格看題目，把 `...` 換成一個字母（放進引號，例如 `"a"`），再執行那一格。卡住時，另開一格執行 `hint("8.q")`，換成那一題的編號。

# %% [markdown] lang="en"
# For each question: run the first cell to read it, replace the `...` with one letter in quotes, such as `"a"`, and run that cell. When you
# are stuck, run `hint("8.q")` in a cell of your own, with the question’s number.

# %% [markdown] lang="zh-TW"
# ## 第 1 題

# %% [markdown] lang="en"
# ## Question 1

# %% name="ask_8_q"
ask("8.q")

# %% name="try_8_q"
recall_8_q = ...
check("8.q", recall_8_q)

# %% [markdown] lang="zh-TW"
# ## 第 2 題

# %% [markdown] lang="en"
# ## Question 2

# %% name="ask_5_r"
ask("5.r")

# %% name="try_5_r"
recall_5_r = ...
check("5.r", recall_5_r)

# %% [markdown] lang="zh-TW"
# ## 第 3 題

# %% [markdown] lang="en"
# ## Question 3

# %% name="ask_7_q"
ask("7.q")

# %% name="try_7_q"
recall_7_q = ...
check("7.q", recall_7_q)

# %% [markdown] lang="zh-TW"
# ## 第 4 題

# %% [markdown] lang="en"
# ## Question 4

# %% name="ask_3_s"
ask("3.s")

# %% name="try_3_s"
recall_3_s = ...
check("3.s", recall_3_s)

# %% [markdown] lang="zh-TW"
# ## 第 5 題

# %% [markdown] lang="en"
# ## Question 5

# %% name="ask_7_r"
ask("7.r")

# %% name="try_7_r"
recall_7_r = ...
check("7.r", recall_7_r)

# %% [markdown] lang="zh-TW"
# ## 第 6 題

# %% [markdown] lang="en"
# ## Question 6

# %% name="ask_8_r"
ask("8.r")

# %% name="try_8_r"
recall_8_r = ...
check("8.r", recall_8_r)

# %% [markdown] lang="zh-TW"
# ## 記得幾題？
#
# 六題全對就往下走；錯兩題以上，回那一章讀「這一章說了什麼」，隔幾天再做一次。
#
# 接下來：[總結作業](10_capstone.ipynb)

# %% [markdown] lang="en"
# ## How many did you remember?
#
# All six right: go on. Two or more wrong: read “What this chapter said” in those chapters, and try again in a few days.
#
# Next: [the capstone](10_capstone.ipynb)
