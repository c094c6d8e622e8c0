// What every page loads: running clocks, the status of the socket, unread counts, toasts, menus.

import "./elements/clock.js";
import "./elements/connection-status.js";
import "./elements/count.js";
import "./elements/notices.js";
import "./lib/menu.js";
