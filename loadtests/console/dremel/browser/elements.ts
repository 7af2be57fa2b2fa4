// browser/elements.ts: elements made from words, so that nothing of a record is ever read as HTML.
// Used by everything in this folder.

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** @param attributes undefined leaves one out */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

export function drawn<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<One extends Element>(
  one: One,
  attributes: Attributes,
  children: readonly (Node | string)[],
): One {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) one.setAttribute(name, String(value));
  one.append(...children);
  return one;
}

/** `1,234`, the same whatever the reader's language. */
export const whole = (value: number): string => value.toLocaleString('en-GB');

/** Scrolls the pane alone, never the page, until what it holds is in its middle. */
export function centre(pane: HTMLElement, inside: HTMLElement): void {
  const from = pane.getBoundingClientRect();
  const box = inside.getBoundingClientRect();
  pane.scrollTop += box.top - from.top - (pane.clientHeight - box.height) / 2;
}
