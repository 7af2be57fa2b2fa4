// targets/orphans.test.ts: which recorded processes a later start may end.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endOrphans, forgetChild, recordChild } from './orphans.ts';
import { processBirth } from './process-times.ts';

let folder: string;
let child: ChildProcess;
let pid: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-orphans-'));
  child = spawn('sleep', ['600'], { stdio: 'ignore' });
  pid = child.pid ?? 0;
  recordChild(folder, pid, 'orders');
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function alter(change: Record<string, unknown>): void {
  const path = join(folder, `${pid}.json`);
  const record = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...record, ...change }));
}

test('a child whose harness is gone is ended and its record dropped', async () => {
  alter({ harnessBirth: 'long ago' });
  expect(endOrphans(folder)).toEqual([{ name: 'orders', pid }]);
  await new Promise((resolve) => child.once('exit', resolve));
  expect(child.signalCode).toBe('SIGKILL');
  expect(readdirSync(folder)).toEqual([]);
});

test('a child whose harness still works is left alone, and so is its record', () => {
  expect(endOrphans(folder)).toEqual([]);
  expect(processBirth(pid)).toBeDefined();
  expect(readdirSync(folder)).toEqual([`${pid}.json`]);
});

test('a process that merely has the pid of a former child is left alone', () => {
  alter({ harnessBirth: 'long ago', birth: 'another time' });
  expect(endOrphans(folder)).toEqual([]);
  expect(processBirth(pid)).toBeDefined();
  expect(readdirSync(folder)).toEqual([]);
});

test('a damaged record ends nothing', () => {
  writeFileSync(join(folder, `${pid}.json`), '{"pid":');
  expect(endOrphans(folder)).toEqual([]);
  expect(processBirth(pid)).toBeDefined();
});

test('without a folder, or with a child forgotten, there is nothing to end', () => {
  forgetChild(folder, pid);
  expect(endOrphans(folder)).toEqual([]);
  expect(endOrphans(join(folder, 'missing'))).toEqual([]);
});
