// report/markup.ts: HTML and SVG from template literals, in which everything from outside is escaped.
// Used by every part of the page; only what `markup` itself made goes in unescaped.

/** Finished HTML; only markup() and trusted() make it. */
export interface Markup {
  readonly html: string;
}

export type Part = Markup | string | number | null | readonly Part[];

/**
 * Escapes every value that is not Markup, in text and in quoted attributes; null prints nothing.
 * The indentation of the template is left out, so that it may follow that of the code.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const pieces = strings.map(
    (text, index) => text.replace(/\n\s+/g, '\n') + render(values[index] ?? null),
  );
  return { html: pieces.join('') };
}

/** Words for those who do not see the sign beside them. */
export function unseen(text: string): Markup {
  return markup`<span class="unseen">${text}</span>`;
}

/** For text written in this folder (style sheets), never for anything from a result. */
export function trusted(html: string): Markup {
  return { html };
}

/** JSON inside a script element: `</script>` in a string must not end it. */
export function embeddedJson(value: unknown): Markup {
  return { html: JSON.stringify(value).replaceAll('<', '\\u003c') };
}

function render(part: Part): string {
  if (part === null) return '';
  if (isList(part)) return part.map(render).join('');
  return typeof part === 'object' ? part.html : escaped(String(part));
}

// Array.isArray does not narrow a readonly array out of a union.
function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
