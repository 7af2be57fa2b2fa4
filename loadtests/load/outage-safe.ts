// load/outage-safe.ts: mends autocannon 8.0.0 after a lost response, where it mixes answers up.
// Passed as `setupClient` by capacity.ts; it reaches into internals, so autocannon is pinned.
import type { Socket } from 'node:net';

/** The part of autocannon's client that the repair touches. */
interface ClientInternals {
  _connect: () => void;
  readonly pipelinedRequests: { size(): number; clear(): void };
  readonly parser: Record<number, unknown> & { reinitialize(type: unknown): void };
  readonly conn: Socket;
  readonly destroyed: boolean;
}

/** Where http-parser-js keeps its callbacks, by number, on the class. */
interface ParserClass {
  readonly RESPONSE: unknown;
  readonly kOnHeaders: number;
  readonly kOnHeadersComplete: number;
  readonly kOnBody: number;
  readonly kOnMessageComplete: number;
}

const BACKOFF_MS = 50;

/**
 * Stock autocannon reconnects without forgetting the request that was lost: from then on each
 * answer is credited to an older request (another operation, latency of seconds, no error). A
 * scenario's shots travel in the context and are spared that, but not the missing count. This
 * clears the queue and the half-read answer, and waits a little instead of spinning.
 * @param onLost how many requests will never be answered, 1 or more
 */
export function outageSafe(onLost: (count: number) => void): (client: unknown) => void {
  return (raw) => {
    const client = raw as ClientInternals;
    const connect = client._connect;
    let isFirst = true;
    client._connect = () => {
      if (isFirst) {
        isFirst = false;
        connect.call(client);
        return;
      }
      const lost = client.pipelinedRequests.size();
      client.pipelinedRequests.clear();
      if (lost > 0) onLost(lost);
      abandon(client.conn);
      resetParser(client);
      setTimeout(() => {
        if (!client.destroyed) connect.call(client);
      }, BACKOFF_MS);
    };
  };
}

function abandon(connection: Socket): void {
  for (const event of ['error', 'end', 'data']) connection.removeAllListeners(event);
  connection.on('error', () => {});
  connection.destroy();
}

// Starting the parser afresh forgets the callbacks as well, so they are carried over.
function resetParser({ parser }: ClientInternals): void {
  const parserClass = parser.constructor as unknown as ParserClass;
  const { kOnHeaders, kOnHeadersComplete, kOnBody, kOnMessageComplete } = parserClass;
  const hooks = [kOnHeaders, kOnHeadersComplete, kOnBody, kOnMessageComplete];
  const kept = hooks.map((hook) => parser[hook]);
  parser.reinitialize(parserClass.RESPONSE);
  for (const [index, hook] of hooks.entries()) parser[hook] = kept[index];
}
