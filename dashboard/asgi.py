"""The dashboard with security headers: the file to run, `streamlit run dashboard/asgi.py`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st
from starlette.middleware import Middleware

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:  # Streamlit puts this file's own folder there, not the one that holds the package
    sys.path.insert(0, ROOT)

from dashboard import assets, views, watch  # noqa: E402 - only now can the package be found

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""What a page may load, and from where: from this server only."""

HEADERS: Final = {
    "content-security-policy": "; ".join(f"{what} {whence}" for what, whence in POLICY.items()),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
"""Headers of every answer: nothing is loaded from elsewhere, guessed, framed, or told where the reader came from."""


class SecurityHeaders:
    """ASGI middleware that adds `HEADERS` to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, with the headers put in at the start of an HTTP answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                names = {name.lower() for name, _ in given}
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in names]
                message = {**message, "headers": given + added}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


views.pages()  # imported once, when the server starts: the first visitor does not wait for it
watch.warm()

gc.collect()
gc.freeze()  # what is there by now stays: to look through all of it again for garbage takes longer than to draw a page

app = st.App(Path(__file__).with_name("app.py"), middleware=[Middleware(SecurityHeaders), Middleware(assets.Assets)])
