# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] lang="zh-TW"
# # 混合測驗 2：前六章還記得多少？
#
# [English edition](../en/06_quiz.ipynb) · [回到上一章](06_practicum.ipynb)
#
# 六題，約 10 分鐘，不算分數。題目故意不照章節的順序：先自己想是哪一章的事，再選。
# 闔上筆記作答，記不起來比翻書找到更有用。答錯了，卡片會說錯在哪裡、回哪一章看。

# %% [markdown] lang="en"
# # Mixed quiz 2: what do you remember of chapters 1 to 6?
#
# [中文版](../zh-TW/06_quiz.ipynb) · [back to the last chapter](06_practicum.ipynb)
#
# Six questions, about ten minutes, no marks. They come in no order on purpose: decide first which chapter a
# question belongs to, then choose. Keep your notes closed: trying to remember helps you more than looking it up. When you are wrong,
# the card says where you went astray and which chapter to look at again.

# %% name="setup"
import rfmkit as rk
from rfmkit.classroom import ask, check, hint

rk.use_language("zh-TW")

# %% [markdown] lang="zh-TW"
# 每一題：執行第一格看題目，把 `...` 換成一個字母（放進引號，例如 `"a"`），再執行那一格。卡住時，另開一格執行 `hint("5.q")`，換成那一題的編號。

# %% [markdown] lang="en"
# For each question: run the first cell to read it, replace the `...` with one letter in quotes, such as `"a"`, and run that cell. When you
# are stuck, run `hint("5.q")` in a cell of your own, with the question’s number.

# %% [markdown] lang="zh-TW"
# ## 第 1 題

# %% [markdown] lang="en"
# ## Question 1

# %% name="ask_5_q"
ask("5.q")

# %% name="try_5_q"
recall_5_q = ...
check("5.q", recall_5_q)

# %% [markdown] lang="zh-TW"
# ## 第 2 題

# %% [markdown] lang="en"
# ## Question 2

# %% name="ask_2_s"
ask("2.s")

# %% name="try_2_s"
recall_2_s = ...
check("2.s", recall_2_s)

# %% [markdown] lang="zh-TW"
# ## 第 3 題

# %% [markdown] lang="en"
# ## Question 3

# %% name="ask_4_q"
ask("4.q")

# %% name="try_4_q"
recall_4_q = ...
check("4.q", recall_4_q)

# %% [markdown] lang="zh-TW"
# ## 第 4 題

# %% [markdown] lang="en"
# ## Question 4

# %% name="ask_6_q"
ask("6.q")

# %% name="try_6_q"
recall_6_q = ...
check("6.q", recall_6_q)

# %% [markdown] lang="zh-TW"
# ## 第 5 題

# %% [markdown] lang="en"
# ## Question 5

# %% name="ask_1_s"
ask("1.s")

# %% name="try_1_s"
recall_1_s = ...
check("1.s", recall_1_s)

# %% [markdown] lang="zh-TW"
# ## 第 6 題

# %% [markdown] lang="en"
# ## Question 6

# %% name="ask_4_r"
ask("4.r")

# %% name="try_4_r"
recall_4_r = ...
check("4.r", recall_4_r)

# %% [markdown] lang="zh-TW"
# ## 記得幾題？
#
# 六題全對就往下走；錯兩題以上，回那一章讀「這一章說了什麼」，隔幾天再做一次。
#
# 接下來：[第 7 章](07_management.ipynb)

# %% [markdown] lang="en"
# ## How many did you remember?
#
# All six right: go on. Two or more wrong: read “What this chapter said” in those chapters, and try again in a few days.
#
# Next: [chapter 7](07_management.ipynb)
