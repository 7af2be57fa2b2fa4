// commands/lab/dremel.test.ts: the page is served until Ctrl-C, or written; a taken port ends in a sentence.
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type LabRun, spawnLab } from './spawn-lab.ts';

const few = ['--orders', '20'];

/** The address that it prints. */
async function addressOf({ child, printed }: LabRun): Promise<string> {
  onTestFinished(() => void child.kill('SIGKILL'));
  while (!printed.out.includes('Ctrl-C') && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return /http:\S+/.exec(printed.out)?.[0] ?? printed.err;
}

test('it serves the page until Ctrl-C', async () => {
  const run = spawnLab(['dremel', '--port', '0', ...few]);
  const url = await addressOf(run);
  expect(await (await fetch(url)).text()).toContain('How an order becomes columns');
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  expect(run.printed.err).toBe('');
});

test('Ctrl-C while the page is being made leaves no file behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-dremel-stop-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const left = () => readdirSync(folder).filter((name) => name.startsWith('lab-dremel-'));
  const { child, ended } = spawnLab(['dremel', '--port', '0', '--orders', '20000'], {
    TMPDIR: folder,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  while (left().length === 0 && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(left()).toEqual([]);
});

test('it writes the page, and writes it again over its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-dremel-into-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'page.html');
  for (const orders of ['20', '30']) {
    const { ended, printed } = spawnLab(['dremel', '--into', path, '--orders', orders]);
    expect(await ended, printed.err).toBe(0);
    expect(printed.out).toContain(path);
    expect(readFileSync(path, 'utf8')).toContain(`${orders} orders`);
  }
});

test('a taken port ends in a sentence, before anything is measured', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as AddressInfo;
  const { ended, printed } = spawnLab(['dremel', '--port', String(port), ...few]);
  expect(await ended).toBe(2);
  expect(printed.out).toBe('');
  expect(printed.err).toMatch(
    new RegExp(`^The page cannot listen at 127.0.0.1:${port}: .*EADDRINUSE.*\\.\\n$`),
  );
});
