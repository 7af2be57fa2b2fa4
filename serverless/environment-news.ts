// serverless/environment-news.ts: the processes of functions, as whoever started the cloud hears of them.
// Called by server.ts for every event of Lambda; said as a cluster speaks of its workers.
import type { WorkerFact, WorkerNews } from '@lab/shared/runtime/worker-news.ts';
import type { EnvironmentView } from './lambda/environment.ts';
import type { LambdaEvent } from './lambda/events.ts';

interface Known {
  readonly worker: number;
  readonly startedMs: number;
  isReady: boolean;
}

/** @returns what makes news of an event, undefined of one that changes nothing for others */
export function createNews(): (event: LambdaEvent) => WorkerNews | undefined {
  const known = new Map<string, Known>();
  let count = 0;
  return (event) => {
    if (event.kind !== 'environment') return undefined;
    const { environment } = event;
    const before = known.get(environment.id);
    if (before === undefined && environment.state === 'ended') return undefined;
    const one = before ?? { worker: ++count, startedMs: performance.now(), isReady: false };
    known.set(environment.id, one);
    const fact = before === undefined ? started : factOf(environment, one);
    if (fact === undefined) return undefined;
    if (fact.kind === 'ready') one.isReady = true;
    if (environment.state === 'ended') known.delete(environment.id);
    const { pid, functionName } = environment;
    return { worker: one.worker, pid, name: functionName, ...fact };
  };
}

const started: WorkerFact = { kind: 'started' };

function factOf({ state, exit }: EnvironmentView, known: Known): WorkerFact | undefined {
  if (state === 'ended')
    return {
      kind: exit ? 'died' : 'stopped',
      code: exit?.code ?? null,
      signal: exit?.signal ?? null,
    };
  if (state === 'init' || known.isReady) return undefined;
  return { kind: 'ready', afterMs: performance.now() - known.startedMs };
}
