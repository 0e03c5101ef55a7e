"""The commands of `rfmkit`, a module each."""
