// targets/steady-requests.ts: a few customers who ask one address again and again, and count losses.
// Called by the tests of replicas, clusters and deployments.
import { Agent, request } from 'undici';

/** A request that nobody answers is lost after this; every real answer comes within a second. */
const PATIENCE_MS = 10_000;

export interface Steady {
  /** Requests that were not answered with 200, oldest first: the status or the error's code. */
  readonly lost: readonly string[];
  /** Answered with 200 so far. */
  answered(): number;
  /** Resolves when as many more have been answered. */
  more(count: number): Promise<void>;
  /** Resolves when nothing is under way any more; may be called again. */
  stop(): Promise<void>;
}

/** Each customer sends the next request when the last is answered, over connections kept alive. */
export function askSteadily(
  url: string,
  customers: number,
  headers: Readonly<Record<string, string>> = {},
): Steady {
  const dispatcher = new Agent({ headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
  const lost: string[] = [];
  let answered = 0;
  let stopped = false;
  const customer = async () => {
    while (!stopped) {
      const said = await statusOf(url, { dispatcher, headers });
      if (said === '200') answered += 1;
      else lost.push(said);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const all = Array.from({ length: customers }, customer);
  return {
    lost,
    answered: () => answered,
    async more(count) {
      const enough = answered + count;
      while (answered < enough) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async stop() {
      stopped = true;
      await Promise.all(all);
      if (!dispatcher.closed) await dispatcher.close();
    },
  };
}

async function statusOf(
  url: string,
  options: { dispatcher: Agent; headers: Readonly<Record<string, string>> },
): Promise<string> {
  try {
    const { statusCode, body } = await request(url, options);
    await body.dump();
    return String(statusCode);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
