// Elements of the page: making one, finding one, changing its text.

/**
 * An element with its attributes (null leaves one out) and its children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | null>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** A symbol of img/icons.svg, like the template tag `icon`. @param {string} name @param {string} [extra] classes */
export function icon(name, extra = "") {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", `icon ${extra}`.trim());
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `${new URL("../../img/icons.svg", import.meta.url).pathname}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * An element that the page's template always has.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!(element instanceof HTMLElement)) {
    throw new Error(`no ${selector}`);
  }
  return element;
}

/**
 * Writes only a text that has changed: a screen reader reads aloud each time a live region is written.
 * @param {Element | null} element nothing is written where there is none
 * @param {string} text
 */
export function setText(element, text) {
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * The value of the nearest `data-action` around what was pressed: what a button of the page's template does.
 * @param {Event} event
 */
export function actionOf(event) {
  const target = event.target instanceof Element ? event.target : null;
  return target?.closest("[data-action]")?.getAttribute("data-action") ?? "";
}
