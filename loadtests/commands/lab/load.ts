// commands/lab/load.ts: `npm run lab -- load`: load at a steady rate against what runs on this machine.
// Called by lab.ts and by the load container; to look at a shop by hand. Nothing is claimed from it.
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import type { AttackPlan } from '../../load/plan.ts';
import { refuseOtherMachines } from '../../load/plan.ts';
import { type Attack, startAttack } from '../../load/start-attack.ts';
import { type ScenarioName, scenarioNames } from '../../scenarios/names.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { repoRoot } from '../../targets/lab-folders.ts';
import { numberFrom, portBaseFlag, portBaseFrom } from '../lib/bounds.ts';
import { type Given, helpOf, readFlags } from '../lib/flags.ts';
import { interruption } from '../lib/interruption.ts';
import { secondLine, summaryText } from './load-text.ts';

const usage = {
  command: 'lab',
  subcommand: 'load',
  about: `Sends requests on time whether or not the answers come back (open loop), to this
machine only. Ctrl-C ends it with the summary. Exit code: 0, or 3 when the
generator was late or off its rate, so that the figures are not to be believed.`,
  flags: {
    url: { value: '<url>', about: 'http://127.0.0.1:<port>; default: the monolith' },
    scenario: { value: '<name>', about: `${scenarioNames.join(', ')}; default mixed` },
    rate: { value: '<rps>', about: 'requests a second, 0.1 to 5000; default 50' },
    duration: { value: '<s>', about: 'seconds, 1 to 600; default 30' },
    arrivals: { value: '<kind>', about: 'constant or poisson; default constant' },
    deadline: { value: '<ms>', about: 'then a request is hung, 10 to 60000; default 2000' },
    seed: { value: '<n>', about: 'same seed, same requests; default 1' },
    rows: { value: '<file>', about: 'a line for each request; default: in results/' },
    'port-base': portBaseFlag,
  },
} as const;

const invalidExitCode = 3;
const atOnceExitCode = 130;

/** @returns 0, or 3 for a run that is not valid @throws CannotStart */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const plan = planFrom(given);
  await mustAnswer(plan.baseUrl);
  await makeRoom(plan.rowsFile);
  console.log(headline(plan));
  const attack = startAttack(plan);
  attack.onSecond((second) => {
    if (second.final) console.log(secondLine(second));
  });
  void interruption(atOnceExitCode).promise.then(() => stop(attack));
  const summary = await attack.finished;
  const rows = given.text('rows') ?? relative(process.cwd(), plan.rowsFile);
  console.log(`\n${summaryText(summary, rows)}`);
  return summary.invalid.length === 0 ? 0 : invalidExitCode;
}

/** Its failure, if any, is told by `finished`. */
function stop(attack: Attack): void {
  attack.stop().catch(() => {});
}

type LoadPlan = AttackPlan & Required<Pick<AttackPlan, 'durationMs'>>;

/** @throws CannotStart naming the flag and what would fit */
function planFrom(given: Given): LoadPlan {
  return {
    baseUrl: urlFrom(given),
    scenario: oneOf<ScenarioName>(given, 'scenario', scenarioNames, 'mixed'),
    rateRps: numberFrom(given, 'rate', { min: 0.1, max: 5000 }) ?? 50,
    arrivals: oneOf(given, 'arrivals', ['constant', 'poisson'] as const, 'constant'),
    durationMs: (numberFrom(given, 'duration', { min: 1, max: 600 }) ?? 30) * 1000,
    deadlineMs: numberFrom(given, 'deadline', { min: 10, max: 60_000 }) ?? 2000,
    seed: numberFrom(given, 'seed', { min: 0, max: 2 ** 31, whole: true }) ?? 1,
    keys: { customer: process.env.CUSTOMER_KEYS?.split(',')[0] || DEMO_CUSTOMER_KEY },
    rowsFile: rowsFileFrom(given),
  };
}

function rowsFileFrom(given: Given): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  return resolve(given.text('rows') ?? join(repoRoot, 'results', `${time}-load`, 'rows.jsonl'));
}

/** @throws CannotStart for what cannot be written */
async function makeRoom(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await (await open(file, 'w')).close();
  } catch (error) {
    const { message } = error as Error;
    throw new CannotStart(`--rows names ${file}, which cannot be written: ${message}.`);
  }
}

function urlFrom(given: Given): string {
  const url = given.text('url') ?? `http://127.0.0.1:${portBaseFrom(given)}`;
  try {
    refuseOtherMachines(url);
  } catch (error) {
    throw new CannotStart(`--url does not fit: ${(error as Error).message}`);
  }
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`; // an invoke URL has a path
}

function oneOf<Name extends string>(
  given: Given,
  flag: string,
  names: readonly Name[],
  usual: Name,
): Name {
  const text = given.text(flag) ?? usual;
  const found = names.find((name) => name === text);
  if (found !== undefined) return found;
  throw new CannotStart(`--${flag} is "${text}": choose one of ${names.join(', ')}.`);
}

/** Load against nobody is an outage that never was. @throws CannotStart unless a shop answers */
async function mustAnswer(baseUrl: string): Promise<void> {
  // A function may have to start for it.
  const patience = { signal: AbortSignal.timeout(5000) };
  const answer = await fetch(`${baseUrl}/ready`, patience).catch(() => undefined);
  if (answer === undefined)
    throw new CannotStart(
      `Nothing answers at ${baseUrl}: start a shop first, with \`npm start\` or in containers.`,
    );
  const body = (await answer.json().catch(() => undefined)) as { ready?: unknown } | undefined;
  if (typeof body?.ready !== 'boolean')
    throw new CannotStart(`What answers at ${baseUrl} is no shop: it has no /ready.`);
}

function headline({ baseUrl, scenario, rateRps, arrivals, durationMs }: LoadPlan): string {
  const length = `${durationMs / 1000} s`;
  return `${scenario} at ${rateRps} a second (${arrivals}) for ${length} to ${baseUrl}`;
}
