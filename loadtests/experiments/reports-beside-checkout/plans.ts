// reports-beside-checkout/plans.ts: which shapes and placements are measured, and how much of each.
// Read by the experiment, its sites and its claims.
import type { Size } from '../../lab/definition.ts';

export interface Plan {
  readonly name: string;
  readonly shape: 'monolith' | 'microservices';
  readonly engine: 'SQLite' | 'PostgreSQL';
  /** Of the monolith's reports; those of the services are a process on DuckDB. */
  readonly placement?: 'loop' | 'worker' | 'process';
  readonly twinOf?: string;
  readonly versus?: string;
}

/** The monolith on SQLite as it is by default: what all others are held against. */
export const LOOP = 'monolith, loop';

const onSqlite: readonly Plan[] = [
  { name: LOOP, shape: 'monolith', engine: 'SQLite', placement: 'loop' },
  {
    name: `${LOOP}, again`,
    shape: 'monolith',
    engine: 'SQLite',
    placement: 'loop',
    twinOf: LOOP,
  },
  {
    name: 'monolith, worker',
    shape: 'monolith',
    engine: 'SQLite',
    placement: 'worker',
    versus: LOOP,
  },
  {
    name: 'monolith, process',
    shape: 'monolith',
    engine: 'SQLite',
    placement: 'process',
    versus: LOOP,
  },
  { name: 'microservices, DuckDB', shape: 'microservices', engine: 'SQLite', versus: LOOP },
];

/** The same on PostgreSQL; the reports of the services stay in their columns. */
const onPostgres: readonly Plan[] = onSqlite
  .filter(({ twinOf }) => twinOf === undefined)
  .map((plan) => ({
    ...plan,
    name: `${plan.name}, PostgreSQL`,
    engine: 'PostgreSQL',
    ...(plan.versus !== undefined && { versus: `${plan.versus}, PostgreSQL` }),
  }));

export const allPlans: readonly Plan[] = [...onSqlite, ...onPostgres];

/** Arms that share one take turns. */
export type SiteName = `${Plan['shape']} ${Plan['engine']}`;

export const siteOf = ({ shape, engine }: Plan): SiteName => `${shape} ${engine}`;

/** A statement on SQLite is synchronous; one on PostgreSQL is waited for. */
export const isOnLoop = ({ placement, engine }: Plan): boolean =>
  placement === 'loop' && engine === 'SQLite';

/** A quick run has no time for a second engine. */
export const plansIn = (size: Size): readonly Plan[] => (size === 'quick' ? onSqlite : allPlans);

/** How much past a report has to go through; PostgreSQL is given less, as it is filled row by row. */
export const pastOrdersIn: Readonly<Record<Plan['engine'], Readonly<Record<Size, number>>>> = {
  SQLite: { quick: 20_000, standard: 100_000, full: 200_000 },
  PostgreSQL: { quick: 20_000, standard: 20_000, full: 50_000 },
};

/** Load before anything counts, then as long without reports as with one every second, ms. */
export const timesIn: Readonly<Record<Size, { warmUpMs: number; lengthMs: number }>> = {
  quick: { warmUpMs: 1500, lengthMs: 3000 },
  standard: { warmUpMs: 4000, lengthMs: 10_000 },
  full: { warmUpMs: 5000, lengthMs: 20_000 },
};
