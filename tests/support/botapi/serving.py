"""The HTTP side: reads a call, lets an ordered fault have its way, answers in JSON."""

import asyncio
import inspect
import json
from typing import Any

from aiohttp import web

from tests.support.botapi.args import Args, Upload
from tests.support.botapi.faults import Fault
from tests.support.botapi.methods import BY_LOWER_NAME, METHODS
from tests.support.botapi.refusal import Refusal, too_many
from tests.support.botapi.world import World

BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>nginx</center></body>\r\n</html>\r\n"
LARGEST = 60 * 2**20  # bytes of a request


class Web:
    """The routes of one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/file/bot{token:[^/]*}/{path:.+}", self.download),
            web.get("/bot{token:[^/]*}/{method}", self.call),
            web.post("/bot{token:[^/]*}/{method}", self.call),
        ]

    async def download(self, request: web.Request) -> web.StreamResponse:
        file = next((file for file in self.world.files.values() if file.path == request.match_info["path"]), None)
        if request.match_info["token"] != self.world.token or file is None:
            return refused(Refusal(404, "Not Found"))
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def call(self, request: web.Request) -> web.StreamResponse:
        try:
            method = self.method_of(request)
            args = await read(request)
            fault = self.world.faults.next(method, args.text("chat_id")) if self.world.faults.ordered else None
            if fault is not None:
                return await self.faulty(request, method, args, fault)
            if self.world.latency:
                return await self.far_away(method, args)
            return answer(await self.run(method, args))
        except Refusal as no:
            return refused(no)

    async def far_away(self, method: str, args: Args) -> web.StreamResponse:
        await asyncio.sleep(self.world.latency / 2)
        said = answer(await self.run(method, args))
        await asyncio.sleep(self.world.latency / 2)
        return said

    def method_of(self, request: web.Request) -> str:
        token = request.match_info["token"]
        if ":" not in token:
            raise Refusal(404, "Not Found")
        if token != self.world.token:
            raise Refusal(401, "Unauthorized")
        method = BY_LOWER_NAME.get(request.match_info["method"].casefold())
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        return method

    async def run(self, method: str, args: Args) -> Any:
        self.world.calls.append(method)
        result = METHODS[method](self.world, args)
        if inspect.isawaitable(result):
            result = await result
        self.world.proof(method, result)
        self.world.note()
        return result

    async def faulty(self, request: web.Request, method: str, args: Args, fault: Fault) -> web.StreamResponse:
        self.world.note()
        result = await self.run(method, args) if fault.done else None
        match fault.kind:
            case "late":
                await asyncio.sleep(fault.seconds)
                return answer(result)
            case "hang":
                await asyncio.Event().wait()
            case "cut":
                if request.transport is not None:
                    request.transport.abort()
            case "flood":
                raise too_many(int(fault.seconds))
            case "garbage":
                return web.Response(body=fault.body, status=fault.code, content_type="application/json")
            case "refuse":
                raise Refusal(fault.code, fault.body.decode())
        return web.Response(text=BAD_GATEWAY, status=502, content_type="text/html")


async def read(request: web.Request) -> Args:
    values = dict(request.query)
    kind = request.content_type
    if not request.can_read_body:
        return Args(values)
    if kind == "application/json":
        body = json.loads(await request.text() or "{}")
        if not isinstance(body, dict):
            raise Refusal(400, "can't parse JSON object")
        return Args(values | {name: given if isinstance(given, str) else json.dumps(given) for name, given in body.items()})
    uploads: dict[str, Upload] = {}
    for name, given in (await request.post()).items():
        if isinstance(given, web.FileField):
            uploads[name] = Upload(given.filename, given.content_type, given.file.read())
        else:
            values[name] = str(given)
    return Args(values, uploads)


def answer(result: Any) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")


def refused(no: Refusal) -> web.Response:
    return web.Response(body=json.dumps(no.body).encode(), status=no.code, content_type="application/json")


def application(world: World) -> web.Application:
    app = web.Application(client_max_size=LARGEST)
    app.add_routes(Web(world).routes())
    return app
