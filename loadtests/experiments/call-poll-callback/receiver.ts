// call-poll-callback/receiver.ts: a customer's server that is called back, and fails when it is told to.
// Started by rig.ts, in the lab's own process.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '@lab/shared/domain/random.ts';
import { verify } from '@lab/shared/runtime/webhooks/signature.ts';
import { secret } from './law.ts';

export interface Receiver {
  readonly url: string;
  /** From now on; forgets what came before. */
  begin(failing: number, seed: number): void;
  /** When each job was first taken, on the clock of performance.now(). */
  readonly learned: ReadonlyMap<string, number>;
  readonly deliveries: number;
  /** Of jobs that had been taken before, known by their id. */
  readonly repeats: number;
  /** Without our signature; 0 in a sound run. */
  readonly forged: number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const state = { learned: new Map<string, number>(), deliveries: 0, repeats: 0, forged: 0 };
  let failing = 0;
  let random = seededRandom(1);

  function statusFor(id: string): number {
    state.deliveries += 1;
    const draw = random();
    if (draw < failing / 2) return 503;
    if (state.learned.has(id)) state.repeats += 1;
    else state.learned.set(id, performance.now());
    return draw < failing ? 500 : 204;
  }
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const isOurs = verify(request.headers, body, secret, new Date());
    if (!isOurs) state.forged += 1;
    const id = String(request.headers['webhook-id']);
    response.writeHead(isOurs ? statusFor(id) : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/done`;
  return {
    url,
    get learned() {
      return state.learned;
    },
    get deliveries() {
      return state.deliveries;
    },
    get repeats() {
      return state.repeats;
    },
    get forged() {
      return state.forged;
    },
    begin(share, seed) {
      failing = share;
      random = seededRandom(seed);
      Object.assign(state, { learned: new Map(), deliveries: 0, repeats: 0, forged: 0 });
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
