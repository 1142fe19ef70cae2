"""`shouwen screens`: the streams of the hall's screens, in one small process beside the pages. `serve` starts it."""

from __future__ import annotations

import os
from typing import Any

import uvicorn

from shouwen import asgi
from shouwen.cli.parser import Parser, port
from shouwen.cli.process import small_and_bound

GRACE_SECONDS = 2


def main(argv: list[str]) -> int:
    """Serve streams until SIGTERM or SIGINT; open streams are cut after two seconds, the screens come back by themselves."""
    parser = Parser("screens", "大厅屏的推送;serve 会自动启动它,一般不必单独运行。")
    parser.add_argument("--host", default="127.0.0.1", metavar="地址", help="在哪个地址上听")
    parser.add_argument("--port", type=port, default=os.environ.get("SHOUWEN_SCREENS_PORT") or "8001", metavar="端口")
    arguments = parser.parse_args(argv)
    small_and_bound()
    config = uvicorn.Config(
        asgi.application,
        host=arguments.host,
        port=arguments.port,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    Server(config).run()
    return 0


class Server(uvicorn.Server):
    """Ends the open streams itself, before it waits for them."""

    async def shutdown(self, sockets: Any = None) -> None:
        asgi.screens.end()
        await super().shutdown(sockets)
