// references/job-server.ts: jobs that take a while: answered when done, polled for, or called back about.
// Bundled and started by reference-servers.ts for the experiment on calls, polls and callbacks.
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolveBySystem } from '@lab/shared/runtime/webhooks/destination.ts';
import { createPolicy } from '@lab/shared/runtime/webhooks/policy.ts';
import {
  type CallbackStore,
  carryDue,
  type DueCallback,
} from '@lab/shared/runtime/webhooks/rounds.ts';
import { createSend } from '@lab/shared/runtime/webhooks/send.ts';
import { startApiGateway } from '../../../serverless/api-gateway/api-gateway.ts';
import { gatewayWaitsMs, secret } from '../../experiments/call-poll-callback/law.ts';
import { port } from './settings.ts';

const host = '127.0.0.1';
/** Of an attempt. */
const timeoutMs = 300;
/** Between two attempts; the shop's waits double up to a minute, and a run would be as long. */
const longestWaitMs = 1000;
const lookEveryMs = 50;

const doneAtMs = new Map<string, number>();
let jobs = 0;

/** A job is a timer: its work is simulated. */
function begin(ms: number): string {
  jobs += 1;
  const id = `job-${jobs}`;
  doneAtMs.set(id, performance.now() + ms);
  return id;
}

type Kept = DueCallback & { readonly nextAtMs: number };
const callbacks = new Map<string, Kept>();
/** From when they are asked for. */
const pending = new Set<string>();

/** In memory: nobody kills this server. */
const store: CallbackStore = {
  findDue: async (now, rows) =>
    [...callbacks.values()].filter((one) => one.nextAtMs <= now.getTime()).slice(0, rows),
  async claim(due, nextAt) {
    const nextAtMs = Math.min(nextAt.getTime(), Date.now() + timeoutMs + longestWaitMs);
    callbacks.set(due.id, { ...due, attempts: due.attempts + 1, nextAtMs });
    return true;
  },
  async finish(id) {
    callbacks.delete(id);
    pending.delete(id);
  },
};
const shared = { now: () => new Date(), timeoutMs };
const allowed = createPolicy(['loopback']);
const send = createSend({ ...shared, allowed, resolve: resolveBySystem, secret });
const round = () => carryDue(store, { ...shared, send, random: Math.random });
setInterval(round, lookEveryMs);

async function callBack(id: string, url: string, ms: number): Promise<void> {
  pending.add(id);
  await sleep(ms);
  const body = JSON.stringify({ id });
  callbacks.set(id, { id, url, body, attempts: 0, nextAtMs: 0 });
  await round();
}

/** The one long integration: waits as long as it is asked to. */
const gateway = await startApiGateway({
  ...{ port: 0, host, integrationTimeoutMs: gatewayWaitsMs },
  async invoke(_name, payload) {
    await sleep(Number(JSON.parse(payload).queryStringParameters.ms));
    return { statusCode: 200, payload: JSON.stringify({ statusCode: 200, body: 'done' }) };
  },
});
const uri =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/' +
  'arn:aws:lambda:us-east-1:000000000000:function:jobs/invocations';
const integration = { type: 'aws_proxy', httpMethod: 'POST', uri };
const api = gateway.createRestApi({
  name: 'jobs',
  body: {
    openapi: '3.0.1',
    info: { title: 'jobs', version: '1' },
    paths: { '/jobs': { post: { 'x-amazon-apigateway-integration': integration } } },
  } as unknown as Parameters<typeof gateway.createRestApi>[0]['body'],
});
const gatewayUrl = `${gateway.createDeployment(api.id, 'prod').invokeUrl}/jobs`;

/** How many of the customers' requests are open, added up over time. */
const held = { count: 0, openMs: 0, atMs: performance.now() };
function heldNow(change: 1 | 0 | -1) {
  const nowMs = performance.now();
  held.openMs += held.count * (nowMs - held.atMs);
  held.atMs = nowMs;
  held.count += change;
  return { openMs: held.openMs, atMs: held.atMs };
}
/** Questions of the lab's own. */
const questions: Readonly<Record<string, () => object>> = {
  '/served': () => ({ gatewayUrl }),
  '/pending': () => ({ pending: pending.size }),
  '/open': () => heldNow(0),
};

const taken = (response: ServerResponse, id: string) =>
  response.writeHead(202, { location: `/jobs/${id}` }).end();

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://jobs');
  request.resume();
  const ms = Number(searchParams.get('ms'));
  const question = questions[pathname];
  if (question !== undefined) {
    response.end(JSON.stringify(question()));
    return;
  }
  heldNow(1);
  response.once('close', () => heldNow(-1));
  if (pathname === '/sync') await sleep(ms).then(() => response.end('{"state":"done"}'));
  else if (pathname === '/later') taken(response, begin(ms));
  else if (pathname === '/callback') {
    const id = begin(ms);
    taken(response, id);
    await callBack(id, searchParams.get('url') ?? '', ms);
  } else {
    const at = doneAtMs.get(pathname.slice('/jobs/'.length));
    const state = at !== undefined && at <= performance.now() ? 'done' : 'running';
    response.writeHead(at === undefined ? 404 : 200).end(JSON.stringify({ state }));
  }
}).listen(port, host);

process.once('SIGTERM', async () => {
  await gateway.close();
  process.exit();
});
