// runtime/replicas.ts: one service behind several addresses: who is asked next, and who is left out.
// Used by http-client.ts and by the gateway. One address costs nothing: it is undici's own pool.

import { OUT_MS } from './backoff.ts';
import { DecoratorHandler, Dispatcher, Pool } from './undici.ts';

/** The pools behind a service; `dispatcher` chooses among them. */
export interface Upstream {
  readonly dispatcher: Dispatcher;
  /** In the order of the addresses, for what every single one must be asked or told. */
  readonly pools: readonly Pool[];
  close(): Promise<void>;
}

/**
 * @param urls at least one; several are replicas of one service. The replica with the fewest
 *   requests under way is asked; what never reached a replica goes to another one, and nothing
 *   else is ever sent twice
 */
export function createUpstream(urls: readonly string[], options: Pool.Options): Upstream {
  const pools = urls.map((url) => new Pool(url, options));
  const [only] = pools;
  if (only === undefined) throw new Error('a service needs an address');
  return {
    dispatcher: pools.length === 1 ? only : new Balancer(pools),
    pools,
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

interface Replica {
  readonly pool: Pool;
  inFlight: number;
  /** On the clock of performance.now(). */
  outUntilMs: number;
}

type Request = Dispatcher.DispatchOptions;

class Balancer extends Dispatcher {
  readonly #replicas: readonly Replica[];
  #turn = 0;

  constructor(pools: readonly Pool[]) {
    super();
    this.#replicas = pools.map((pool) => ({ pool, inFlight: 0, outUntilMs: 0 }));
  }

  override dispatch(request: Request, handler: Dispatcher.DispatchHandler): boolean {
    return this.#ask(request, handler, []);
  }

  #ask(request: Request, handler: Dispatcher.DispatchHandler, refusedBy: readonly Replica[]) {
    const replica = this.#next(refusedBy);
    const again = () => {
      const refused = [...refusedBy, replica];
      if (refused.length === this.#replicas.length) return false;
      this.#ask(request, handler, refused);
      return true;
    };
    replica.inFlight += 1;
    return replica.pool.dispatch(request, watched(handler, replica, again));
  }

  /** Those that are out are asked only when nobody else is left: they may be back. */
  #next(refusedBy: readonly Replica[]): Replica {
    this.#turn += 1;
    const nowMs = performance.now();
    let best: Replica | undefined;
    for (let step = 0; step < this.#replicas.length; step += 1) {
      const one = this.#replicas[(this.#turn + step) % this.#replicas.length] as Replica;
      if (refusedBy.includes(one)) continue;
      if (best === undefined || preferred(one, best, nowMs)) best = one;
    }
    return best as Replica;
  }
}

function preferred(one: Replica, other: Replica, nowMs: number): boolean {
  const [oneIsOut, otherIsOut] = [one.outUntilMs > nowMs, other.outUntilMs > nowMs];
  return oneIsOut === otherIsOut ? one.inFlight < other.inFlight : otherIsOut;
}

/** Sees how a request ends at its replica, and passes everything on. */
function watched(
  handler: Dispatcher.DispatchHandler,
  replica: Replica,
  again: () => boolean,
): Dispatcher.DispatchHandler {
  // undici has two kinds of handlers; its decorator takes either and speaks the newer language.
  const inner = new DecoratorHandler(handler) as Required<Dispatcher.DispatchHandler>;
  return {
    onRequestStart: (...started) => inner.onRequestStart(...started),
    onResponseStart(controller, status, headers, text) {
      // A server that is about to stop says so on its last answers.
      if (headers.connection === 'close') leaveOut(replica);
      inner.onResponseStart(controller, status, headers, text);
    },
    onResponseData: (...data) => inner.onResponseData(...data),
    onResponseEnd(...ended) {
      replica.inFlight -= 1;
      inner.onResponseEnd(...ended);
    },
    onResponseError(controller, error) {
      replica.inFlight -= 1;
      const { code = '' } = error as NodeJS.ErrnoException;
      if (BROKEN.has(code)) leaveOut(replica);
      if (!UNSENT.has(code) || !again()) inner.onResponseError(controller, error);
    },
  };
}

/** Nobody is there, so not a byte was sent. A container that is away has no name and no address. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const BROKEN = new Set([...UNSENT, 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

function leaveOut(replica: Replica): void {
  replica.outUntilMs = performance.now() + OUT_MS;
}
