// commands/lab/coupling.ts: `npm run lab -- coupling`: switches a running shop between call and queue.
// Called by lab.ts; under load and as often as one likes.
import type { CouplingState } from '@lab/shared/contract/coupling.ts';
import { DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { couplingOf } from '../../targets/coupling.ts';
import { addressFrom, portBaseFlag, portBaseFrom } from '../lib/bounds.ts';
import { couplingNamed } from '../lib/coupling-flag.ts';
import { helpOf, readFlags } from '../lib/flags.ts';

const usage = {
  command: 'lab',
  subcommand: 'coupling',
  words: '[sync|queue]',
  about: `Has notifications and reports hear of orders by direct call (sync) or through a
queue from now on; without a word it says how they do. Services started with
--coupling have a queue to switch to, functions always.`,
  flags: {
    url: { value: '<url>', about: 'of a front door; default: the gateway of the services' },
    key: { value: '<key>', about: "the instructor's; default: INSTRUCTOR_KEY, or the demo's" },
    'port-base': portBaseFlag,
  },
} as const;

const GATEWAY_OFFSET = 1000;

/** @returns 0 @throws CannotStart with the shop's sentence when it does not take it */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const [word, extra] = given.words;
  if (extra !== undefined) throw new CannotStart(`One coupling at a time: "${extra}" is too much.`);
  const wanted = word === undefined ? undefined : couplingNamed(word, 'The coupling');
  const key = given.text('key') ?? (process.env.INSTRUCTOR_KEY || DEMO_INSTRUCTOR_KEY);
  const gateway = `http://127.0.0.1:${portBaseFrom(given) + GATEWAY_OFFSET}`;
  console.log(sentenceOf(await couplingOf(addressFrom(given, 'url', gateway), key, wanted)));
  return 0;
}

function sentenceOf({ coupling, choices }: CouplingState): string {
  const how = {
    sync: 'sync: notifications and reports are called',
    queue: 'queue: notifications and reports read queues',
    none: 'none: notifications and reports hear of an order in its own transaction',
  }[coupling];
  return choices.length === 1 ? `${how}; there is no queue to switch to` : how;
}
