// bench/bench-targets.test.ts: a bench deletes what it has made, and nothing of `npm start`.
// Run by vitest.
import { expect, test } from 'vitest';
import { labTargets, targetsNamed } from '../lab/lab-targets.ts';
import { dataFolder } from '../targets/databases.ts';
import { benchTargets } from './bench-targets.ts';

test.each([3000, 13_000])('its data are its own, with ports from %i on', (portBase) => {
  const folders = [
    ...Object.values(labTargets(portBase)),
    ...targetsNamed(Object.keys(labTargets(portBase)), portBase),
    ...Object.values(benchTargets(portBase)),
  ].map((target) => dataFolder(target));
  expect(new Set(folders).size).toBe(folders.length);
});
