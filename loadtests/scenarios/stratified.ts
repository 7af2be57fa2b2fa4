// scenarios/stratified.ts: a weighted round robin, so that a mix holds over any short stretch.
// Used by every scenario; random choice made a checkout line wobble by a third, like a fault.

/** Weight: a whole number of turns in every `sum of weights` turns. */
export type Weighted<Value> = readonly [value: Value, weight: number];

/**
 * Smooth weighted round robin, as nginx does it: each value has exactly its weight of turns in a
 * cycle, spread as evenly as can be. No randomness at all.
 */
export function stratified<Value>(weighted: readonly Weighted<Value>[]): () => Value {
  const turns = weighted.map(([value, weight]) => ({ value, weight, credit: 0 }));
  const cycle = turns.reduce((sum, turn) => sum + turn.weight, 0);
  return () => {
    for (const turn of turns) turn.credit += turn.weight;
    const next = turns.reduce((best, turn) => (turn.credit > best.credit ? turn : best));
    next.credit -= cycle;
    return next.value;
  };
}
