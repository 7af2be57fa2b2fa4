// contract/couplings.ts: the words for how an order is followed, and where that is asked and switched.
// Apart from coupling.ts: who only starts or switches a shop need not load all schemas.

export const couplings = ['sync', 'queue'] as const;
export type Coupling = (typeof couplings)[number];

export const COUPLING_PATH = '/coupling';
