// contract/chaos.ts: what the fault switchboard takes and answers.
// One fault a component at a time; each heals itself after `durationMs`.
import { type Static, Type } from 'typebox';
import { Instant, nullable, strict } from './primitives.ts';

const common = {
  /** Share of the calls that meet the fault. */
  percent: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100, default: 100 })),
  durationMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 600_000, default: 30_000 })),
};

export const Latency = strict({
  kind: Type.Literal('latency'),
  latencyMs: Type.Integer({ minimum: 1, maximum: 60_000 }),
  /** Added on top: uniform between 0 and this. */
  jitterMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000, default: 0 })),
  ...common,
});
export const ErrorAnswer = strict({
  kind: Type.Literal('error'),
  status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599, default: 503 })),
  ...common,
});
export const Exception = strict({ kind: Type.Literal('exception'), ...common });
export const Wrong = strict({ kind: Type.Literal('wrong'), ...common });
export const Crash = strict({ kind: Type.Literal('crash'), ...common });
export const Hang = strict({
  kind: Type.Literal('hang'),
  /** How long the event loop stands still: nothing in the process answers, this API included. */
  hangMs: Type.Integer({ minimum: 1, maximum: 30_000 }),
  ...common,
});

const kinds = [Latency, ErrorAnswer, Exception, Wrong, Crash, Hang] as const;

/** `oneOf` with a discriminator: a bad fault is told what its own kind wants, not all six. */
export const Fault = Type.Unsafe<Static<(typeof kinds)[number]>>({
  type: 'object',
  oneOf: kinds,
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
});
export type Fault = Static<typeof Fault>;
export const faultKinds = ['latency', 'error', 'exception', 'wrong', 'crash', 'hang'] as const;

export const FaultState = strict({
  component: Type.String(),
  /** Null when the component is healthy. */
  fault: Type.Union([Fault, Type.Null()]),
  healsAt: nullable(Instant),
  /** Calls that met the fault since it was set. */
  hits: Type.Integer({ minimum: 0 }),
});
export type FaultState = Static<typeof FaultState>;
export const FaultStates = strict({
  components: Type.Array(FaultState),
  /** Processes that did not answer: dead or hung, so nobody knows what they suffer from. */
  unreachable: Type.Array(Type.String()),
});
export type FaultStates = Static<typeof FaultStates>;
export const ComponentPath = strict({ component: Type.String({ pattern: '^[a-z]{1,30}$' }) });
