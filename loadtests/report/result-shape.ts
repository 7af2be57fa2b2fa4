// report/result-shape.ts: what a stored result must have for the reports not to stumble over it.
// Used by read-results.ts. Looser than lab/result.ts: what a later lab adds does no harm.
import { Type } from 'typebox';
import { Definition } from '../lab/definition.ts';
import { outcomes } from '../load/outcome.ts';

const Text = Type.String();
const Texts = Type.Array(Text);
// JSON has no infinity: a division by zero comes back as null.
const Value = Type.Union([Type.Number(), Type.Null()]);
const Words = Type.Record(Text, Text);
const Level = Type.Union([Type.Integer({ minimum: 0, maximum: 4 }), Type.Null()]);
const interval = { value: Value, low: Value, high: Value };
const captioned = { title: Text, caption: Text };
const Axis = Type.Object({ label: Text, unit: Text });
const Point = Type.Object({ x: Value, y: Value });
const Series = Type.Object({ name: Text, role: Text, points: Type.Array(Point) });

const Lines = Type.Object({
  kind: Type.Literal('lines'),
  ...captioned,
  x: Axis,
  y: Axis,
  panels: Type.Array(Type.Object({ title: Text, series: Type.Array(Series) })),
});

const Intervals = Type.Object({
  kind: Type.Literal('intervals'),
  ...captioned,
  x: Axis,
  neutral: Value,
  rows: Type.Array(Type.Object({ label: Text, ...interval })),
});

const Row = Type.Object({
  label: Text,
  cells: Type.Array(Type.Object({ text: Text, level: Level })),
});
const Matrix = Type.Object({
  kind: Type.Literal('matrix'),
  ...captioned,
  columns: Texts,
  groups: Type.Array(Type.Object({ title: Text, rows: Type.Array(Row) })),
});

const Step = Type.Object({
  atMs: Type.Number(),
  outcomes: Type.Object(Object.fromEntries(outcomes.map((name) => [name, Type.Number()]))),
  latencyMsP50: Value,
  latencyMsP99: Value,
});
const Band = Type.Object({ fromMs: Type.Number(), toMs: Type.Number(), label: Text });
const Column = Type.Object({
  title: Text,
  bands: Type.Array(Band),
  panels: Type.Record(Text, Type.Array(Step)),
});
const Timelines = Type.Object({
  kind: Type.Literal('timelines'),
  ...captioned,
  stepMs: Type.Number({ exclusiveMinimum: 0 }),
  rows: Texts,
  columns: Type.Array(Column),
});

const Table = Type.Object({
  kind: Type.Literal('table'),
  ...captioned,
  head: Texts,
  rows: Type.Array(Texts),
});

const Evaluation = Type.Object({
  sentence: Text,
  valid: Type.Boolean(),
  reasons: Texts,
  accepted: Type.Integer(),
  discarded: Type.Integer(),
  summaries: Type.Array(Type.Object({ arm: Text, metric: Text, ...interval })),
  effects: Type.Array(
    Type.Object({
      metric: Text,
      arm: Text,
      versus: Text,
      ratio: Type.Object(interval),
      aa: Type.Union([Type.Object(interval), Type.Null()]),
      claim: oneOf('higher', 'lower', 'no difference shown', 'not judged'),
    }),
  ),
  verdicts: Type.Array(
    Type.Object({
      text: Text,
      predicted: Text,
      measured: Text,
      status: oneOf('held', 'refuted', 'inconclusive', 'not applicable'),
      invariant: Type.Boolean(),
    }),
  ),
});

const Instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d' });

const Result = Type.Object({
  schemaVersion: Type.Literal(2),
  runId: Text,
  startedAt: Instant,
  finishedAt: Instant,
  command: Text,
  definition: Definition,
  config: Type.Object({
    size: Text,
    targets: Texts,
    seed: Type.Number(),
    blocksWanted: Type.Integer(),
    platform: Text,
    pinning: Text,
  }),
  environment: Type.Object({
    commit: Text,
    dirty: Type.Boolean(),
    node: Text,
    platform: Text,
    cpu: Text,
    cores: Type.Number(),
    memoryBytes: Type.Number(),
  }),
  bindings: Type.Array(Type.Object({ role: Text, is: Words })),
  fairness: Type.Array(Type.Object({ what: Text, values: Words, equal: Type.Boolean() })),
  blocks: Type.Array(
    Type.Object({
      index: Type.Integer(),
      order: Texts,
      samples: Type.Array(
        Type.Object({ arm: Text, metrics: Type.Record(Text, Value), doubts: Texts }),
      ),
      otherCpuRatio: Value,
      discarded: Texts,
    }),
    { minItems: 1 },
  ),
  partial: Type.Boolean(),
  evaluation: Evaluation,
  figures: Type.Array(
    Type.Unsafe<object>({
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [Lines, Intervals, Matrix, Timelines, Table],
    }),
  ),
});

/** `{ schemaVersion: 2, results: [...] }`: one result for a run, several for a comparison. */
export const StoredShape = Type.Object({
  schemaVersion: Type.Literal(2),
  results: Type.Array(Result, { minItems: 1 }),
});

function oneOf(...words: readonly string[]) {
  return Type.Union(words.map((word) => Type.Literal(word)));
}
