// targets/compose/engine.test.ts: which of the engine's refusals mean that there is none.
// Run by `npm test`; no engine is needed.
import { expect, test } from 'vitest';
import { sentenceOf } from './engine.ts';

const up = ['compose', '--project-name', 'shop', 'up'];
const refusal = (stderr: string) =>
  sentenceOf(up, Object.assign(new Error('it failed'), { stderr }));

test('no engine is told from an engine that refuses', () => {
  const away = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is it running?';
  expect(refusal(away)).toMatch(/^No Docker engine answers/);
  const cores = 'Error response from daemon: Requested CPUs are not available: 9';
  expect(refusal(cores)).toBe(`docker compose up failed: ${cores}`);
});

test('docker that is not installed is named with what needs none', () => {
  const missing = Object.assign(new Error('spawn docker ENOENT'), { code: 'ENOENT' });
  expect(sentenceOf(up, missing)).toMatch(/^Docker is not installed.*npm start/);
});
