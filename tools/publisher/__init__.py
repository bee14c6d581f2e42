"""Profiles of publishers and their golden pages: drafted, made, checked and listed (docs/publishers.md)."""
