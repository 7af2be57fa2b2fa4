// browser/looks.ts: the outcomes in the order in which they are drawn, and the signs of what was done.
// Used by the strips and their legend.
import { type OutcomeLook, outcomeLooks } from '../../../report/palette.ts';
import type { Marker } from '../live-state.ts';

type Outcome = keyof typeof outcomeLooks;
export const outcomes = Object.keys(outcomeLooks) as Outcome[];
export const looks: Readonly<Record<Outcome, OutcomeLook>> = outcomeLooks;

export const signs: Readonly<Record<Marker['kind'], string>> = {
  fault: '⚡',
  deploy: '⇪',
  switch: '⇄',
};
