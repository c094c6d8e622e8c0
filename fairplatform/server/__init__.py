"""The web server: Daphne, and everything this program changes in Daphne, Twisted and autobahn.

Each change is kept for a row of `make bench`, or for a limit that a test holds:

`frames`
- frames go to the operating system past Twisted: row "fan-out: CPU by copy"
- no frame follows the close frame: tests/realtime/test_frames.py
`http_limits`
- a body has at most 8 MiB: tests/servers/test_body_limit.py
- a request may not arrive byte by byte: tests/abuse/test_half_open.py
- what the server itself responds (400, 413, 500, 503) is a page in the reader's language; overrides Twisted's private
  `_respondToBadRequestAndDisconnect`: tests/servers/test_connections.py
- a response that breaks in the middle is cut off: tests/servers/test_connections.py
- an upgraded request is released: row "idle connection: memory" (4 KiB)
`websocket_limits`
- floods of frames end their connection: tests/servers/test_limits.py
- a closed connection is released at once, with what it had not sent: tests/servers/test_connections.py
- headers are released after the handshake, settings are not copied to each socket:
  row "idle connection: memory" (2 KiB each)
- no coloured log lines: row "join with a conversation: CPU" (0.2 ms)
`web_server`
- a message that is too large is closed with 1009: tests/servers/test_limits.py
- no pings: a setting of Daphne's, for the application's heartbeats notice dead connections already
- the operating system queues 1,024 new connections: tests/servers/test_accept_queue.py
- no header chooses the prefix of links: tests/servers/test_root_path.py
- requests under way get their responses before the process ends: tests/stack/test_sockets.py
"""
