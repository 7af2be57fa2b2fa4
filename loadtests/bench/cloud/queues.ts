// cloud/queues.ts: the queues of the bench: one for each asker, and one to be drained.
// Made by references/cloud-server.ts, filled by the arms.

/** Under way at each moment, on as many connections. */
export const askers = 16;

const drained = 'bench-drain';
export const queueNames = [...Array.from({ length: askers }, (_, at) => nameOf(at)), drained];

/** @param asker 0–15 */
export const queueUrl = (sqsUrl: string, asker: number) => urlOf(sqsUrl, nameOf(asker));
export const drainUrl = (sqsUrl: string) => urlOf(sqsUrl, drained);

function nameOf(asker: number): string {
  return `bench-${asker}`;
}

function urlOf(sqsUrl: string, name: string): string {
  return `${sqsUrl}/000000000000/${name}`;
}
