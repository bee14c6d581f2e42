"""The article's id: the given one, else the file's stem, else a hash of the address or the text."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from urllib.parse import urlsplit

from kutub.records import Page

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
_DIGITS = 16  # hex digits of the hash


def article_id(page: Page, *, url: str | None, text: str) -> str:
    """The given id; else a plain file's stem; else 16 hex digits of the SHA-256 of the canonical URL or the text."""
    if page.id:
        return page.id
    if page.text is None and page.path != "-":
        return _stem(page.path)
    address = canonical_url(url) if url else None
    return hashlib.sha256((address or text).encode("utf-8")).hexdigest()[:_DIGITS]


def canonical_url(url: str) -> str | None:
    """The address as https, without fragment, tracking parameters and final slash; None if it is none."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "") + (f":{parts.port}" if parts.port not in (None, 80, 443) else "")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    query = "&".join(pair for pair in parts.query.split("&") if pair and not pair.lower().startswith(_TRACKING))
    return f"https://{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def _stem(path: str) -> str:
    name = PurePath(path).name
    if name.lower().endswith(".gz"):
        name = name[:-3]
    return PurePath(name).stem or name
