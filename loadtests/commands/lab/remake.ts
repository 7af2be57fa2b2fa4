// commands/lab/remake.ts: makes the reports of a stored run again, and says whether they are the same.
// Called by report.ts, which brings the maker of reports.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { LabResult } from '../../lab/result.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { helpOf, readFlags } from '../lib/flags.ts';
import { table } from '../lib/format.ts';

/** What report/ offers. */
export interface ReportMaker {
  /** @throws CannotStart when there is none, or it is damaged */
  readResults(folder: string): Promise<readonly LabResult[]>;
  /** Creates or replaces; @returns what it wrote */
  writeReports(
    folder: string,
    results: readonly LabResult[],
  ): Promise<readonly { readonly path: string }[]>;
}

const usage = {
  command: 'lab',
  subcommand: 'report',
  about: `Makes report.html and report.md again from the stored result.json, and says
whether they are the same as before, byte for byte; result.json is written in
its usual form. Exit code: 0, or 2 without results.`,
  words: '<folder>',
  flags: {},
} as const;

/** @returns 0 @throws CannotStart for a folder without results */
export async function remake(argv: readonly string[], maker: ReportMaker): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const [folder, extra] = given.words;
  if (folder === undefined || extra !== undefined)
    throw new CannotStart('Give one folder: the one below results/ that the run named at its end.');
  console.log(remadeText(await remakeReports(folder, maker)));
  return 0;
}

/** One file, before and after; `bytesBefore` undefined: it is new. */
export interface Remade {
  readonly file: string;
  readonly bytesBefore: number | undefined;
  readonly bytes: number;
  readonly isSame: boolean;
}

/** @throws CannotStart for a folder without results */
export async function remakeReports(folder: string, maker: ReportMaker): Promise<Remade[]> {
  const before = await reportsIn(folder);
  const files = await maker.writeReports(folder, await maker.readResults(folder));
  return Promise.all(
    files.map(async ({ path: file }) => {
      const after = await readFile(file);
      const old = before.get(relative(folder, file));
      const isSame = old?.equals(after) ?? false;
      return { file, bytesBefore: old?.length, bytes: after.length, isSame };
    }),
  );
}

export function remadeText(remade: readonly Remade[]): string {
  const rows = remade.map(({ file, bytesBefore, bytes, isSame }) => {
    const how = isSame ? '✓ the same bytes' : bytesBefore === undefined ? '· new' : '~ changed';
    const was = isSame || bytesBefore === undefined ? '' : `was ${bytesBefore} bytes`;
    return [how, `${bytes} bytes`, relative(process.cwd(), file), was];
  });
  return table(rows, [1]);
}

async function reportsIn(folder: string): Promise<Map<string, Buffer>> {
  const all = await readdir(folder).catch(() => []);
  const names = all.filter((name) => ['report.html', 'report.md', 'result.json'].includes(name));
  const read = async (name: string) => [name, await readFile(join(folder, name))] as const;
  return new Map(await Promise.all(names.map(read)));
}
