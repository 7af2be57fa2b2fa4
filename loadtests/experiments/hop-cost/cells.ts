// hop-cost/cells.ts: what is tried: by which transport, over how many hops, with how much work a hop.
// Used by the experiment, its rig, its fits and its figures.

/** How an order gets from one component to the next; `gateway` is HTTP behind the shop's gateway. */
export const transports = ['call', 'json', 'http', 'gateway'] as const;
export type Transport = (typeof transports)[number];

/** Arms by name; the second HTTP is the control. */
export const arms: Readonly<Record<string, Transport>> = {
  call: 'call',
  json: 'json',
  http: 'http',
  'http again': 'http',
  gateway: 'gateway',
};

export const hopCounts = [0, 1, 2, 3, 4, 5] as const;
/** Milliseconds of spinning in every component, the first included. */
export const worksMs = [0, 1, 5, 20] as const;

/** Name of the sample of one cell. */
export function cellName(arm: string, hops: number, workMs: number): string {
  return `${arm}: ${hops} hops, ${workMs} ms`;
}

/** Name of the sample of the line over the hops at one amount of work. */
export function lineName(arm: string, workMs: number): string {
  return `${arm}: ${workMs} ms`;
}
