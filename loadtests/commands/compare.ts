// commands/compare.ts: `npm run compare`: the two questions of the lecture, in under three minutes.
// Called by run.mjs. What takes longer is `npm run lab`.
import { experimentOf, experiments } from '../lab/registry.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { namesFrom, type Order, runOrder } from './lab/run-order.ts';
import { numberFrom, portBaseFlag, portBaseFrom } from './lib/bounds.ts';
import { changeFlags, changesFrom } from './lib/change-flags.ts';
import { type Given, helpOf, readFlags } from './lib/flags.ts';
import { platformFlag, platformFrom } from './lib/platform-flag.ts';

const usage = {
  command: 'compare',
  about: `Breaks components of every shape under load, deploys one line to every shape
under load, and shows what each took with it. Exit code: 0 valid and no order
lost, 1 an order lost or half done, 2 could not run, 3 not valid.`,
  flags: {
    targets: {
      value: '<names>',
      about: 'monolith,microservices unless given; with --full, more of them',
    },
    experiment: { value: '<ids>', about: 'others than these two: `npm run lab -- list`' },
    ...changeFlags,
    rate: {
      value: '<rps>',
      about: 'requests a second, 10 to 500 (100 or 250, or what fits)',
    },
    seed: { value: '<n>', about: 'same seed, same order and same requests (1)' },
    quick: { about: 'a single look at the faults, in about a minute, or four in containers' },
    full: { about: 'every experiment at full length: an hour' },
    json: { about: 'print the results as JSON instead of text' },
    platform: platformFlag,
    'port-base': portBaseFlag,
  },
} as const;

/** "One bug, all crash" and "deployment is the bottleneck". */
const SHORT = ['blast-radius', 'deployment'];
/** Each target more takes a minute; the longer runs take what an experiment asks for. */
const SHORT_TARGETS = ['monolith', 'microservices'];

/** @returns the exit code @throws CannotStart, which run.mjs prints before it exits 2 */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  return runOrder(orderFrom(given, argv), given.on('json'));
}

/** @throws CannotStart naming the flag that does not fit */
function orderFrom(given: Given, argv: readonly string[]): Order {
  const [quick, full] = [given.on('quick'), given.on('full')];
  if (quick && full) throw new CannotStart('--quick and --full exclude each other: choose one.');
  const ids = idsFrom(given, quick, full);
  const isShort = !full && ids.every((id) => SHORT.includes(id));
  const platform = platformFrom(given);
  return {
    name: 'compare',
    ids,
    targets: namesFrom('targets', given.text('targets')) ?? (isShort ? SHORT_TARGETS : undefined),
    size: full ? 'full' : 'quick',
    blocks: quick || isShort ? 1 : undefined,
    changes: changesFrom(given),
    seed: numberFrom(given, 'seed', { min: 0, max: 2 ** 31, whole: true }) ?? 1,
    platform,
    portBase: portBaseFrom(given),
    command: `npm run compare -- ${argv.join(' ')}`.replace(/ -- $/, ''),
  };
}

function idsFrom(given: Given, quick: boolean, full: boolean): string[] {
  const asked = namesFrom('experiment', given.text('experiment'));
  if (asked !== undefined) return asked.map((name) => experimentOf(name).definition.id);
  if (full) return experiments.map(({ definition }) => definition.id);
  return quick ? SHORT.slice(0, 1) : SHORT;
}
