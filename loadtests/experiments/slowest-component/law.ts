// slowest-component/law.ts: what a chain of functions is billed, and how fast it can be, by arithmetic.
// Read by the definition, which predicts with it, and by the chain, which is built of these stages.

/** How long each stage works: two quick ones and the slow one, ms. */
export const stagesMs = [20, 20, 200] as const;
/** Its index in the chain. */
export const slowest = stagesMs.indexOf(200);

/** Each stage is paid for while it waits for all behind it: the work of the i-th is paid i times. */
export const billedByCallMs = (works: readonly number[]): number =>
  works.reduce((sum, workMs, at) => sum + (at + 1) * workMs, 0);

/** Each stage is paid for its own work. */
export const billedByQueueMs = (works: readonly number[]): number =>
  works.reduce((sum, workMs) => sum + workMs, 0);

/** Orders a second: the stage with the fewest places for its work decides. */
export const throughputOf = (works: readonly number[], places: number): number =>
  Math.min(...works.map((workMs) => places / (workMs / 1000)));
