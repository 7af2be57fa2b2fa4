// report/markdown-table.ts: tables and text that GitHub draws as written, whatever the text contains.
// Used by markdown-twin.ts.

/** Names come from outside: none may open a tag, a link, a cell or a code span. */
export function escapedMarkdown(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
    .replace(/[\\`*_[\]|#~]/g, '\\$&');
}

/** Every row gets as many cells as the head. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) =>
    `| ${head.map((_, at) => escapedMarkdown(cells[at] ?? '')).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}
