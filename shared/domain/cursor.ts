// domain/cursor.ts: the opaque `cursor` of a listing: where the previous page stopped.
// Every feature with a listing encodes the last id it gave out and decodes what comes back.
import { fingerprint } from './fingerprint.ts';
import { problem } from './problems.ts';

// A new version makes old cursors fail loudly instead of being read as something else.
const version = '1';

/** Text safe in a URL. Opaque, not secret: anyone can read the id inside. */
export function encodeCursor(id: string): string {
  // The check catches a cut or mistyped cursor, which would otherwise page from a wrong place.
  const check = fingerprint(id).slice(0, 8);
  return Buffer.from(`${version}.${check}.${id}`).toString('base64url');
}

/**
 * The id inside a cursor.
 * @throws Problem BAD_CURSOR (400) for anything that encodeCursor did not make
 */
export function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString().split('.').slice(2).join('.');
  // Buffer skips characters that are not base64url; encoding again finds every such liberty.
  if (encodeCursor(id) !== cursor)
    throw problem('badCursor', 'Take the cursor from nextCursor of the page before, unchanged.');
  return id;
}
