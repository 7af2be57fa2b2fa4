// live/outcome-of.test.ts: every bet has an experiment and a hypothesis that answers it; a result is read.
// Run by `npm test`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { experimentOf } from '../../lab/registry.ts';
import { bets } from './bets.ts';
import { outcomeOf } from './outcome-of.ts';

test.each(bets)('$id: $hypothesis is among its hypotheses', ({ id, hypothesis }) => {
  const { hypotheses, formula } = experimentOf(id).definition;
  expect(hypotheses.map((one) => one.id)).toContain(hypothesis);
  expect(formula).toMatch(/=|:/);
});

function resultWith(...leads: readonly (readonly [service: number, monolith: number])[]) {
  const folder = mkdtempSync(join(tmpdir(), 'lab-outcome-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { definition } = experimentOf('deployment');
  const { arm, versus } = definition.hypotheses.find(({ id }) => id === 'lead') ?? {};
  const blocks = leads.map(([service, monolith], at) => ({
    discarded: at === 0 ? ['busy'] : [],
    samples: [
      { arm, metrics: { leadMs: service } },
      { arm: versus, metrics: { leadMs: monolith } },
    ],
  }));
  const verdicts = [{ hypothesis: 'lead', text: 'sooner', status: 'held' }];
  const file = join(folder, 'result.json');
  const result = { definition, evaluation: { verdicts }, blocks };
  writeFileSync(file, JSON.stringify({ results: [result] }));
  return file;
}

test('the measured range is that of the blocks that count, the prediction that of the definition', async () => {
  const file = resultWith([900, 100], [800, 1000], [700, 1000]);
  const outcome = await outcomeOf('deployment', file);
  expect(outcome).toMatchObject({ unit: '×', status: 'held', predicted: { low: 0.5, high: 1 } });
  expect(outcome?.measured).toEqual({ low: 0.7, high: 0.8 });
});

test('without a result, a block that counts or a bet there is no outcome', async () => {
  expect(await outcomeOf('deployment', '/nowhere/result.json')).toBeNull();
  expect(await outcomeOf('deployment', resultWith([900, 1000]))).toBeNull();
  expect(await outcomeOf('availability', resultWith([900, 1000], [900, 1000]))).toBeNull();
});
