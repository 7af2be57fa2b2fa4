// lambda/http-io.ts: reading a body up to a limit, and answering with JSON.
// Called by runtime-api.ts and api-server.ts.
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Body {
  /** Empty when it was longer than the limit. */
  readonly body: Buffer;
  /** How many came, even of a body that was dropped. */
  readonly bytes: number;
}

/**
 * Reads to the end: a client that still writes would not see an early answer.
 * Never resolves when the client goes away; nobody waits for the answer then.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => resolve({ body: Buffer.concat(chunks), bytes }));
  });
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response
    .writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(text);
}
