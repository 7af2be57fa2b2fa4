// sqs/journal-kill.test.ts: a server is killed while it is at work: what it acknowledged is so after it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { clientOf, makeQueue, receive, send, startLab, until } from './test-kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'sqs-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function startChild(journalFile: string): Promise<{ child: ChildProcess; url: string }> {
  const script = fileURLToPath(new URL('./test-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, journalFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim() };
}

test.each([
  ['standard', 'orders', {}],
  ['FIFO', 'orders.fifo', { ContentBasedDeduplication: 'true' }],
])(
  'a %s queue has every acknowledged message exactly once, and no deleted one',
  async (...kind) => {
    const [, name, attributes] = kind;
    const journalFile = join(folder, `${name}.jsonl`);
    const { child, url } = await startChild(journalFile);
    const lab = { client: clientOf(url) };
    const queue = await makeQueue(lab, name, attributes);
    const acknowledged = new Set<string>();
    const deleted = new Set<string>();
    const beingDeleted = '';

    /** Until the server is gone: each call then fails, and what failed counts for nothing. */
    const sendOn = async (sender: number) => {
      const options = name.endsWith('.fifo') ? { MessageGroupId: String(sender) } : {};
      for (let i = 0; ; i += 1) {
        const body = `${sender} ${i}`;
        await send(lab, queue, body, options);
        acknowledged.add(body);
      }
    };
    const consumeOn = async () => {
      for (;;)
        for (const { Body = '', ReceiptHandle } of await receive(lab, queue, {
          MaxNumberOfMessages: 2,
          WaitTimeSeconds: 1,
        })) {
          await lab.client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
          deleted.add(Body);
        }
    };
    const work = Promise.allSettled([sendOn(1), sendOn(2), sendOn(3), consumeOn()]);
    await until(() => acknowledged.size > 300 && deleted.size > 100);
    child.kill('SIGKILL');
    await work;
    lab.client.destroy();

    // Late enough for what was in flight at the end.
    const after = await startLab({ journalFile, now: () => Date.now() + 3_600_000 });
    const left = new Map<string, number>();
    for (;;) {
      const messages = await receive(after, queue);
      if (messages.length === 0) break;
      for (const { Body = '', ReceiptHandle } of messages) {
        left.set(Body, (left.get(Body) ?? 0) + 1);
        await after.client.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
      }
    }
    expect([...left].filter(([, times]) => times !== 1)).toEqual([]);
    expect([...deleted].filter((body) => left.has(body))).toEqual([]);
    const lost = [...acknowledged].filter((body) => !deleted.has(body) && !left.has(body));
    // A deletion that was on its way when the server died may have happened.
    expect(lost.filter((body) => body !== beingDeleted)).toEqual([]);
  },
);
