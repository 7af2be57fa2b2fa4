// targets/own-data.ts: a shape whose data are not those that `npm start` keeps: those are nobody's to delete.
// Called by the lab and the bench.
import type { Target } from './targets.ts';

export const withOwnData = (target: Target, owner: 'lab' | 'bench'): Target => ({
  ...target,
  instance: `${target.instance}-${owner}`,
});
