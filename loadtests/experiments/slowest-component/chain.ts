// slowest-component/chain.ts: what the chain and whoever asks it agree on: names and facts.
// Read by bench/references/chain-server.ts, which is the chain, and by rig.ts, which starts it.

/** Whether a stage calls the next one and waits, or leaves the order in its queue. */
export const couplings = ['call', 'queue'] as const;
export type Coupling = (typeof couplings)[number];

export const functionName = (coupling: Coupling, stage: number) => `${coupling}-${stage}`;
export const queueName = (stage: number) => `stage-${stage}`;

/** Since the last reset. */
export interface StageFacts {
  readonly coupling: Coupling;
  /** From 0. */
  readonly stage: number;
  /** Those that ended, in whatever way. */
  readonly invocations: number;
  /** With the init of cold starts. */
  readonly billedMs: number;
  /** Without it; each invocation rounded up to whole ms. */
  readonly workMs: number;
  readonly coldStarts: number;
  /** Alive now. */
  readonly environments: number;
}

/** All at one moment. */
export interface ChainFacts {
  /** Different orders that have come to the end. */
  readonly done: number;
  readonly deadLettered: number;
  /** Messages before each stage, those that it works on included. */
  readonly queued: readonly number[];
  readonly stages: readonly StageFacts[];
  /** Calls of SQS that the mappings made: each is paid for. */
  readonly mappingCalls: number;
}
