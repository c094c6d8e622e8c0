// The page's sentences in the reader's language, and its dates, clock times and numbers as that language writes them.

/** @type {"en" | "zh-hans" | "ur"} */
export const language = (() => {
  const tag = document.documentElement.lang.toLowerCase();
  return tag.startsWith("zh") ? "zh-hans" : tag.startsWith("ur") ? "ur" : "en";
})();

export const isRightToLeft = language === "ur";

const LOCALE = { en: "en-GB-u-nu-latn", "zh-hans": "zh-CN-u-nu-latn", ur: "ur-PK-u-nu-latn" }[language];
const FALLBACK = { en: ["zh-hans", "ur"], "zh-hans": ["en", "ur"], ur: ["en", "zh-hans"] }[language];
const LOADED_WITHIN = 4000; // milliseconds; after that the page goes on in English

/** @type {Record<string, string | string[]>} */
const sentences = language === "en" ? {} : await load();

async function load() {
  try {
    const path = `/language/sentences/${language}.json`;
    const response = await fetch(path, { signal: AbortSignal.timeout(LOADED_WITHIN) });
    return response.ok ? await response.json() : {};
  } catch {
    return {}; // the page works in English
  }
}

/** @typedef {Record<string, string | number | string[]>} Values */

/**
 * A sentence in the reader's language; `%(name)s` is filled from `values`, a list of names by all of them.
 * @param {string} sentence
 * @param {Values} [values]
 */
export function t(sentence, values) {
  const translation = sentences[sentence];
  return fill((Array.isArray(translation) ? translation[0] : translation) || sentence, values);
}

/**
 * A sentence that depends on a number, which it may contain as `%(count)s`.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Values} [values]
 */
export function tn(one, many, count, values) {
  const translations = sentences[one];
  const forms = Array.isArray(translations) ? translations : [one, many];
  const form = forms.length === 1 || count === 1 ? forms[0] : forms[1];
  return fill(form || (count === 1 ? one : many), { count, ...values });
}

/**
 * @param {string} sentence
 * @param {Values | undefined} values
 */
function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s|%%/g, (whole, name) => {
    const value = values?.[name] ?? whole;
    return whole === "%%" ? "%" : Array.isArray(value) ? joined(value) : isolate(String(value));
  });
}

/**
 * Isolates a value that would reorder the sentence around it; marks in it that could end this early are dropped.
 * fairplatform/i18n/text.py does the same for names, and isolates digits, too.
 * @param {string} value
 */
function isolate(value) {
  const words = value.replace(/[\u2066-\u2069]/g, "");
  const reordering = isRightToLeft ? /[A-Za-z\u4e00-\u9fff\u202a-\u202e]/ : /[\u0590-\u08ff\ufb1d-\ufefc\u202a-\u202e]/;
  return reordering.test(words) ? `\u2068${words}\u2069` : words;
}

/**
 * A text that is stored in several languages, in the reader's or the next in order of preference.
 * @param {Record<string, string> | null | undefined} texts
 * @returns {string}
 */
export function inLanguage(texts) {
  const code = [language, ...FALLBACK].find((candidate) => texts?.[candidate]);
  return (code && texts?.[code]) || "";
}

const LETTERS = /** @type {[string, RegExp, number][]} */ ([
  ["ur", /[\u0600-\u06ff\u0750-\u077f]/g, 1],
  ["zh-Hans", /[\u3400-\u9fff]/g, 3],
  ["en", /[A-Za-z]/g, 1],
]);

/**
 * The value of `lang` for what people have written, by the script that most of it is in; null where there are no letters.
 * fairplatform/i18n/text.py has the same rule.
 * @param {string} words
 */
export function languageOf(words) {
  const weights = LETTERS.map(([code, letters, weight]) => ({ code, weight: weight * (words.match(letters)?.length ?? 0) }));
  const likeliest = weights.reduce((best, one) => (one.weight > best.weight ? one : best));
  return likeliest.weight ? likeliest.code : null;
}

/** Several names in one line, each isolated. @param {string[]} names */
export function joined(names) {
  return names.map(isolate).join(" · ");
}

/**
 * The time zones that the reader uses with their names, their own first: the page states them. Without any, that of the
 * browser.
 * @type {[zone: string | undefined, name: string][]}
 */
const zones = JSON.parse(document.documentElement.dataset.clocks || "[]");
const [[homeZone] = [undefined]] = zones;

const PARTS_OF_DAY = /** @type {[number, string][]} */ ([
  [4, "رات"],
  [12, "صبح"],
  [15, "دوپہر"],
  [18, "سہ پہر"],
  [20, "شام"],
  [24, "رات"],
]);

/**
 * Hours and minutes on the clock of a zone: 24-hour in English and Chinese, with the part of the day in Urdu.
 * @param {Date | string | number} at
 */
export function clock(at, zone = homeZone) {
  const parts = new Intl.DateTimeFormat("en-GB-u-nu-latn", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(at));
  if (language !== "ur") {
    return parts;
  }
  const hour = Number(parts.slice(0, 2));
  const part = PARTS_OF_DAY.find(([until]) => hour < until)?.[1];
  return `${part} ${((hour + 11) % 12) + 1}:${parts.slice(3)} بجے`;
}

/**
 * The instant on the reader's own clock and the others: `11:30 Pakistan time · 14:30 Beijing time`.
 * @param {Date | string | number} at
 */
export function clocks(at) {
  return differentZones(at)
    .map(([zone, name]) => (name ? t("%(clock)s %(zone)s", { clock: clock(at, zone), zone: name }) : clock(at, zone)))
    .join(" · ");
}

/**
 * When something was sent, in short: the time on the reader's own clock, the other country's in brackets.
 * @param {string} at
 */
export function stamp(at) {
  const span = document.createElement("span");
  span.className = "stamp";
  const [here, ...others] = differentZones(at).map(([zone]) => {
    const time = document.createElement("time");
    time.dateTime = new Date(at).toISOString();
    time.title = clocks(at);
    time.textContent = clock(at, zone);
    return time;
  });
  span.append(here, ...others.flatMap((time, n) => [n ? " · " : " (", time]), others.length ? ")" : "");
  return span;
}

/** The zones whose clocks show different times at this instant, the reader's own first. @param {Date | string | number} at */
function differentZones(at) {
  /** @param {string | undefined} zone */
  const wall = (zone) => new Date(at).toLocaleString("en-GB", { timeZone: zone });
  const every = zones.length ? zones : [/** @type {[undefined, string]} */ ([undefined, ""])];
  return every.filter(([zone], place) => every.findIndex(([other]) => wall(other) === wall(zone)) === place);
}

/**
 * A date with its weekday: `Fri 15 May`, `5月15日（周五）`, `جمعہ، 15 مئی`.
 * @param {Date | string | number} at
 */
export function day(at, zone = homeZone) {
  /** @param {Intl.DateTimeFormatOptions} options */
  const format = (options) => new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options }).format(new Date(at));
  if (language === "zh-hans") {
    return `${format({ month: "long", day: "numeric" })}（${format({ weekday: "short" })}）`;
  }
  const date = format({ day: "numeric", month: language === "ur" ? "long" : "short" });
  return language === "ur" ? `${format({ weekday: "long" })}، ${date}` : `${format({ weekday: "short" })} ${date}`;
}

/** Whether both are on the same day of the reader's own place. @param {Date | string | number} a @param {Date | string | number} b */
export function isSameDay(a, b) {
  const dates = new Intl.DateTimeFormat("en-CA", { timeZone: homeZone });
  return dates.format(new Date(a)) === dates.format(new Date(b));
}

/** The number as the reader writes it, with Western digits. @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(LOCALE).format(value);
}
