// lambda/pool.ts: the environments of one version: reused, frozen, kept ready and ended when idle.
// Made by fleet.ts, one for each version; invocation.ts takes from it and gives back.
import type { Environment, EnvironmentView } from './environment.ts';

export interface Pool {
  /** An idle environment: a provisioned one first, else the one that was used last. */
  take(): Environment | undefined;
  /** Starts one for the caller, who gives it back once its init has succeeded. */
  open(initLimitMs: number): Promise<Environment>;
  /** Freezes it until it is taken again; after `idleExpiryMs` it is ended. */
  giveBack(environment: Environment): void;
  /** Resolves when so many are initialised; too many are ended. One that fails is not replaced. */
  provision(count: number): Promise<void>;
  /** How many provisioned ones are initialised and alive. */
  provisioned(): number;
  list(): EnvironmentView[];
  /** Ends the idle ones now, the busy ones when they are given back. */
  retire(): void;
  /** Ends all. Resolves when every process is gone. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly idleExpiryMs: number;
  readonly freezes: boolean;
  readonly provisionedInitLimitMs: number;
  readonly start: (initLimitMs: number, isProvisioned: boolean) => Promise<Environment>;
}

export function createPool(options: PoolOptions): Pool {
  const all = new Set<Environment>();
  /** In the order of their last use: surplus ones lie at the front and age. */
  let idle: Environment[] = [];
  const expiries = new Map<Environment, NodeJS.Timeout>();
  let wantedProvisioned = 0;
  const starting = new Set<Promise<Environment>>();
  let isRetired = false;
  let isClosed = false;

  async function start(initLimitMs: number, isProvisioned: boolean): Promise<Environment> {
    const opening = options.start(initLimitMs, isProvisioned);
    starting.add(opening);
    const environment = await opening.finally(() => starting.delete(opening));
    all.add(environment);
    if (isClosed) environment.end();
    void environment.gone.then(() => {
      remove(environment);
      all.delete(environment);
    });
    return environment;
  }
  function remove(environment: Environment): void {
    clearTimeout(expiries.get(environment));
    expiries.delete(environment);
    idle = idle.filter((one) => one !== environment);
  }
  function end(environment: Environment): void {
    remove(environment);
    environment.end();
  }
  const provisionedOnes = () => [...all].filter((one) => one.isProvisioned && isAlive(one));
  const isAlive = (one: Environment) => one.view().state !== 'ended';

  async function startProvisioned(): Promise<void> {
    // One that cannot even be started shows as a status that never becomes READY.
    const environment = await start(options.provisionedInitLimitMs, true).catch(() => undefined);
    if (environment === undefined || (await environment.initialised).kind !== 'ready') return;
    // An invocation may have ended it: AWS, too, puts a new one in its place.
    void environment.gone.then(replaceProvisioned);
    giveBack(environment);
  }
  function replaceProvisioned(): void {
    if (!isRetired && provisionedOnes().length < wantedProvisioned) void startProvisioned();
  }
  function giveBack(environment: Environment): void {
    if (!isAlive(environment)) return;
    const isSurplus = environment.isProvisioned && provisionedOnes().length > wantedProvisioned;
    if (isRetired || isSurplus) end(environment);
    else rest(environment);
  }
  function rest(environment: Environment): void {
    idle.push(environment);
    if (options.freezes) environment.freeze();
    if (environment.isProvisioned) return;
    const expiry = setTimeout(() => end(environment), options.idleExpiryMs);
    expiries.set(environment, expiry);
  }
  function retire(): void {
    isRetired = true;
    for (const environment of idle) end(environment);
  }

  return {
    take() {
      const environment = idle.findLast((one) => one.isProvisioned) ?? idle.at(-1);
      if (environment !== undefined) remove(environment);
      return environment;
    },
    open: (initLimitMs) => start(initLimitMs, false),
    giveBack,
    async provision(count) {
      wantedProvisioned = count;
      const surplus = idle.filter((one) => one.isProvisioned);
      while (provisionedOnes().length > count && surplus.length > 0)
        end(surplus.pop() as Environment);
      const missing = Math.max(0, count - provisionedOnes().length);
      await Promise.all(Array.from({ length: missing }, startProvisioned));
    },
    provisioned: () => provisionedOnes().filter((one) => one.view().state !== 'init').length,
    list: () => [...all].map((one) => one.view()),
    retire,
    async close() {
      isClosed = true;
      retire();
      for (const environment of all) end(environment);
      await Promise.allSettled(starting);
      await Promise.all([...all].map((one) => one.gone));
    },
  };
}
