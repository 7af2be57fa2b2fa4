// scenarios/scenarios.ts: the scenarios by name.
// The attack process looks its targeter up here: a name crosses a process boundary, code does not.
import { browse } from './browse.ts';
import { checkout } from './checkout.ts';
import { mixed } from './mixed.ts';
import type { ScenarioName } from './names.ts';
import type { Targeter, TargeterOptions } from './shot.ts';

export const scenarios: Readonly<Record<ScenarioName, (options: TargeterOptions) => Targeter>> = {
  browse,
  checkout,
  mixed,
};
