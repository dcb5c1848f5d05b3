"""Requests to the Bot API over aiohttp, with failures told apart: surely not sent, or nobody knows."""

from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

CONNECT, READ = 10.0, 20.0  # seconds
KEEP_ALIVE = 10.0  # seconds; shorter than a server's, so that no request meets a connection that is just being closed
CONNECTIONS = 64


class NotSent(NetworkError):
    """The request surely never reached the server."""


class MaybeSent(NetworkError):
    """The request may have been carried out."""


class AiohttpRequest(BaseRequest):
    """python-telegram-bot's seam for HTTP. Errors carry no address: it holds the token."""

    def __init__(self) -> None:
        self.session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ

    async def initialize(self) -> None:
        if self.session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE)
            self.session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self.session is not None:
            await self.session.close()
            self.session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        await self.initialize()
        assert self.session is not None
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_connect=CONNECT, sock_read=seconds(read_timeout))
        try:
            async with self.session.request(method, url, data=body_of(request_data), timeout=timeout) as response:
                payload = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise NotSent("not connected") from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise MaybeSent("connection lost") from None
        if response.status >= 500:
            raise MaybeSent("server fault")
        return response.status, payload


def seconds(timeout: Any) -> float:
    return READ if isinstance(timeout, DefaultValue) or timeout is None else float(timeout)


def body_of(data: RequestData | None) -> Any:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return form
