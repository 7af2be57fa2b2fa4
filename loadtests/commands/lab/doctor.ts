// commands/lab/doctor.ts: `npm run lab -- doctor`: whether this machine can run an experiment now.
// Called by lab.ts; looks, and changes nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { watchCpu } from '../../lab/cpu-clock.ts';
import { wrapped } from '../../screen/text-table.ts';
import { controlTargetsAt } from '../../targets/control-targets.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { livingChildren } from '../../targets/orphans.ts';
import { takenPorts } from '../../targets/ports.ts';
import { type Target, targetsAt } from '../../targets/targets.ts';
import { portBaseFlag, portBaseFrom } from '../lib/bounds.ts';
import { helpOf, readFlags } from '../lib/flags.ts';
import { green, red, table, yellow } from '../lib/format.ts';
import {
  type Check,
  coresCheck,
  diskCheck,
  memoryCheck,
  nodeCheck,
  orphansCheck,
  otherCpuCheck,
  portsCheck,
  programCheck,
  tasksetCheck,
} from './doctor-checks.ts';
import { factsOfMachine, findProgram, tasksetWorks } from './machine-facts.ts';

const usage = {
  command: 'lab',
  subcommand: 'doctor',
  about: `Looks whether an experiment can be run here and now, and what would disturb it.
Exit code: 0 it can, 2 something prevents it.`,
  flags: { 'port-base': portBaseFlag },
} as const;

const preventedExitCode = 2;

/** @returns 0, or 2 when something would prevent a run @throws CannotStart for a bad flag */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const checks = await examine(portBaseFrom(given));
  console.log(doctorText(checks));
  return checks.some(({ state }) => state === 'prevents') ? preventedExitCode : 0;
}

/** Takes a second, in which it watches what others do. */
async function examine(portBase: number): Promise<Check[]> {
  const cpu = watchCpu();
  await sleep(1000);
  const otherRatio = cpu.otherRatio() ?? undefined;
  const facts = await factsOfMachine();
  const orphans = livingChildren(labFolders(repoRoot).run).filter(({ isOrphan }) => isOrphan);
  return [
    nodeCheck(process.versions.node, facts.oldestNode),
    coresCheck(facts.cores),
    memoryCheck(facts.freeMemoryBytes),
    diskCheck(facts.freeDiskBytes),
    await lookAtPorts('ports', targetsAt(portBase), 'prevents'),
    // Needed by the experiments on frameworks only.
    await lookAtPorts('more ports', controlTargetsAt(portBase), 'note'),
    orphansCheck(orphans),
    otherCpuCheck(otherRatio),
    tasksetCheck(tasksetWorks()),
    programCheck('chromium', findProgram('chromium', 'chromium-browser', 'google-chrome')),
    programCheck('psql', findProgram('psql')),
    programCheck('docker', findProgram('docker')),
  ];
}

async function lookAtPorts(
  what: string,
  targets: Readonly<Record<string, Target>>,
  ifTaken: Check['state'],
): Promise<Check> {
  const components = Object.values(targets).flatMap((target) => target.components);
  return portsCheck(what, components, await takenPorts(components), ifTaken);
}

const symbols = { fine: '✓', note: '~', absent: '·', prevents: '✗' } as const;

/** What to do stands below what it is about. */
export function doctorText(checks: readonly Check[]): string {
  const rows = checks.map(({ state, what, found }) => [`${symbols[state]} ${what}`, found]);
  const lines = table(rows).split('\n');
  const told = checks.flatMap(({ state, remedy }, index) => [
    ...wrapped(lines[index] ?? '', 80, 4).map((line) => paint(state, line)),
    ...(remedy === undefined ? [] : wrapped(`    ${remedy}`, 80, 4)),
  ]);
  const prevented = checks.filter(({ state }) => state === 'prevents').length;
  const verdict =
    prevented === 0
      ? '✓ An experiment can be run.'
      : `✗ ${prevented === 1 ? 'One thing prevents' : `${prevented} things prevent`} a run.`;
  return [...told, '', verdict].join('\n');
}

function paint(state: Check['state'], line: string): string {
  if (state === 'prevents') return red(line);
  if (state === 'note') return yellow(line);
  return state === 'fine' ? green(line) : line;
}
