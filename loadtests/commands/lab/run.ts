// commands/lab/run.ts: `npm run lab -- run <id...>`: the experiments named, one after the other.
// Called by lab.ts.
import type { Size } from '../../lab/definition.ts';
import type { Experiment } from '../../lab/experiment.ts';
import { experimentOf, experiments } from '../../lab/registry.ts';
import { runExperiments } from '../../lab/run-experiments.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { numberFrom, portBaseFlag, portBaseFrom } from '../lib/bounds.ts';
import { changeFlags, changesFrom } from '../lib/change-flags.ts';
import { type Given, helpOf, readFlags } from '../lib/flags.ts';
import { platformFlag, platformFrom } from '../lib/platform-flag.ts';
import { namesFrom, type Order, runOrder } from './run-order.ts';

const usage = {
  command: 'lab',
  subcommand: 'run',
  about: `Runs experiments, by id or code, one after the other.
Ctrl-C takes every fault back and stores the blocks that were whole; a second
one ends at once. Exit code: 0 valid and every invariant holds, 1 an invariant
broke, 2 could not run, 3 not valid, stopped early or undecided.`,
  words: '<id...>',
  flags: {
    targets: { value: '<names>', about: 'separated by commas; default: the experiment decides' },
    quick: { about: 'a few blocks, for a look: nothing can be claimed' },
    full: { about: 'as many blocks as the experiment ever asks for' },
    blocks: { value: '<n>', about: 'accepted blocks wanted, 1 to 200' },
    ...changeFlags,
    seed: { value: '<n>', about: 'same seed, same order and same requests; default 1' },
    json: { about: 'print the results as JSON instead of text' },
    platform: platformFlag,
    'port-base': portBaseFlag,
  },
} as const;

const ownLab = { runExperiments, experiments };

/**
 * @param lab tests pass a runner and experiments of their own
 * @returns the exit code @throws CannotStart, which run.mjs prints before it exits 2
 */
export async function main(argv: readonly string[], lab = ownLab): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const order = orderFrom(given, argv, lab.experiments);
  return runOrder(order, given.on('json'), lab.runExperiments);
}

/** @throws CannotStart naming the flag or word that does not fit */
function orderFrom(given: Given, argv: readonly string[], known: readonly Experiment[]): Order {
  if (given.words.length === 0)
    throw new CannotStart('Say which experiments to run: `npm run lab -- list` names them.');
  const ids = given.words.map((word) => experimentOf(word, known).definition.id);
  return {
    ids: [...new Set(ids)],
    targets: namesFrom('targets', given.text('targets')),
    size: sizeFrom(given),
    changes: changesFrom(given),
    seed: numberFrom(given, 'seed', { min: 0, max: 2 ** 31, whole: true }) ?? 1,
    blocks: numberFrom(given, 'blocks', { min: 1, max: 200, whole: true }),
    platform: platformFrom(given),
    portBase: portBaseFrom(given),
    command: `npm run lab -- run ${argv.join(' ')}`,
  };
}

function sizeFrom(given: Given): Size {
  if (given.on('quick') && given.on('full'))
    throw new CannotStart('--quick and --full exclude each other: choose one.');
  if (given.on('quick')) return 'quick';
  return given.on('full') ? 'full' : 'standard';
}
