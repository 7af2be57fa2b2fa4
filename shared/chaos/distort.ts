// chaos/distort.ts: makes a right answer plausibly wrong: same shape, other numbers.
// Called by the switchboard for faults of kind `wrong`.

/** A copy in which every amount of money is ten times as much and every count is one more. */
export function distort<Value>(value: Value): Value {
  return twist(value, '') as Value;
}

function twist(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => twist(item, name));
  if (typeof value === 'number') return name.endsWith('Cents') ? value * 10 : value + 1;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, twist(inner, key)]));
}
