"""Grade a class: hand out, take in, run in a sandbox, mark, and write the gradebook."""

from rfmkit.labels import add_texts

add_texts("rfmgrade")
