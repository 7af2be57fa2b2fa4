// commands/lab/doctor-checks.test.ts: what the doctor calls fine, worth knowing, or in the way.
import { expect, test } from 'vitest';
import { componentOf, targetsAt } from '../../targets/targets.ts';
import { doctorText } from './doctor.ts';
import {
  coresCheck,
  diskCheck,
  memoryCheck,
  nodeCheck,
  orphansCheck,
  otherCpuCheck,
  portsCheck,
  programCheck,
  tasksetCheck,
} from './doctor-checks.ts';

const GB = 1e9;
const { monolith } = targetsAt(16_000);
const component = componentOf(monolith, 'monolith');

test.each([
  ['an old Node prevents a run', nodeCheck('20.18.3', '20.19'), 'prevents'],
  ['the oldest Node allowed is fine', nodeCheck('20.19.0', '20.19'), 'fine'],
  ['a newer one is fine, whatever its minor', nodeCheck('22.1.0', '20.19'), 'fine'],
  ['one core is worth knowing', coresCheck(1), 'note'],
  ['two are fine', coresCheck(2), 'fine'],
  ['little memory is worth knowing', memoryCheck(GB), 'note'],
  ['none left prevents a run', memoryCheck(0.1 * GB), 'prevents'],
  ['a full disk prevents a run', diskCheck(0.1 * GB), 'prevents'],
  ['free ports are fine', portsCheck('ports', [component], [], 'prevents'), 'fine'],
  ['nothing left behind is fine', orphansCheck([]), 'fine'],
  ['a busy machine is worth knowing', otherCpuCheck(0.06), 'note'],
  ['a quiet one is fine', otherCpuCheck(0.04), 'fine'],
  ['a machine that does not tell prevents nothing', otherCpuCheck(undefined), 'absent'],
  ['no taskset is worth knowing', tasksetCheck(false), 'note'],
  ['a program that is missing prevents nothing', programCheck('psql', undefined), 'absent'],
])('%s', (_, check, state) => {
  expect(check.state).toBe(state);
});

test('whatever is not fine and not merely absent says what to do', () => {
  const orphan = { name: 'orders', pid: 7, isOrphan: true };
  for (const check of [nodeCheck('18.0.0', '20.19'), coresCheck(1), orphansCheck([orphan])])
    expect(check.remedy).toMatch(/\w/);
});

test('a taken port prevents a run, and names who holds it', () => {
  const holder = { pid: 4711, command: 'node other.js' };
  const check = portsCheck('ports', [component], [{ component, holder }], 'prevents');
  expect(check.state).toBe('prevents');
  expect(check.found).toBe('held: 16000 (monolith)');
  expect(check.remedy).toContain('process 4711 (node other.js)');
});

test('the verdict counts what prevents a run', () => {
  const bad = nodeCheck('18.0.0', '20.19');
  expect(doctorText([coresCheck(1)])).toContain('✓ An experiment can be run.');
  expect(doctorText([bad])).toContain('✗ One thing prevents a run.');
  expect(doctorText([bad, diskCheck(0)])).toContain('✗ 2 things prevent a run.');
});
