// live/orders.ts: what an instructor may ask for, each with what it takes.
// Called by console-app.ts once the key was looked at; answers with sentences for the page.
import { faultKinds } from '@lab/shared/contract/chaos.ts';
import { features } from '@lab/shared/contract/operation.ts';
import { word } from '@lab/shared/contract/primitives.ts';
import { type Static, type TSchema, Type } from 'typebox';
import Schema from 'typebox/value';
import { scenarioNames } from '../../scenarios/names.ts';
import { couplingOf } from '../../targets/coupling.ts';
import type { Load } from './customers.ts';
import type { Deployments } from './deployments.ts';
import type { Drill } from './drill.ts';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import type { LabRuns } from './lab-runs.ts';
import type { LiveShape } from './live-shape.ts';
import type { Turns } from './turns.ts';

export interface Desk {
  readonly shapes: readonly LiveShape[];
  readonly key: string;
  readonly load: Load;
  readonly faults: Faults;
  readonly deployments: Deployments;
  readonly drill: Drill;
  readonly labRuns: LabRuns;
  readonly history: History;
  /** For load and experiments, which must not overlap. */
  readonly turns: Turns;
}

const exactly = { additionalProperties: false } as const;
const nothing = Type.Object({}, exactly);
const Shapes = Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 8 });

const schemas = {
  customers: Type.Object(
    {
      running: Type.Boolean(),
      rateRps: Type.Integer({ minimum: 1, maximum: 100 }),
      scenario: word(scenarioNames),
    },
    exactly,
  ),
  fault: Type.Object(
    {
      kind: word([...faultKinds, 'kill']),
      component: word([...features, 'gateway']),
      percent: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
      durationMs: Type.Integer({ minimum: 500, maximum: 60_000 }),
      shapes: Shapes,
    },
    exactly,
  ),
  deployment: Type.Object(
    {
      component: word(features),
      version: word(['good', 'bad']),
      strategy: word(['recreate', 'rolling']),
      shapes: Shapes,
    },
    exactly,
  ),
  coupling: Type.Object({ coupling: word(['sync', 'queue']), shapes: Shapes }, exactly),
  drill: Type.Object({ seed: Type.Integer({ minimum: 0, maximum: 999_999 }) }, exactly),
  experiment: Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{2,40}$' }) }, exactly),
  heal: nothing,
  reveal: nothing,
  reset: nothing,
  stop: nothing,
} as const;
type Orders = { [Name in keyof typeof schemas]: Static<(typeof schemas)[Name]> };
export type OrderName = keyof Orders;

type Doers = { [Name in OrderName]: (desk: Desk, order: Orders[Name]) => Promise<string[]> };

const doers: Doers = {
  customers: ({ load, labRuns, turns }, wish) =>
    turns.take(async () => {
      if (wish.running && labRuns.now?.state === 'running')
        return ['An experiment is running: its load and this one would spoil each other.'];
      await load.set(wish);
      return [];
    }),
  fault: ({ faults }, order) => faults.strike(order),
  deployment: async ({ deployments, labRuns }, order) =>
    labRuns.now?.state === 'running'
      ? ['An experiment is running: what is built beside it would spoil it.']
      : deployments.start(order),
  coupling: switchCoupling,
  drill: ({ drill, shapes }, { seed }) =>
    drill.start(
      seed,
      shapes.map(({ target }) => target.name),
    ),
  experiment: ({ labRuns, load, turns, shapes, deployments }, { id }) =>
    turns.take(async () => {
      // Where there is no shape of ours, there are no sources to start others from.
      if (shapes.some(({ asked }) => asked !== undefined)) return [runElsewhere(id)];
      if (deployments.now?.steps.some(({ state }) => state === 'under way'))
        return ['A deployment is under way: wait for its end.'];
      if (load.now.running) await load.set({ ...load.now, running: false });
      return labRuns.start(id);
    }),
  heal: async ({ faults }) => (await faults.healAll()).map(notHealed),
  reveal: async ({ drill }) => (await drill.reveal()).map(notHealed),
  reset: ({ history, load, turns }) =>
    turns.take(async () => {
      const { now } = load;
      await load.reset();
      history.reset();
      if (now.running) await load.set(now);
      return [];
    }),
  async stop({ labRuns }) {
    await labRuns.stop();
    return [];
  },
};

const runElsewhere = (id: string) =>
  `An experiment starts shapes of its own: \`npm run lab -- run ${id}\` does that, outside.`;

const notHealed = (name: string) => `${name} did not answer: its faults end by their own clocks.`;

async function switchCoupling(
  { shapes, key, history }: Desk,
  { coupling, shapes: names }: Orders['coupling'],
): Promise<string[]> {
  const wanted = shapes.filter(({ target }) => names.includes(target.name));
  const way = coupling === 'sync' ? 'a call' : 'a queue';
  const id = history.begin({ kind: 'switch', title: `orders told by ${way}` });
  const done = await Promise.allSettled(
    wanted.map(async ({ baseUrl, target }) => {
      await couplingOf(baseUrl, key, coupling);
      history.strike(id, target.name);
      history.end(id, target.name);
    }),
  );
  return done.flatMap((one) => (one.status === 'rejected' ? [one.reason.message] : []));
}

/** What is wrong with an order; it names the field. */
export class BadOrder extends Error {
  override readonly name = 'BadOrder';
}

export const isOrder = (name: string): name is OrderName => Object.hasOwn(schemas, name);

/**
 * @returns sentences about what was not done; empty: all was
 * @throws BadOrder for one that does not fit
 */
export function carryOut<Name extends OrderName>(
  desk: Desk,
  name: Name,
  order: unknown,
): Promise<string[]> {
  const schema: TSchema = schemas[name];
  const [first] = Schema.Errors(schema, order);
  if (first !== undefined) {
    const where = first.instancePath || 'The order';
    throw new BadOrder(`${where} ${first.message.replace('schema is false', 'is not asked for')}.`);
  }
  return doers[name](desk, order as Orders[Name]);
}
