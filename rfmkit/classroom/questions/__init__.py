"""The questions, two files a chapter: the key and the mistakes, and what students are told."""
