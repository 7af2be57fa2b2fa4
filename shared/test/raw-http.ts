// test/raw-http.ts: sends bytes as they are, for requests that no proper client would send.
// Called by differential.test.ts; a request is one connection.
import { once } from 'node:events';
import { connect } from 'node:net';

/** What came back, as far as it can be compared. */
export interface RawAnswer {
  status: number;
  /** By lower-case name; a header sent twice is joined with a comma. */
  headers: Record<string, string>;
  body: string;
}

/** No request here takes a second; a connection that stays silent this long has no answer. */
const SILENCE_MS = 5000;
const CHUNK_BYTES = 16_384;

/** The bytes of a request; `host` and `connection` are added. */
export function requestBytes(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): Buffer {
  const bytes = Buffer.from(body);
  const chunked = 'transfer-encoding' in headers;
  const all = {
    host: 'shop',
    connection: 'close',
    ...(bytes.length > 0 && !chunked && { 'content-length': String(bytes.length) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  return Buffer.concat([head, chunked ? inChunks(bytes) : bytes]);
}

/** A body in HTTP/1.1 chunks, so that nobody knows its length beforehand. */
function inChunks(bytes: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const piece = bytes.subarray(at, at + CHUNK_BYTES);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}

/** Sends the bytes and reads until the server closes. @returns status 0 when it only hung up */
export async function sendRaw(baseUrl: string, bytes: Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on('data', (chunk) => received.push(chunk));
  // A server that has refused a large body need not read it: what it said before counts.
  socket.on('error', () => {});
  socket.setTimeout(SILENCE_MS, () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close').catch(() => {});
  return parse(Buffer.concat(received), bytes.subarray(0, 5).toString() === 'HEAD ');
}

function parse(bytes: Buffer, bodyless: boolean): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  if (end < 0 || !Number.isInteger(status)) return { status: 0, headers: {}, body: '' };
  // An interim answer (100 Continue) is followed by the real one.
  if (status < 200) return parse(bytes.subarray(end + 4), bodyless);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    const known = headers[name.toLowerCase()];
    headers[name.toLowerCase()] = known === undefined ? value : `${known}, ${value}`;
  }
  const rest = bytes.subarray(end + 4);
  const body = headers['transfer-encoding'] === 'chunked' && !bodyless ? joined(rest) : rest;
  return { status, headers, body: body.toString() };
}

function joined(chunks: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = chunks.indexOf('\r\n', at);
    const size = Number.parseInt(chunks.subarray(at, lineEnd).toString(), 16);
    if (lineEnd < 0 || !(size > 0)) return Buffer.concat(pieces);
    pieces.push(chunks.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
