// The page's own sentences in the reader's language, and how its dates and clocks are written.

/** @type {"en" | "zh-hans" | "ur"} */
export const language = (() => {
  const wanted = document.documentElement.lang.toLowerCase();
  return wanted.startsWith("zh") ? "zh-hans" : wanted.startsWith("ur") ? "ur" : "en";
})();

export const isRightToLeft = language === "ur";

const LOCALE = { en: "en-GB-u-nu-latn", "zh-hans": "zh-CN-u-nu-latn", ur: "ur-PK-u-nu-latn" }[language];
const FALLBACK = { en: ["zh-hans", "ur"], "zh-hans": ["en", "ur"], ur: ["en", "zh-hans"] }[language];
const LONGEST_WAIT = 4000;

/** @type {Record<string, string | string[]>} */
const sentences = language === "en" ? {} : await load();

async function load() {
  try {
    const path = `/language/sentences/${language}.json`;
    const answer = await fetch(path, { signal: AbortSignal.timeout(LONGEST_WAIT) });
    return answer.ok ? await answer.json() : {};
  } catch {
    return {}; // English is better than a page that does not work
  }
}

/**
 * A sentence in the reader's language; `%(name)s` is filled from `values`.
 * @param {string} sentence
 * @param {Record<string, string | number>} [values]
 */
export function t(sentence, values) {
  const found = sentences[sentence];
  return fill((Array.isArray(found) ? found[0] : found) || sentence, values);
}

/**
 * A sentence that depends on a number, which it may say as `%(count)s`.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export function tn(one, many, count, values) {
  const found = sentences[one];
  const forms = Array.isArray(found) ? found : [one, many];
  const form = forms.length === 1 || count === 1 ? forms[0] : forms[1];
  return fill(form || (count === 1 ? one : many), { count, ...values });
}

/**
 * @param {string} sentence
 * @param {Record<string, string | number> | undefined} values
 */
function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s|%%/g, (whole, name) =>
    whole === "%%" ? "%" : isolate(String(values?.[name] ?? whole)),
  );
}

/** A name of the other writing direction must not turn the sentence around it. @param {string} value */
function isolate(value) {
  const foreign = isRightToLeft ? /[A-Za-z\u4e00-\u9fff]/ : /[\u0590-\u08ff\ufb1d-\ufefc]/;
  return foreign.test(value) ? `\u2068${value}\u2069` : value;
}

/**
 * A text that is kept in several languages, in the reader's or the nearest one.
 * @param {Record<string, string> | null | undefined} texts
 * @returns {string}
 */
export function inLanguage(texts) {
  const code = [language, ...FALLBACK].find((wanted) => texts?.[wanted]);
  return (code && texts?.[code]) || "";
}

const LETTERS = /** @type {[string, RegExp, number][]} */ ([
  ["ur", /[\u0600-\u06ff\u0750-\u077f]/g, 1],
  ["zh-Hans", /[\u3400-\u9fff]/g, 3],
  ["en", /[A-Za-z]/g, 1],
]);

/**
 * The language of other people's words for `lang`, by the script most of them are in; null where there are no letters.
 * fairplatform/i18n/text.py guesses alike.
 * @param {string} words
 */
export function languageOf(words) {
  const weights = LETTERS.map(([code, letters, weight]) => ({ code, weight: weight * (words.match(letters)?.length ?? 0) }));
  const likeliest = weights.reduce((best, one) => (one.weight > best.weight ? one : best));
  return likeliest.weight ? likeliest.code : null;
}

/** Several names or sentences in one line, in any script. @param {string[]} words */
export function joined(words) {
  return words.join(" · ");
}

const ZONES = { CN: "Asia/Shanghai", PK: "Asia/Karachi" };
/** @typedef {keyof typeof ZONES} Country */

/** The country whose clock the reader lives by. @returns {Country} */
export function homeCountry() {
  return document.documentElement.dataset.country === "CN" ? "CN" : "PK";
}

/** @param {Country} country */
export function zoneName(country) {
  return country === "CN" ? t("Beijing time") : t("Pakistan time");
}

const PARTS_OF_DAY = /** @type {[number, string][]} */ ([
  [4, "رات"],
  [12, "صبح"],
  [15, "دوپہر"],
  [18, "سہ پہر"],
  [20, "شام"],
  [24, "رات"],
]);

/**
 * Hours and minutes on one country's clock: 24-hour in English and Chinese, with the part of the day in Urdu.
 * @param {Date | string | number} at
 * @param {Country} [country]
 */
export function clock(at, country = homeCountry()) {
  const parts = new Intl.DateTimeFormat("en-GB-u-nu-latn", {
    timeZone: ZONES[country],
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
 * The instant on both countries' clocks, the reader's own first: `11:30 Pakistan time · 14:30 Beijing time`.
 * @param {Date | string | number} at
 */
export function clocks(at) {
  return countries()
    .map((country) => t("%(clock)s %(zone)s", { clock: clock(at, country), zone: zoneName(country) }))
    .join(" · ");
}

/**
 * When something came: in little room, the reader's own clock and the other in brackets.
 * @param {string} at
 */
export function stamp(at) {
  const span = document.createElement("span");
  span.className = "stamp";
  const [here, there] = countries().map((country) => {
    const time = document.createElement("time");
    time.dateTime = new Date(at).toISOString();
    time.title = clocks(at);
    time.textContent = clock(at, country);
    return time;
  });
  span.append(here, " (", there, ")");
  return span;
}

/** The reader's own, then the other. @returns {Country[]} */
function countries() {
  return homeCountry() === "CN" ? ["CN", "PK"] : ["PK", "CN"];
}

/**
 * A date with its weekday: `Fri 15 May`, `5月15日（周五）`, `جمعہ، 15 مئی`.
 * @param {Date | string | number} at
 * @param {Country} [country]
 */
export function day(at, country = homeCountry()) {
  /** @param {Intl.DateTimeFormatOptions} options */
  const say = (options) => new Intl.DateTimeFormat(LOCALE, { timeZone: ZONES[country], ...options }).format(new Date(at));
  if (language === "zh-hans") {
    return `${say({ month: "long", day: "numeric" })}（${say({ weekday: "short" })}）`;
  }
  const date = say({ day: "numeric", month: language === "ur" ? "long" : "short" });
  return language === "ur" ? `${say({ weekday: "long" })}، ${date}` : `${say({ weekday: "short" })} ${date}`;
}

/** The same day on that country's calendar? @param {Date | string | number} a @param {Date | string | number} b */
export function isSameDay(a, b, country = homeCountry()) {
  const say = new Intl.DateTimeFormat("en-CA", { timeZone: ZONES[country] });
  return say.format(new Date(a)) === say.format(new Date(b));
}

/** The number as the reader writes it, with Western digits. @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(LOCALE).format(value);
}
