// commands/lab/heal.ts: `npm run lab -- heal`: ends what a dead lab left, takes back what a live one broke.
// Called by lab.ts. Harmless at any time and as often as one likes.
import { DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { labTargets } from '../../lab/lab-targets.ts';
import { wrapped } from '../../screen/text-table.ts';
import { endLeftProjects, type LeftProject } from '../../targets/compose/left-projects.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { endOrphans, livingChildren } from '../../targets/orphans.ts';
import { isPaused } from '../../targets/process-times.ts';
import { portBaseFlag, portBaseFrom } from '../lib/bounds.ts';
import { helpOf, readFlags } from '../lib/flags.ts';
import { type Finding, healFaults } from './heal-faults.ts';

const usage = {
  command: 'lab',
  subcommand: 'heal',
  about: `Ends the processes that a lab left behind when it died, known by number and time
of birth, and removes its containers; lets paused ones of a living lab go on;
takes back every fault of the shapes on these ports. An experiment that is
running is disturbed by this.
Exit code: 0 all is well, 1 when something could not be asked or healed.`,
  flags: { 'port-base': portBaseFlag },
} as const;

const TROUBLE = 1;

/** @returns the exit code @throws CannotStart for a flag that does not fit */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const targets = Object.values(labTargets(portBaseFrom(given)));
  const { run } = labFolders(repoRoot);
  const ended = endOrphans(run).map(
    ({ name, pid }) => `ended ${name} (pid ${pid}): its lab is gone`,
  );
  // Before the faults: a process that is paused could not be told of them.
  const resumed = resumePaused(run);
  const left = await endLeftProjects(run);
  const removed = left.flatMap(({ name, trouble }) =>
    trouble === undefined ? [`removed the containers of ${name}: its lab is gone`] : [],
  );
  const findings = await healFaults(targets, process.env.INSTRUCTOR_KEY || DEMO_INSTRUCTOR_KEY);
  const open = [...left.flatMap(stillThere), ...findings.flatMap(({ trouble }) => trouble ?? [])];
  console.log(healText([...ended, ...resumed, ...removed], findings, open));
  return open.length > 0 ? TROUBLE : 0;
}

const stillThere = ({ name, trouble }: LeftProject) =>
  trouble === undefined ? [] : [`containers of ${name} may be left: ${trouble}`];

/**
 * A pause is a fault that only its harness would end. That one may be stuck itself, and whoever
 * calls this wants the shop whole, so it is ended like any other fault.
 */
function resumePaused(runFolder: string): string[] {
  const paused = livingChildren(runFolder).filter(
    ({ isOrphan, pid }) => !isOrphan && isPaused(pid),
  );
  return paused.flatMap(({ name, pid }) =>
    goOn(pid) ? [`let ${name} (pid ${pid}) go on: it was paused`] : [],
  );
}

/** @returns false when it has ended in this very moment */
function goOn(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGCONT');
  } catch {
    return false;
  }
}

/**
 * @param done sentences without their end: what was put right beside the faults
 * @param open sentences: what could not be asked or put right
 */
export function healText(
  done: readonly string[],
  findings: readonly Finding[],
  open: readonly string[],
): string {
  const changed = [
    ...done,
    ...findings.flatMap(({ healed }) => healed.map((fault) => `took back ${fault}`)),
  ];
  const looked = findings.filter(({ runs }) => runs).map(({ name, port }) => `${name} (${port})`);
  const lines = [
    ...changed.map((sentence) => `✓ ${sentence}`),
    ...open.map((sentence) => `~ ${sentence}`),
    ...(changed.length + open.length === 0 ? ['· nothing to heal'] : []),
    ...(looked.length > 0 ? [`· looked at ${looked.join(', ')}`] : []),
    ...(looked.length + open.length === 0 ? ['· no shape runs on these ports'] : []),
  ];
  return lines.flatMap((line) => wrapped(line, 80, 2)).join('\n');
}
