"""Collect marks and decisions, and write gradebook, files for platforms and feedback."""
