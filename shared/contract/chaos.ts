// contract/chaos.ts: what the fault switchboard takes and answers.
// One fault a component at a time; each heals itself after `durationMs`.
import { type Static, Type } from 'typebox';
import { Instant, nullable, strict, word } from './primitives.ts';

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
  /**
   * How many calls wait at the same time in one process, the others in line behind them, as for a
   * few connections to something slow. Left out: all of them at once.
   */
  atOnce: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
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
  hangMs: Type.Number({ minimum: 0.01, maximum: 30_000 }),
  ...common,
});
export const Rejection = strict({ kind: Type.Literal('rejection'), ...common });
export const Leak = strict({
  kind: Type.Literal('leak'),
  /** Kept in V8's heap by each call that meets the fault, until it heals. */
  leakMb: Type.Optional(Type.Integer({ minimum: 1, maximum: 256, default: 8 })),
  ...common,
});

/** None is longer than half a minute: the gateway and the customer have given up by then. */
const heldMs = Type.Integer({ minimum: 1, maximum: 30_000 });
export const SlowQuery = strict({
  kind: Type.Literal('slow-query'),
  /** How long the statement before each call takes, to about a millisecond. */
  queryMs: heldMs,
  ...common,
});
export const DbLock = strict({
  kind: Type.Literal('db-lock'),
  /** How long another connection keeps every writer out; the next call after that locks again. */
  lockMs: heldMs,
  ...common,
});
export const Pool = strict({
  kind: Type.Literal('pool'),
  /** How long no connection is free; the next call after that takes them again. */
  holdMs: heldMs,
  ...common,
});

const processFaults = [
  Latency,
  ErrorAnswer,
  Exception,
  Wrong,
  Crash,
  Hang,
  Rejection,
  Leak,
] as const;
const databaseFaults = [SlowQuery, DbLock, Pool] as const;
const kinds = [...processFaults, ...databaseFaults] as const;

/** `oneOf` with a discriminator: a bad fault is told what its own kind wants, not all the others. */
export const Fault = Type.Unsafe<Static<(typeof kinds)[number]>>({
  type: 'object',
  oneOf: kinds,
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
});
export type Fault = Static<typeof Fault>;
export type FaultKind = Fault['kind'];
/** What every component takes. */
export const processKinds: readonly FaultKind[] = processFaults.map(kindOf);
/** All there are; the last three want a database. */
export const faultKinds: readonly FaultKind[] = kinds.map(kindOf);

export const FaultState = strict({
  component: Type.String(),
  /** Null when the component is healthy. */
  fault: Type.Union([Fault, Type.Null()]),
  healsAt: nullable(Instant),
  /** Calls that met the fault since it was set. */
  hits: Type.Integer({ minimum: 0 }),
  /** What this component can be told to suffer; one without a database takes fewer. */
  kinds: Type.Array(word(faultKinds)),
});
export type FaultState = Static<typeof FaultState>;
export const FaultStates = strict({
  components: Type.Array(FaultState),
  /** Processes that did not answer: dead or hung, so nobody knows what they suffer from. */
  unreachable: Type.Array(Type.String()),
});
export type FaultStates = Static<typeof FaultStates>;
export const ComponentPath = strict({ component: Type.String({ pattern: '^[a-z]{1,30}$' }) });

function kindOf({ properties }: (typeof kinds)[number]): FaultKind {
  return properties.kind.const;
}
