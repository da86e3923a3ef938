"""What every answer of the server says to the browser, and the requests that are turned away before Streamlit."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from streamlit import config

# Streamlit writes styles and our scripts into the page itself (inline), hands files and workers over as blobs, and
# compiles a little WebAssembly at each start, for its numbers of 64 bits.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data:",  # the map's empty outlines of the world
    "worker-src": "'self' blob:",
    "media-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in _POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
"""Headers of every answer: nothing is asked of another host, and no other page frames ours."""

_CLOSED = ("/_stcore/metrics", "/_stcore/agent")  # Streamlit's figures about itself, and its interface for programs


class Guard:
    """ASGI middleware: answers carry `HEADERS`; another site's page, and what `_CLOSED` names, get no answer.

    Streamlit alone would let any port of this machine open a session, and would ask outside for its own address when
    the page is another's. A proxy keeps the Host of the request, or `server.corsAllowedOrigins` names the site.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        is_foreign = not _is_ours(asked.get("origin"), asked.get("host"))
        if scope["type"] == "websocket":
            if is_foreign:
                await WebSocket(scope, receive, send).close(1008)
            else:
                await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        app = self._app
        if is_foreign:
            app = PlainTextResponse("Demande d’un autre site.", 403)
        elif any(closed in scope["path"] for closed in _CLOSED):
            app = PlainTextResponse("Rien ici.", 404)
        await app(scope, receive, with_headers)


def _is_ours(origin: str | None, host: str | None) -> bool:
    return origin is None or urlsplit(origin).netloc == host or origin in config.get_option("server.corsAllowedOrigins")
