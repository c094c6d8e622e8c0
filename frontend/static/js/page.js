// What every page has: clocks that run, notices that arrive, numbers that count, menus that close,
// and a word when the line is gone.

import "./elements/clock.js";
import "./elements/line-state.js";
import "./elements/menu.js";
import "./elements/notices.js";
import "./elements/notices-count.js";
