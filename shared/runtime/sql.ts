// runtime/sql.ts: the few pieces of SQL text that depend on how many values there are.
// Used by model files; values themselves always travel as parameters.

/** `$1, $2, $3` for `count` values, starting at `$from`. */
export function placeholders(count: number, from = 1): string {
  return Array.from({ length: count }, (_, at) => `$${from + at}`).join(', ');
}

/** `($1, $2), ($3, $4)` for `rows` rows of `width` values. */
export function tuples(rows: number, width: number): string {
  return Array.from({ length: rows }, (_, row) => `(${placeholders(width, row * width + 1)})`).join(
    ', ',
  );
}

/** A LIKE pattern that finds `text` anywhere; its own wildcards are escaped with a backslash. */
export function contains(text: string): string {
  return `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
}
