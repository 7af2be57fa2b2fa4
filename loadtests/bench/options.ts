// bench/options.ts: the flags of `npm run bench`, checked before anything starts.
// Read by commands/bench.ts.
import { readFlags, type Usage } from '../commands/lib/flags.ts';
import { CannotStart } from '../targets/cannot-start.ts';

export const parts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
/** The last one needs Chromium and a quarter of an hour: only where it is asked for. */
const standard = 'a,b,c,d,e,f';
export type Part = (typeof parts)[number];

export interface BenchOptions {
  readonly only: readonly Part[];
  /** Accepted blocks per part, 1–50. */
  readonly blocks: number;
  /** Load per arm and block, 1–60. */
  readonly seconds: number;
  /** That the books of part f begin with, 0–10,000,000. */
  readonly pastOrders: number;
  /** That the page of part g stays open, 0–120. */
  readonly minutes: number;
  readonly json: boolean;
  readonly help: boolean;
}

export const usage: Usage = {
  command: 'bench',
  about: `What the lab itself costs, beside the barest server that gives the same answer:
  a  the monolith's GET /products/:id, against one bare Express 5 route
  b  the catalog service's, against one bare Fastify 5 route
  c  the gateway's hop, against node:http and one undici pool
  d  the load generator's rate, counted by the server it is sent to
  e  the local cloud: messages, invocations and cold starts (figures, without an aim)
  f  the books of reports: events entered, beside the engine's bare appender, and memory (likewise)
  g  the console's page: a load with it open and closed, and its memory; in Chromium, if asked for
Exit code: 0 every aim met, 1 an aim missed or not measured, 2 could not run.`,
  flags: {
    only: { value: 'a,b', about: 'parts to run (default: all but g, four minutes or more)' },
    blocks: { value: 'N', about: 'repeats of each part, 1 to 50 (default 5)' },
    seconds: { value: 'N', about: 'load per server and repeat, 1 to 60 (default 3)' },
    'past-orders': { value: 'N', about: 'in the books of f, 0 to 10000000 (default 100000)' },
    minutes: { value: 'N', about: 'that the page of g stays open, 0 to 120 (default 10)' },
    json: { about: 'the result as JSON, with every block, instead of the table' },
  },
};

/** @throws CannotStart with one sentence that names the flag */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const given = readFlags(usage, argv);
  return {
    only: partsOf(given.text('only') ?? standard),
    blocks: wholeNumber('--blocks', given.text('blocks') ?? '5', 1, 50),
    seconds: wholeNumber('--seconds', given.text('seconds') ?? '3', 1, 60),
    pastOrders: wholeNumber('--past-orders', given.text('past-orders') ?? '100000', 0, 10_000_000),
    minutes: wholeNumber('--minutes', given.text('minutes') ?? '10', 0, 120),
    json: given.on('json'),
    help: given.help,
  };
}

function partsOf(text: string): readonly Part[] {
  const asked = text.split(',').map((word) => word.trim());
  const unknown = asked.find((word) => !(parts as readonly string[]).includes(word));
  if (unknown === undefined) return parts.filter((part) => asked.includes(part));
  throw new CannotStart(
    `--only is "${text}": choose from a, b, c, d, e, f and g, separated by commas.`,
  );
}

function wholeNumber(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new CannotStart(`${flag} is "${text}": it must be a whole number from ${min} to ${max}.`);
}
