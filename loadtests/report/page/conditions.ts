// report/page/conditions.ts: what a role is in each shape, and whether the shapes were treated alike.
// Used by experiment.ts.
import type { FairnessRow, LabResult } from '../../lab/result.ts';
import { tableOf } from '../figures/table.ts';
import { type Markup, markup } from '../markup.ts';
import { orderedNames, sign } from './signs.ts';

/** Roles that are the same thing in a shape share a box: what dies together stands together. */
export function bindingsPart({ bindings, config }: LabResult): Markup | null {
  if (bindings.length === 0) return null;
  const names = orderedNames(
    config.targets,
    bindings.map((binding) => binding.is),
  );
  const shapes = names.map((name) => {
    const things = [...new Set(bindings.flatMap((binding) => binding.is[name] ?? []))];
    const boxes = things.map((thing) => {
      const roles = bindings.filter((binding) => binding.is[name] === thing);
      const inside = roles.map(({ role }) => markup`<li>${role}</li>`);
      return markup`<div class="box"><ul>${inside}</ul><small>${thing}</small></div>`;
    });
    return markup`<div class="shape"><h3>${name}</h3><div class="boxes">${boxes}</div></div>`;
  });
  return markup`<section><h2>Who is hit</h2>
    <p class="caption">A fault is given to a role. What that role is, and so what goes down with it, is
    the architecture: roles in one frame are the same thing there.</p>
    <div class="topology">${shapes}</div></section>`;
}

export function fairnessPart({ fairness, config }: LabResult): Markup | null {
  if (fairness.length === 0) return null;
  const names = orderedNames(
    config.targets,
    fairness.map((row) => row.values),
  );
  const rows = fairness.map((row) => [
    row.what,
    ...names.map((name) => row.values[name] ?? '–'),
    equality(row),
  ]);
  return markup`<h3>Fairness audit</h3>
    ${tableOf({ label: 'Fairness audit', head: ['Must be equal', ...names, ''], rows })}`;
}

function equality({ equal, reason }: FairnessRow): Markup {
  if (equal) return sign({ symbol: '✓', word: 'equal', tone: 'good' });
  if (reason === undefined) return sign({ symbol: '✗', word: 'differs', tone: 'bad' });
  return markup`${sign({ symbol: '≠', word: 'differs', tone: 'open' })} <small>${reason}</small>`;
}
