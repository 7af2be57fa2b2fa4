// commands/audit.ts: `npm run audit`: kills processes under checkouts, then proves that the books agree.
// Called by run.mjs.
import { deleteTraces, freeTarget, type Shape, shapes } from '../audit/free-target.ts';
import { asJson, holds, printed } from '../audit/print-result.ts';
import { progressLine } from '../audit/progress-line.ts';
import { type AuditOptions, type AuditResult, runAudit } from '../audit/run-audit.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { dataFolder } from '../targets/databases.ts';
import { type Given, helpOf, readFlags } from './lib/flags.ts';
import { interruptedExitCode, interruption } from './lib/interruption.ts';
import { platformFlag, platformFrom } from './lib/platform-flag.ts';

const usage = {
  command: 'audit',
  about: `Places checkouts while a random process is killed (SIGKILL) again and again,
then reads the databases and checks that nothing was lost, doubled or left half
done. In containers the databases are killed as well. Exits 0 when every
invariant holds, 1 when one broke, 2 when it cannot run, 3 when nothing was
killed meanwhile.`,
  flags: {
    targets: { value: '<names>', about: 'monolith,microservices (the default) or one' },
    orders: { value: '<n>', about: 'checkouts for each shape; default 1000' },
    concurrency: { value: '<n>', about: 'customers at once; default 20' },
    'kill-every-ms': { value: '<ms>', about: 'time between two kills; default 1000' },
    seed: { value: '<n>', about: 'who buys what, and who is killed; default 1' },
    platform: platformFlag,
    json: { about: 'print one JSON object a shape instead of tables' },
  },
} as const;

type Settings = Omit<AuditOptions, 'stopped' | 'onProgress'>;

const heldExitCode = 0;
const brokenExitCode = 1;
const unprovenExitCode = 3;

/** @returns the exit code @throws CannotStart, which run.mjs prints before it exits 2 */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return heldExitCode;
  }
  const settings = settingsFrom(given);
  const chosen = shapesFrom(given.text('targets'));
  const stop = new AbortController();
  void interruption().promise.then(() => stop.abort());
  let broken = false;
  let unproven = false;
  for (const shape of chosen) {
    const result = await audit(shape, settings, stop.signal);
    if (result === undefined) return interruptedExitCode;
    console.log(given.on('json') ? JSON.stringify(asJson(result)) : `${printed(result)}\n`);
    broken ||= !holds(result);
    if (Object.keys(result.kills).length > 0) continue;
    unproven = true;
    console.error(
      `Nothing of the ${shape} was killed, so this shows little: ask for more --orders.`,
    );
  }
  if (broken) return brokenExitCode;
  return unproven ? unprovenExitCode : heldExitCode;
}

async function audit(
  shape: Shape,
  settings: Settings,
  stopped: AbortSignal,
): Promise<AuditResult | undefined> {
  const target = await freeTarget(shape);
  const line = progressLine(shape, settings.orders);
  let keep = false;
  try {
    const onProgress = line.show;
    const result = await runAudit(target, { ...settings, stopped, onProgress });
    keep = settings.platform.name === 'process' && result !== undefined && !holds(result);
    return result;
  } finally {
    line.clear();
    if (keep) console.error(`The databases are kept for a closer look: ${dataFolder(target)}`);
    else deleteTraces(target);
  }
}

function settingsFrom(given: Given): Settings {
  const whole = (flag: keyof typeof usage.flags, fallback: number, min: number, max: number) => {
    const text = given.text(flag) ?? String(fallback);
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new CannotStart(`--${flag} is "${text}": give a whole number from ${min} to ${max}.`);
  };
  return {
    platform: platformFrom(given),
    orders: whole('orders', 1000, 1, 100_000),
    concurrency: whole('concurrency', 20, 1, 1000),
    killEveryMs: whole('kill-every-ms', 1000, 50, 3_600_000),
    seed: whole('seed', 1, 0, 2 ** 31),
  };
}

function shapesFrom(text: string = shapes.join()): Shape[] {
  return text.split(',').map((name) => {
    const shape = shapes.find((known) => known === name.trim());
    if (shape !== undefined) return shape;
    throw new CannotStart(`--targets names "${name}": choose from ${shapes.join(', ')}.`);
  });
}
