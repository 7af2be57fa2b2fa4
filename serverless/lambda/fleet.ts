// lambda/fleet.ts: the environments of all functions: a pool for each version, old ones until they are idle.
// Called by invoke.ts for every invocation and by lambda.ts when a version comes or goes.
import { type EnvironmentView, openEnvironment } from './environment.ts';
import { LambdaError } from './errors.ts';
import type { Emit } from './events.ts';
import type { FunctionVersion } from './functions.ts';
import { startGuard } from './guard.ts';
import { provisionedInitLimitMs } from './limits.ts';
import type { Logs } from './logs.ts';
import { createPool, type Pool } from './pool.ts';

export interface Fleet {
  poolOf(version: FunctionVersion): Pool;
  /** The version gets no more invocations: its environments end as soon as they are idle. */
  retire(version: FunctionVersion): void;
  environmentsOf(functionName: string): EnvironmentView[];
  /** Resolves when no process is left. */
  close(): Promise<void>;
}

export interface FleetOptions {
  readonly idleExpiryMs: number;
  readonly freezes: boolean;
  readonly logs: Logs;
  readonly emit: Emit;
}

export function createFleet({ idleExpiryMs, freezes, logs, emit }: FleetOptions): Fleet {
  const guard = startGuard();
  const pools = new Map<FunctionVersion, Pool>();
  let isClosed = false;

  function start(version: FunctionVersion, initLimitMs: number, isProvisioned: boolean) {
    if (isClosed) throw new LambdaError('ServiceException', 500, 'This Lambda has been closed.');
    return openEnvironment({
      version,
      isProvisioned,
      initLimitMs,
      guard,
      onLine: (line, requestId) => logs.write(version.functionName, line, requestId),
      onChange: (environment) => emit({ kind: 'environment', environment }),
    });
  }

  return {
    poolOf(version) {
      const known = pools.get(version);
      if (known !== undefined) return known;
      const pool = createPool({
        idleExpiryMs,
        freezes,
        provisionedInitLimitMs,
        start: (initLimitMs, isProvisioned) => start(version, initLimitMs, isProvisioned),
      });
      pools.set(version, pool);
      return pool;
    },
    retire: (version) => pools.get(version)?.retire(),
    environmentsOf: (functionName) =>
      [...pools]
        .filter(([version]) => version.functionName === functionName)
        .flatMap(([, pool]) => pool.list()),
    async close() {
      isClosed = true;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      guard.close();
    },
  };
}
