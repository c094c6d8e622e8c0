"""A chat room on picows and nothing else: every member gets what one of them sends. Usage: picows_room.py PORT"""

import asyncio
import sys

from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

ROOM: set[WSTransport] = set()


class Member(WSListener):
    def on_ws_connected(self, transport: WSTransport) -> None:
        ROOM.add(transport)
        transport.send(WSMsgType.TEXT, b"welcome")

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            text = frame.get_payload_as_bytes()
            for member in ROOM:
                member.send(WSMsgType.TEXT, text)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        ROOM.discard(transport)


def member(_: WSUpgradeRequest) -> Member:
    return Member()


async def main() -> None:
    server = await ws_create_server(member, "127.0.0.1", int(sys.argv[1]), backlog=1024)
    await server.serve_forever()


asyncio.run(main())
