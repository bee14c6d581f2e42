"""Lemmas as edits of printed words: "k|0||2|y" cuts two letters off the end of "cities" and adds "y".

An edit is `case|cut|prefix|cut|suffix`: letters cut off and put on at either end; case `l` works on the word in lower
case, `k` keeps it as printed. `=lemma` is a lemma that shares no letter with its word.
"""

from __future__ import annotations

from difflib import SequenceMatcher


def edit_of(form: str, lemma: str) -> str:
    """The edit that makes the lemma of a printed word."""
    case = "l" if lemma == lemma.lower() else "k"
    base = form.lower() if case == "l" else form
    match = SequenceMatcher(None, base, lemma, autojunk=False).find_longest_match()
    if match.size == 0:
        return f"={lemma}"
    after = len(base) - match.a - match.size
    return f"{case}|{match.a}|{lemma[: match.b]}|{after}|{lemma[match.b + match.size :]}"


def edited(form: str, edit: str) -> str | None:
    """The lemma that an edit makes of a printed word; None where the word is too short for it."""
    if edit.startswith("="):
        return edit[1:]
    case, cut, prefix, after, suffix = edit.split("|")
    base = form.lower() if case == "l" else form
    if int(cut) + int(after) >= len(base):
        return None
    return prefix + base[int(cut) : len(base) - int(after)] + suffix
