// commands/lab.ts: `npm run lab -- <subcommand>`: the experiments and what keeps them going.
// Called by run.mjs; each subcommand is one file in lab/.
import { CannotStart } from '../targets/cannot-start.ts';

interface Subcommand {
  readonly about: string;
  /** Loaded when it is called: a list need not wait for a load generator. */
  readonly load: () => Promise<{ main(argv: readonly string[]): Promise<number> }>;
}

const subcommands: Readonly<Record<string, Subcommand>> = {
  list: { about: 'the experiments there are', load: () => import('./lab/list.ts') },
  run: { about: 'run some of them', load: () => import('./lab/run.ts') },
  report: {
    about: 'make the reports of a stored run again',
    load: () => import('./lab/report.ts'),
  },
  heal: {
    about: 'end what a dead lab left behind, take faults back',
    load: () => import('./lab/heal.ts'),
  },
  doctor: {
    about: 'whether this machine can run an experiment now',
    load: () => import('./lab/doctor.ts'),
  },
  audit: { about: 'the same as npm run audit', load: () => import('./audit.ts') },
  load: {
    about: 'load at a steady rate against what runs here',
    load: () => import('./lab/load.ts'),
  },
  coupling: {
    about: 'switch between call and queue, live',
    load: () => import('./lab/coupling.ts'),
  },
  console: {
    about: 'a page to see and break shapes that run elsewhere',
    load: () => import('./lab/console.ts'),
  },
  dremel: {
    about: 'a page where an order becomes columns, step by step',
    load: () => import('./lab/dremel.ts'),
  },
  containers: {
    about: 'what both shapes cost in containers',
    load: () => import('./lab/containers.ts'),
  },
};

/** @returns the subcommand's exit code @throws CannotStart, which run.mjs prints before it exits 2 */
export async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') return printSubcommands();
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand !== undefined) return (await subcommand.load()).main(rest);
  const names = Object.keys(subcommands).join(', ');
  throw new CannotStart(`The lab has no subcommand "${name}": choose one of ${names}.`);
}

function printSubcommands(): number {
  const lines = Object.entries(subcommands).map(
    ([name, { about }]) => `  ${name.padEnd(12)}${about}`,
  );
  console.log(`npm run lab -- <subcommand> [--help]\n\n${lines.join('\n')}`);
  return 0;
}
