// commands/lib/twins.ts: which files of a feature are alike in both shapes, and the reasons given.
// Called by diff.ts.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../../targets/lab-folders.ts';
import type { Feature } from '../../targets/targets.ts';

/** One `// DIFFERS: reason, docs/decisions/NNNN` line; `path` is relative to the root. */
export interface Differs {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
  /** For example `docs/decisions/0006-transaction-against-saga.md`. */
  readonly decision: string;
}

/** File names of one feature, with `migrations/` before those below it, sorted. */
export interface Twins {
  readonly alike: readonly string[];
  readonly different: readonly string[];
  readonly onlyInService: readonly string[];
  readonly differs: readonly Differs[];
}

export function compareTwins(feature: Feature, root: string = repoRoot): Twins {
  const [monolith, service] = [`monolith/${feature}`, `microservices/${feature}`] as const;
  const both = filesIn(root, monolith).filter((name) => existsSync(join(root, service, name)));
  const isAlike = (name: string) => read(root, monolith, name) === read(root, service, name);
  return {
    alike: both.filter(isAlike),
    different: both.filter((name) => !isAlike(name)),
    onlyInService: filesIn(root, service).filter((name) => !both.includes(name)),
    differs: [monolith, service].flatMap((folder) => differsIn(root, folder)),
  };
}

function differsIn(root: string, folder: string): Differs[] {
  return filesIn(root, folder).flatMap((name) =>
    read(root, folder, name)
      .split('\n')
      .flatMap((text, index) => {
        const [, reason = '', number] =
          /\/\/ DIFFERS: (.*), docs\/decisions\/(\d{4})/.exec(text) ?? [];
        if (number === undefined) return [];
        const decision = decisionFile(root, number);
        return [{ path: `${folder}/${name}`, line: index + 1, reason, decision }];
      }),
  );
}

function decisionFile(root: string, number: string): string {
  const folder = 'docs/decisions';
  const name = readdirSync(join(root, folder)).find((file) => file.startsWith(`${number}-`));
  return `${folder}/${name ?? number}`;
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, folder, name)).isFile())
    .sort();
}

function read(root: string, folder: string, name: string): string {
  return readFileSync(join(root, folder, name), 'utf8');
}
