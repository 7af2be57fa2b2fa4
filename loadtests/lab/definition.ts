// lab/definition.ts: what an experiment says before it runs, as data that a schema holds to form.
// Written by experiments/*.ts, checked by run-experiment.ts, printed by report/.
import { Ajv } from 'ajv';
import { type Static, Type } from 'typebox';
import { type ScenarioName, scenarioNames } from '../scenarios/names.ts';
import { CannotStart } from '../targets/cannot-start.ts';

const Text = Type.String({ minLength: 1 });
const strict = { additionalProperties: false } as const;

/** A figure taken from every arm of every block. */
export const Metric = Type.Object(
  {
    /** As it stands in a table: `CPU per request`. */
    label: Text,
    /** `µs`, `ms`, `%`, `rps`, `bytes`; empty for a plain number or a ratio. */
    unit: Type.String(),
    /** Which way is good; a count that must be exact has neither. */
    better: Type.Union([Type.Literal('lower'), Type.Literal('higher'), Type.Literal('neither')]),
  },
  strict,
);
export type Metric = Static<typeof Metric>;

/**
 * One clause a machine can check. Without `versus` the median of `metric` in `arm` is judged, with
 * it the ratio arm ÷ versus, block by block. Held: the whole interval is inside the bounds.
 */
export const Hypothesis = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    /** The prediction as a sentence. */
    text: Text,
    metric: Text,
    arm: Text,
    versus: Type.Optional(Text),
    atLeast: Type.Optional(Type.Number()),
    atMost: Type.Optional(Type.Number()),
    /**
     * `median` (default): by its interval over blocks. `every`: each block must comply.
     * `pooled`: successes of trials, binomially; the metric `x` comes as `x` and `x:trials`.
     */
    judge: Type.Optional(
      Type.Union([Type.Literal('median'), Type.Literal('every'), Type.Literal('pooled')]),
    ),
    /**
     * Broken, it is not a refuted prediction but a fault of the shop: exit code 1. Judged over all
     * blocks, the discarded ones too; an arm that failed has no orders to judge.
     */
    invariant: Type.Optional(Type.Boolean()),
    /** Of an invariant: a quick run leaves its arm out on purpose. */
    notInQuick: Type.Optional(Type.Boolean()),
    /** Its arm needs what another platform does not have. */
    onlyOn: Type.Optional(Type.Literal('compose')),
  },
  strict,
);
export type Hypothesis = Static<typeof Hypothesis>;

export const Workload = Type.Object(
  {
    scenario: Type.Unsafe<ScenarioName>(Type.Enum([...scenarioNames])),
    rateRps: Type.Number({ exclusiveMinimum: 0, maximum: 5000 }),
    arrivals: Type.Union([Type.Literal('constant'), Type.Literal('poisson')]),
    deadlineMs: Type.Number({ minimum: 10, maximum: 60_000 }),
    sloMs: Type.Number({ minimum: 1, maximum: 60_000 }),
  },
  strict,
);
export type Workload = Static<typeof Workload>;

/** When a block is not counted. */
export const Gate = Type.Object(
  {
    /** Sent − intended, in ms; experiments on losses bear more than those on latency. */
    lagMsP99: Type.Number({ exclusiveMinimum: 0 }),
    /** Share of the machine that programs outside the lab may use, 0–1. */
    otherCpuRatio: Type.Number({ minimum: 0, maximum: 1 }),
    /** Off the asked rate, 0–1. */
    rateOffRatio: Type.Number({ minimum: 0, maximum: 1 }),
  },
  strict,
);
export type Gate = Static<typeof Gate>;

/** The gate of experiments.md, E0, but for the lag, which each experiment states. */
export const strictGate: Gate = { lagMsP99: 1, otherCpuRatio: 0.05, rateOffRatio: 0.01 };

/** Lengths of what a trial goes through, ms. The short ones of a trial are not listed. */
export const PhaseLengths = Type.Object(
  {
    steadyMs: Type.Number({ minimum: 0 }),
    /** How long a fault is left on. */
    holdMs: Type.Number({ minimum: 100, maximum: 60_000 }),
    /** Load that goes on after all is well. */
    settleMs: Type.Number({ minimum: 0 }),
  },
  strict,
);
export type PhaseLengths = Static<typeof PhaseLengths>;

/** Apart from hypotheses: when a run ends before its blocks are full, with what it has. */
export const Stop = Type.Object(
  { afterMinutes: Type.Number({ exclusiveMinimum: 0, maximum: 120 }) },
  strict,
);

const BlockCounts = Type.Object(
  { quick: Type.Integer(), standard: Type.Integer(), full: Type.Integer() },
  strict,
);
/** How much of an experiment is run. */
export type Size = keyof Static<typeof BlockCounts>;

export const Definition = Type.Object(
  {
    /** In commands and file names. */
    id: Type.String({ pattern: '^[a-z][a-z0-9-]+$' }),
    /** `E4`, or `E12b` for a second part: its place in the docs. */
    code: Type.String({ pattern: '^E[0-9]+[a-z]?$' }),
    title: Text,
    question: Text,
    prediction: Text,
    /** Drawn on the chart, and printed. */
    formula: Type.Optional(Text),
    varies: Type.Array(Text, { minItems: 1 }),
    measures: Type.Array(Text, { minItems: 1 }),
    control: Text,
    refutedBy: Text,
    doesNotShow: Type.Array(Text, { minItems: 1 }),
    metrics: Type.Record(Type.String(), Metric),
    hypotheses: Type.Array(Hypothesis),
    workload: Type.Optional(Workload),
    phases: Type.Optional(PhaseLengths),
    gate: Gate,
    stop: Type.Optional(Stop),
    /** Accepted blocks asked for: below 6 no interval is possible, so nothing is claimed. */
    blocks: BlockCounts,
  },
  strict,
);
export type Definition = Static<typeof Definition>;

const holds = new Ajv({ allErrors: true }).compile<Definition>(Definition);

/** @throws CannotStart naming what does not fit: a definition is data and may come from anywhere */
export function checkDefinition(definition: Definition): void {
  const { id: name } = definition;
  if (!holds(definition)) {
    const [first] = holds.errors ?? [];
    const where = `${first?.instancePath || 'the whole'} ${first?.message}`;
    throw new CannotStart(`Experiment "${name}" is not well defined: ${where}.`);
  }
  for (const { id, metric } of definition.hypotheses) {
    if (definition.metrics[metric] !== undefined) continue;
    throw new CannotStart(
      `Experiment "${name}": hypothesis ${id} judges ${metric}, which is no metric.`,
    );
  }
}
