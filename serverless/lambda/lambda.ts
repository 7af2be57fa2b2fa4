// lambda/lambda.ts: a Lambda service on this machine: functions as processes, an API for the AWS SDK.
// Started by whoever deploys functions, and by the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer } from './api-server.ts';
import { type AsyncDelays, awsDelays, createAsyncInvoke } from './async-invoke.ts';
import { createConcurrency } from './concurrency.ts';
import { concurrencyOperations } from './concurrency-api.ts';
import { type Control, createControl } from './control.ts';
import { functionOperations } from './control-api.ts';
import type { EnvironmentView } from './environment.ts';
import { createWatchers, type Emit } from './events.ts';
import { createFleet } from './fleet.ts';
import { createFunctions } from './functions.ts';
import { createInvoke, type Invoke, type InvokeOptions } from './invoke.ts';
import { invokeOperation } from './invoke-api.ts';
import { initLimitMs } from './limits.ts';
import { createLogs } from './logs.ts';
import { createProvisioning } from './provisioning.ts';
import { canFreeze } from './sandbox.ts';

export interface LambdaOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: '127.0.0.1';
  /** For code and logs; default is a new one below the system's, which `close` deletes. */
  readonly folder?: string | undefined;
  /** At most so many invocations at once; default 100, where AWS's quota begins at 1000. */
  readonly accountConcurrency?: number | undefined;
  /** How long an environment rests before it is ended; default 5 min. AWS names no figure. */
  readonly idleExpiryMs?: number | undefined;
  /** Whether a resting environment is stopped; default true, without effect where SIGSTOP is missing. */
  readonly freeze?: boolean | undefined;
  /** Of the init phase; default 10 s. */
  readonly initLimitMs?: number | undefined;
  /** Between the attempts of an asynchronous invocation; default AWS's. */
  readonly asyncDelays?: AsyncDelays | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

export interface Lambda extends Control {
  readonly url: string;
  /** Whether resting environments are stopped. */
  readonly freezes: boolean;
  readonly invoke: Invoke;
  /** `InvocationType: Event`. @returns the request id */
  invokeAsync(name: string, payload: Buffer | string, options?: InvokeOptions): string;
  /** How many asynchronous events wait or are being handled. */
  queuedEvents(): number;
  environmentsOf(name: string): EnvironmentView[];
  /** @returns what ends the watching */
  onEvent(listener: Emit): () => void;
  /** Ends every process and drops what waits. Resolves when nothing is left. */
  close(): Promise<void>;
}

export async function startLambda(options: LambdaOptions): Promise<Lambda> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'lab-lambda-'));
  const freezes = willFreeze(options);
  const now = options.now ?? Date.now;
  const watchers = createWatchers();
  const { emit } = watchers;

  const logs = createLogs(join(folder, 'logs'), emit);
  const functions = createFunctions(join(folder, 'code'), now);
  const concurrency = createConcurrency(options.accountConcurrency ?? 100);
  const idleExpiryMs = options.idleExpiryMs ?? 300_000;
  const fleet = createFleet({ idleExpiryMs, freezes, logs, emit });
  const common = { functions, concurrency, fleet, logs, emit, now };
  const invoke = createInvoke({ ...common, initLimitMs: options.initLimitMs ?? initLimitMs });
  const delays = options.asyncDelays ?? awsDelays;
  const asyncInvoke = createAsyncInvoke({ ...common, invoke, delays });
  const provisioning = createProvisioning(concurrency, fleet);
  const control = createControl({ ...common, provisioning });
  const operations = [
    invokeOperation({ functions, invoke, asyncInvoke }),
    ...functionOperations({ functions, concurrency, control }),
    ...concurrencyOperations({ functions, concurrency, provisioning }),
  ];
  const server = await startApiServer(operations, options);

  return {
    url: server.url,
    freezes,
    ...control,
    invoke,
    invokeAsync: (name, payload, invokeOptions) =>
      asyncInvoke.accept(name, Buffer.from(payload), invokeOptions),
    queuedEvents: asyncInvoke.size,
    environmentsOf: fleet.environmentsOf,
    onEvent: watchers.add,
    async close() {
      asyncInvoke.close();
      await server.close();
      await fleet.close();
      await logs.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function willFreeze({ freeze = true }: LambdaOptions): boolean {
  if (freeze && !canFreeze)
    process.emitWarning('This system has no SIGSTOP: idle environments keep running.');
  return freeze && canFreeze;
}
