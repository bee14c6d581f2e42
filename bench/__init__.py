"""Measurements of accuracy and speed (docs/accuracy.md, docs/reading.md)."""
