// compose/load-inside.ts: a few seconds of load on each shape, from the load container in their network.
// Called by `npm run test:compose` while both shapes run.
import { cpus } from 'node:os';
import { type Ended, runTool } from '../commands/lib/tool.ts';
import { composeFile, type Project } from '../targets/compose/project.ts';

const frontDoors = ['http://monolith:3000', 'http://gateway:4000'];
/** 3: the generator was late, as it may be on a busy machine, and said so itself. */
const fineExitCodes = [0, 3];

/** @returns sentences; empty when both shapes answered */
export async function unansweredLoad(project: Project): Promise<string[]> {
  const found: string[] = [];
  for (const url of frontDoors) found.push(...wrongWithLoad(url, await loaded(project, url)));
  return found;
}

function loaded({ name }: Project, url: string): Promise<Ended> {
  const compose = ['docker', 'compose', '--project-name', name, '--file', composeFile];
  const run = ['run', '--rm', '--build', '--no-TTY', 'load'];
  const flags = ['--url', url, '--rate', '50', '--duration', '3'];
  return runTool([...compose, ...run, ...flags], false, { LOAD_CPUS: loadCpus() });
}

// A machine with one core has no second one, and the engine refuses what is not there.
function loadCpus(): string {
  return process.env.LOAD_CPUS || String(Math.min(1, cpus().length - 1));
}

/** @returns sentences about one run of the load container */
export function wrongWithLoad(url: string, { code, output }: Ended): string[] {
  const last = output.trim().split('\n').at(-1);
  if (!fineExitCodes.includes(code)) return [`The load on ${url} ended with ${code}: ${last}`];
  // The row of the summary for all requests: sent, then answered well.
  const [, sent, ok] = /^all +(\d+) +(\d+)/m.exec(output) ?? [];
  if (sent === undefined) return [`The load on ${url} ended without a summary: ${last}`];
  return Number(ok) > 0
    ? []
    : [`None of ${sent} requests of the load on ${url} was answered well.`];
}
