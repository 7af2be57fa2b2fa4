// sqs/server.ts: an SQS on a port of this machine, for the AWS SDK and whatever else speaks to SQS.
// Called by whoever deploys the serverless shape, and by tests.
//
// WHY our own: of what npm has, no server that runs on Node 20 answers the AWS SDK of today rightly;
// the usual ones want Java, Python or Docker. The part of SQS that a shop needs is small, and shows
// what a queue is. It takes node:http and nothing else.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { idleCloser } from '@lab/shared/runtime/close-idle.ts';
import { apply } from './apply.ts';
import { type Counts, countMessages } from './counts.ts';
import { noJournal, openJournal } from './journal.ts';
import { largestRequestBytes } from './limits.ts';
import { endWaits } from './long-poll.ts';
import { cancelMoveTask } from './move-task.ts';
import type { Input } from './parameters.ts';
import { answer, callAction } from './protocol.ts';
import type { Queue } from './queue.ts';
import { type Knobs, type Sqs, urlOf } from './sqs.ts';

export interface SqsOptions extends Partial<Knobs> {
  /** 0 takes any that is free. */
  readonly port: number;
  readonly host: string;
  /** Without one, a restart forgets everything. */
  readonly journalFile?: string;
  /** Milliseconds since 1970; `Date.now` unless given. */
  readonly now?: () => number;
  /** In [0, 1); `Math.random` unless given. */
  readonly random?: () => number;
}

export interface SqsServer {
  /** What the SDK takes as `endpoint`. */
  readonly url: string;
  readonly port: number;
  /** In the order of their making. */
  queues(): QueueState[];
  /**
   * Sets the knobs that are given, from the next message on.
   * @throws RangeError for a probability outside of 0 to 1
   */
  misbehave(knobs: Partial<Knobs>): void;
  /**
   * An action without HTTP, for the process that the server is in.
   * @param gone ends a long poll, which takes no message then
   * @throws SqsError
   */
  call(action: string, input: Input, gone?: AbortSignal): Promise<object>;
  /** Answers whoever waits with nothing, and closes the journal; the second call does nothing more. */
  close(): Promise<void>;
}

export type QueueState = Counts &
  Pick<Queue, 'name' | 'arn'> & {
    readonly url: string;
    /** Receives that wait for a message. */
    readonly waiting: number;
  };

/** @throws Error when the port is taken, or the journal cannot be read or written */
export async function startSqs(options: SqsOptions): Promise<SqsServer> {
  const server = createServer((request, response) => void handle(sqs, request, response));
  // Longer than a consumer that works on a batch is quiet: else it meets a connection that closes.
  server.keepAliveTimeout = 65_000;
  const closeIdle = idleCloser(server);
  server.listen(options.port, options.host);
  await once(server, 'listening');
  // Only who has the port may touch the journal: it may be that of a server that runs.
  let sqs: Sqs;
  try {
    sqs = createSqs(options);
  } catch (error) {
    server.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  sqs.url = `http://${options.host}:${port}`;
  const never = new AbortController().signal;
  let closed: Promise<void> | undefined;
  return {
    url: sqs.url,
    port,
    queues: () => [...sqs.queues.values()].map((queue) => stateOf(sqs, queue)),
    misbehave: (knobs) => setKnobs(sqs, knobs),
    call: (action, input, gone = never) => callAction(sqs, action, input, gone),
    close: () => (closed ??= close(sqs, server, closeIdle)),
  };
}

function createSqs({ journalFile, now = Date.now, random = Math.random, ...knobs }: SqsOptions) {
  const { journal, entries } =
    journalFile === undefined
      ? { journal: noJournal, entries: [] }
      : openJournal(journalFile, now());
  const sqs: Sqs = {
    ...{ queues: new Map(), moveTasks: new Map(), journal, now, random },
    knobs: { duplicates: 0, reordering: 0 },
    url: '',
    isClosing: false,
  };
  for (const entry of entries) apply(sqs.queues, entry);
  setKnobs(sqs, knobs);
  return sqs;
}

function setKnobs(sqs: Sqs, { duplicates, reordering }: Partial<Knobs>): void {
  const knobs = {
    duplicates: duplicates ?? sqs.knobs.duplicates,
    reordering: reordering ?? sqs.knobs.reordering,
  };
  for (const [name, value] of Object.entries(knobs))
    if (!(value >= 0 && value <= 1))
      throw new RangeError(`${name} is a probability, from 0 to 1, not ${value}.`);
  sqs.knobs = knobs;
}

async function handle(sqs: Sqs, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Not of SQS: for whoever started this and waits for it.
  if (request.method === 'GET' && request.url === '/ready') return void response.end('ready');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const body = await readBody(request);
  const { status, headers, body: answered } = await answer(sqs, request.headers, body, gone.signal);
  if (!response.destroyed) response.writeHead(status, headers).end(answered);
}

/** Never rejects: of a client that hung up nobody hears again. @returns undefined when too large */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > largestRequestBytes) resolve(undefined);
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
  });
}

function stateOf(sqs: Sqs, queue: Queue): QueueState {
  const { name, arn, waiters } = queue;
  return { name, arn, url: urlOf(sqs, queue), waiting: waiters.size, ...countMessages(sqs, queue) };
}

async function close(sqs: Sqs, server: Server, closeIdle: () => void): Promise<void> {
  sqs.isClosing = true;
  for (const queue of sqs.queues.values()) endWaits(queue);
  for (const task of [...sqs.moveTasks.values()].flat()) cancelMoveTask(task);
  server.close();
  closeIdle();
  await once(server, 'close');
  sqs.journal.close();
}
