"""The codes by which the server closes a WebSocket: RFC 6455, 7.4.1, and from 4000 on its own (7.4.2)."""

SIGN_IN = 4401
IDLE = 4408
TOO_SLOW = 4413
TOO_FAST = 4429
TOO_MANY = 4430
GOING_AWAY = 4503
ABNORMAL = 1006  # never sent: the connection ended without a close frame
