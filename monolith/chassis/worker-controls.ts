// chassis/worker-controls.ts: the /chaos API of a cluster: whoever is asked tells the other workers.
// Called by app.ts (in a worker) and by cluster.ts (in the primary, through which workers speak).
import cluster, { type Worker } from 'node:cluster';
import type { ControlRequest, Controls, FaultAnswer } from '@lab/shared/chaos/controls.ts';
import { isForOne, together } from '@lab/shared/chaos/several.ts';
import type { FaultState, FaultStates } from '@lab/shared/contract/chaos.ts';
import { Problem } from '@lab/shared/domain/problems.ts';

/** A hung worker must not make the instructor wait. */
const LONGEST_MS = 1000;

/** From a worker to the primary, and from there to every other worker. */
interface Question {
  readonly question: string;
  readonly request: ControlRequest;
}

/** Back again; undefined from a worker that could not say. */
interface Reply {
  readonly reply: string;
  readonly answers: readonly (FaultAnswer | undefined)[];
}

let questions = 0;

/** Outside a cluster, the controls as they are. */
export function controlsOfAll(own: Controls): Controls {
  if (!cluster.isWorker) return own;
  process.on('message', async ({ question, request }: Question) => {
    if (question !== undefined) reply(process, question, [await unlessRefused(own, request)]);
  });
  return async (request) => {
    if (isForOne(request)) return own(request);
    if (request.method === 'PUT') return setInAll(own, request);
    return merged(await own(request), await ask(process, request));
  };
}

/** Here last: a fault that holds this process up must not hold up its own answer. */
async function setInAll(own: Controls, request: ControlRequest): Promise<FaultAnswer> {
  // Whoever may not do this is told so before anybody else hears of it.
  await own({ ...request, method: 'GET' });
  const others = await ask(process, request);
  return merged(await own(request), others);
}

/** What is refused here, such as a fault that does not exist, is refused by whoever asks as well. */
async function unlessRefused(own: Controls, request: ControlRequest) {
  try {
    return await own(request);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** In the primary: passes a worker's question to the others, and their answers back. */
export function relayControls(): void {
  cluster.on('message', async (asker: Worker, { question, request }: Question) => {
    if (question === undefined) return;
    const others = Object.values(cluster.workers ?? {}).filter((one) => one !== asker);
    const all = await Promise.all(others.map((one) => ask(one as Worker, request)));
    reply(asker, question, all.flat());
  });
}

type Peer = Pick<NodeJS.Process, 'on' | 'off'> & {
  send?(message: object, done: () => void): unknown;
};

/** @returns `[undefined]` when there is no answer in time */
function ask(peer: Worker | NodeJS.Process, request: ControlRequest): Promise<Reply['answers']> {
  questions += 1;
  const question = `${process.pid}-${questions}`;
  return new Promise((resolve) => {
    const finish = (answers: Reply['answers']) => {
      clearTimeout(late);
      (peer as Peer).off('message', hear);
      resolve(answers);
    };
    const hear = (message: Reply) => {
      if (message.reply === question) finish(message.answers);
    };
    const late = setTimeout(() => finish([undefined]), LONGEST_MS);
    (peer as Peer).on('message', hear as NodeJS.MessageListener);
    send(peer, { question, request });
  });
}

function reply(peer: Worker | NodeJS.Process, to: string, answers: Reply['answers']): void {
  send(peer, { reply: to, answers });
}

/** To a peer that is just ending nothing is sent, and that is no error: it will not answer. */
function send(peer: Worker | NodeJS.Process, message: Question | Reply): void {
  (peer as Peer).send?.(message, () => {});
}

function merged(mine: FaultAnswer, others: Reply['answers']): FaultAnswer {
  const known = others.filter((answer) => answer !== undefined);
  if (!('components' in mine)) return together([mine, ...(known as FaultState[])]);
  const all = [mine, ...(known as FaultStates[])];
  const components = mine.components.map((_, index) =>
    together(all.map((one) => one.components[index] as FaultState)),
  );
  const silent = others.length - known.length;
  return { components, unreachable: silent === 0 ? [] : [`${silent} of the other workers`] };
}
