"""Lessons on paper and on a projector: see tools/make_handouts.py."""
