// webhooks/send.test.ts: where one attempt connects to, what it sends, and what it takes for an answer.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildConnector } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Resolve } from './destination.ts';
import { createPolicy } from './policy.ts';
import { createSend } from './send.ts';
import { verify } from './signature.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const now = () => new Date('2026-11-25T12:00:00.000Z');
const METADATA = '169.254.169.254';

/** A sender whose names lead where `names` says; `dialled` records each socket that was asked for. */
function sender(names: Record<string, string[]> = {}, list = ['loopback'], timeoutMs = 5000) {
  const dialled: string[] = [];
  const resolved: string[] = [];
  const dial = buildConnector({});
  const resolve: Resolve = async (host) => {
    resolved.push(host);
    return names[host] ?? [];
  };
  const send = createSend({
    allowed: createPolicy(list),
    resolve,
    secret,
    now,
    timeoutMs,
    connector(where, done) {
      dialled.push(where.hostname);
      dial(where, done);
    },
  });
  return {
    dialled,
    resolved,
    to: (url: string, attempt = 0) => send({ id: 'whk_1', url, body: '{}' }, attempt),
  };
}

async function receiver(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

describe('no socket is asked for', () => {
  test.each([
    ['ftp://127.0.0.1/', 'another scheme'],
    ['file:///etc/passwd', 'a file'],
    ['http://me:secret@127.0.0.1/', 'credentials'],
    ['http://me@127.0.0.1/', 'a name before the @'],
    ['127.0.0.1/', 'no URL'],
    [`http://127.0.0.1/${'a'.repeat(2000)}`, 'a URL that is too long'],
    ['http://10.0.0.1/', 'a private address'],
    ['http://0x0a000001/', 'the same in hexadecimal'],
    ['http://167772161/', 'the same as a number'],
    ['http://012.0.0.1/', 'the same in octal'],
    ['http://2852039166/latest/meta-data', 'metadata as a number'],
    ['http://[::ffff:10.0.0.1]/', 'a mapped address'],
    [`http://[::ffff:${METADATA}]/`, 'mapped metadata'],
    ['http://[64:ff9b::a9fe:a9fe]/', 'NAT64'],
    ['http://[2002:a9fe:a9fe::]/', '6to4'],
    ['http://[fd00:ec2::254]/', 'metadata over IPv6'],
    ['http://metadata.test/', 'a name of metadata'],
    ['https://metadata.test/', 'the same over TLS'],
    ['http://mixed.test/', 'a name with one good address and a bad one'],
    ['http://1.1.1.1/', 'what is public and not listed'],
  ])('for %s: %s', async (url) => {
    const mixed = ['127.0.0.1', '10.0.0.1'];
    const { to, dialled } = sender({ 'metadata.test': [METADATA], 'mixed.test': mixed });
    expect(await to(url)).toMatchObject({ kind: 'refused' });
    expect(dialled).toEqual([]);
  });

  test('for a name without an address, which may have one later', async () => {
    const { to, dialled } = sender();
    expect(await to('http://nowhere.test/')).toMatchObject({ kind: 'failed' });
    expect(dialled).toEqual([]);
  });

  test('while a name server says nothing, and then the time is over', async () => {
    const allowed = createPolicy(['loopback']);
    const resolve = () => new Promise<never>(() => {});
    const send = createSend({ allowed, resolve, secret, now, timeoutMs: 50 });
    const outcome = await send({ id: 'whk_1', url: 'http://silent.test/', body: '{}' }, 0);
    expect(outcome).toMatchObject({ kind: 'failed' });
  });
});

describe('a callback', () => {
  test('is posted as it is, signed, to the path and the query of its URL', async () => {
    const seen: unknown[] = [];
    const port = await receiver(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      const { host, 'content-type': type } = request.headers;
      seen.push([request.method, request.url, host, type, body]);
      seen.push(verify(request.headers, body, secret, now()));
      response.writeHead(204).end();
    });
    const { to, dialled, resolved } = sender({ 'alice.test': ['127.0.0.1'] });
    expect(await to(`http://alice.test:${port}/done?x=1#here`)).toEqual({ kind: 'delivered' });
    const host = `alice.test:${port}`;
    expect(seen).toEqual([['POST', '/done?x=1', host, 'application/json', '{}'], true]);
    expect([dialled, resolved]).toEqual([['127.0.0.1'], ['alice.test']]);
  });

  test('goes to the address that was checked, though the name now leads elsewhere', async () => {
    const port = await receiver((_request, response) => response.end());
    const answers = [['127.0.0.1'], [METADATA]];
    const names = {
      get 'rebound.test'() {
        return answers.shift() ?? [METADATA];
      },
    };
    const { to, dialled, resolved } = sender(names);
    expect(await to(`http://rebound.test:${port}/`)).toEqual({ kind: 'delivered' });
    expect([dialled, resolved]).toEqual([['127.0.0.1'], ['rebound.test']]);
    expect(await to(`http://rebound.test:${port}/`)).toMatchObject({ kind: 'refused' });
    expect(dialled).toEqual(['127.0.0.1']);
  });

  test('tries the other address of a name at the next attempt', async () => {
    const port = await receiver((_request, response) => response.end());
    const { to, dialled } = sender({ 'both.test': ['127.0.0.9', '127.0.0.1'] });
    const url = `http://both.test:${port}/`;
    expect(await to(url, 0)).toMatchObject({ kind: 'failed' });
    expect(await to(url, 1)).toEqual({ kind: 'delivered' });
    expect(dialled).toEqual(['127.0.0.9', '127.0.0.1']);
  });

  test.each([301, 302, 303, 307, 308])('is not sent on by a %i', async (status) => {
    const location = `http://${METADATA}/latest/meta-data`;
    const port = await receiver((_request, response) => {
      response.writeHead(status, { location }).end();
    });
    const { to, dialled } = sender();
    const outcome = await to(`http://127.0.0.1:${port}/`);
    expect(outcome).toEqual({ kind: 'failed', reason: `answered ${status}` });
    expect(dialled).toEqual(['127.0.0.1']);
  });

  test.each([400, 404, 410, 429, 500, 503])('has failed when %i is the answer', async (status) => {
    const port = await receiver((_request, response) => response.writeHead(status).end());
    const outcome = await sender().to(`http://127.0.0.1:${port}/`);
    expect(outcome).toEqual({ kind: 'failed', reason: `answered ${status}` });
  });

  test('has failed when nobody answers in time', async () => {
    const port = await receiver(() => {});
    const { to } = sender({}, ['loopback'], 100);
    expect(await to(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed' });
  });

  test('does not fetch an answer that never ends', async () => {
    let written = 0;
    const closed = deferred();
    const port = await receiver((_request, response) => {
      response.once('close', closed.resolve);
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
      };
      response.on('drain', pour);
      pour();
    });
    expect(await sender().to(`http://127.0.0.1:${port}/`)).toEqual({ kind: 'delivered' });
    await closed.promise;
    // What the two kernels buffer is written, and no more.
    expect(written).toBeLessThan(16_000_000);
  });
});

function deferred() {
  let resolve: (value?: unknown) => void = () => {};
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
