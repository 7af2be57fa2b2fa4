// lambda/environment.ts: an execution environment: one process that handles one invocation at a time.
// Opened by pool.ts; "Understanding the Lambda execution environment lifecycle" is its specification.
import { randomUUID } from 'node:crypto';
import type { Ending } from './ending.ts';
import type { FunctionVersion } from './functions.ts';
import type { Guard } from './guard.ts';
import { peakResidentMb, watchMemory } from './memory.ts';
import { type Invocation, openRuntimeApi, type RuntimeListener } from './runtime-api.ts';
import { type Exit, startSandbox } from './sandbox.ts';
import { beginTurn, type Turn } from './turn.ts';

export interface EnvironmentOptions {
  readonly version: FunctionVersion;
  readonly isProvisioned: boolean;
  readonly initLimitMs: number;
  readonly guard: Guard;
  /** Every line that the process prints; the id is that of the invocation at hand, if any. */
  readonly onLine: (line: string, requestId: string | undefined) => void;
  readonly onChange: (environment: EnvironmentView) => void;
}

/** `idle` and frozen is AWS's resting state; from `ended` there is no way back. */
export type EnvironmentState = 'init' | 'idle' | 'busy' | 'ended';

/** How an environment looks from outside, at this moment. */
export interface EnvironmentView {
  readonly id: string;
  readonly functionName: string;
  readonly version: string;
  readonly pid: number;
  readonly state: EnvironmentState;
  readonly isFrozen: boolean;
  readonly isProvisioned: boolean;
  /** How many invocations it was given. */
  readonly invocations: number;
  /** How its process ended, where nobody had told it to; else undefined. */
  readonly exit?: Exit | undefined;
}

export interface Environment {
  readonly isProvisioned: boolean;
  /** How the init ended; anything but `ready` has ended the environment. */
  readonly initialised: Promise<Ending>;
  /** Resolves when its process is gone. */
  readonly gone: Promise<void>;
  view(): EnvironmentView;
  /** Of an idle one only. Thaws it. A timeout, an exit or too much memory ends the environment. */
  invoke(invocation: Invocation, limitMs: number): Promise<Ending>;
  /** Stops the process until the next invocation. */
  freeze(): void;
  end(): void;
  /** The most memory that it has held, MB; 0 where unknown. */
  peakMemoryMb(): number;
}

/** Starts the process; its init goes on when this returns. */
export async function openEnvironment(options: EnvironmentOptions): Promise<Environment> {
  const { version, isProvisioned, guard } = options;
  const id = randomUUID();
  const memoryLimitMb = version.settings.memorySizeMb;
  const status = newStatus();
  let turn: Turn | undefined = beginTurn(undefined, options.initLimitMs);
  let peakMb = 0;
  let outOfMemory = false;

  const api = await openRuntimeApi(runtimeListener(() => turn, asksForMore));
  const facts = { runtimeApi: api.address, logStream: logStreamName(version, id), isProvisioned };
  const sandbox = startSandbox(version, facts, guard, (line) =>
    options.onLine(line, turn?.requestId),
  );
  const gone = sandbox.exited.then((exit) => {
    change({ state: 'ended', isFrozen: false, ...(status.state !== 'ended' && { exit }) });
    api.close();
    const ending: Ending = { kind: 'exit', exit, outOfMemory };
    turn?.end(outOfMemory ? ending : (turn.answer ?? ending));
  });
  options.onChange(view());

  function change(to: Partial<typeof status>): void {
    Object.assign(status, to);
    options.onChange(view());
  }
  function view(): EnvironmentView {
    const { functionName, version: number } = version;
    return { id, functionName, version: number, pid: sandbox.pid, isProvisioned, ...status };
  }
  function asksForMore(): void {
    lookAtMemory();
    if (outOfMemory || status.state === 'ended') return;
    const ending = turn?.requestId === undefined ? ({ kind: 'ready' } as const) : turn.answer;
    // What the function printed has been read by now: its answer came a round trip ago.
    if (ending !== undefined) turn?.end(ending);
  }
  function lookAtMemory(): void {
    peakMb = peakResidentMb(sandbox.pid) ?? peakMb;
    if (peakMb > memoryLimitMb) endForMemory();
  }
  function endForMemory(): void {
    peakMb = peakResidentMb(sandbox.pid) ?? peakMb;
    outOfMemory = true;
    sandbox.kill();
  }
  /** Sees a turn through. */
  async function run(begun: Turn): Promise<Ending> {
    const stopWatching = watchMemory(sandbox.pid, memoryLimitMb, endForMemory);
    const ending = await begun.ended;
    stopWatching();
    turn = undefined;
    const isOver = ending.kind === 'timeout' || ending.kind === 'exit' || status.state === 'ended';
    if (isOver || (begun.requestId === undefined && ending.kind !== 'ready')) end();
    else change({ state: 'idle' });
    return ending;
  }
  function end(): void {
    sandbox.kill();
    if (status.state !== 'ended') change({ state: 'ended', isFrozen: false });
  }

  return {
    isProvisioned,
    initialised: run(turn),
    gone,
    view,
    invoke(invocation, limitMs) {
      if (status.isFrozen) sandbox.thaw();
      turn = beginTurn(invocation.requestId, limitMs);
      change({ state: 'busy', isFrozen: false, invocations: status.invocations + 1 });
      api.deliver(invocation);
      return run(turn);
    },
    freeze() {
      if (status.state !== 'idle' || status.isFrozen) return;
      sandbox.freeze();
      change({ isFrozen: true });
    },
    end,
    peakMemoryMb: () => peakMb,
  };
}

const newStatus = () => ({
  state: 'init' as EnvironmentState,
  isFrozen: false,
  invocations: 0,
  exit: undefined as Exit | undefined,
});

/** Notes on the turn at hand what the runtime answers. */
function runtimeListener(turn: () => Turn | undefined, onNext: () => void): RuntimeListener {
  const note = (requestId: string, answer: Ending) => {
    const current = turn();
    if (current === undefined || current.requestId !== requestId) return false;
    current.answer ??= answer;
    return true;
  };
  return {
    onNext,
    onResponse: (id, payload) => note(id, { kind: 'response', payload }),
    onTooLarge: (id) => note(id, { kind: 'too-large' }),
    onError: (id, payload, errorType) => note(id, { kind: 'error', payload, errorType }),
    onInitError: (payload, errorType) => turn()?.end({ kind: 'error', payload, errorType }),
  };
}

/** As AWS names it: the day, the version, and what tells environments apart. */
function logStreamName({ version }: FunctionVersion, id: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${id.replaceAll('-', '')}`;
}
