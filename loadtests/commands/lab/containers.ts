// commands/lab/containers.ts: `npm run lab -- containers`: what both shapes cost in containers, as a table.
// Called by lab.ts.
import { buildMs, type Costs, costsOf, IDLE_MS, LOAD_RPS } from '../../compose/costs.ts';
import { findEngine } from '../../targets/compose/engine.ts';
import { down, type Project } from '../../targets/compose/project.ts';
import { helpOf, readFlags } from '../lib/flags.ts';
import { megabytes, seconds, table } from '../lib/format.ts';
import { during } from '../lib/progress.ts';

const usage = {
  command: 'lab',
  subcommand: 'containers',
  about: `Builds all images from nothing and again from the cache, starts one shape after
the other with empty databases, and reads the engine's own account of memory:
idle and under ${LOAD_RPS} requests a second. About three minutes.`,
  flags: {},
} as const;

const project: Project = {
  name: 'one-shop-costs',
  profiles: ['monolith', 'microservices'],
  ports: { monolith: 15_000, microservices: 16_000 },
};

/** @returns 0 @throws CannotStart without an engine, or with what docker said */
export async function main(argv: readonly string[]): Promise<number> {
  if (readFlags(usage, argv).help) {
    console.log(helpOf(usage));
    return 0;
  }
  await findEngine();
  try {
    const cold = await during(
      'Building eight images from nothing',
      () => buildMs(project, true),
      () => 'Built eight images from nothing',
    );
    const cached = await during(
      'Building them again',
      () => buildMs(project, false),
      () => 'Built again, nothing changed',
    );
    const costs: Costs[] = [];
    for (const shape of project.profiles)
      costs.push(
        await during(
          `Starting and loading: ${shape}`,
          () => costsOf(shape, project),
          ({ containers }) => `${shape}: ${containers} containers`,
        ),
      );
    console.log(
      `\n${costTable(costs)}\n\nBuilding all eight: ${seconds(cold)}, again ${seconds(cached)}`,
    );
  } finally {
    await down(project, true);
  }
  return 0;
}

function costTable(costs: readonly Costs[]): string {
  const row = (what: string, value: (cost: Costs) => string) => [what, ...costs.map(value)];
  const both = ({ processes, databases }: Costs['idle']) =>
    `${megabytes(processes)} + ${megabytes(databases)}`;
  return table(
    [
      row('', ({ shape }) => shape),
      row('containers', ({ containers }) => String(containers)),
      row('up to healthy', ({ healthyMs }) => seconds(healthyMs)),
      row(`memory after ${IDLE_MS / 1000} s, processes + databases`, ({ idle }) => both(idle)),
      row(`memory after ${LOAD_RPS} requests a second`, ({ loaded }) => both(loaded)),
      row(
        'largest image, what it adds to its base',
        (cost) => `${megabytes(cost.imageBytes)}, ${megabytes(cost.ownBytes)}`,
      ),
    ],
    [1, 2],
  );
}
