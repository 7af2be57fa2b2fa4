// commands/lab/dremel.ts: `npm run lab -- dremel`: a page where orders become columns, step by step.
// Called by lab.ts.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { makeLessons } from '../../console/dremel/make-lessons.ts';
import { dremelPage, pageTitle } from '../../console/dremel/page.ts';
import { startPageServer } from '../../console/page-server.ts';
import { plural } from '../../report/figures.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { numberFrom } from '../lib/bounds.ts';
import { type Given, helpOf, readFlags } from '../lib/flags.ts';
import { type Interruption, interruptedExitCode, interruption } from '../lib/interruption.ts';
import { during } from '../lib/progress.ts';

const usage = {
  command: 'lab',
  subcommand: 'dremel',
  about: `Serves a page where an order becomes columns step by step, as in the Dremel
paper, and where one sees what a choice of fields reads. Until Ctrl-C.`,
  flags: {
    orders: { value: '<n>', about: 'how many are stored to count bytes; default 2000' },
    seed: { value: '<n>', about: 'of these orders; default 7' },
    port: { value: '<n>', about: 'of the page; default 8090' },
    into: { value: '<file>', about: 'write the page there, and serve nothing' },
  },
} as const;

const HOST = '127.0.0.1';

/** @returns the exit code @throws CannotStart for a port that is taken, or a flag that does not fit */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const count = numberFrom(given, 'orders', { min: 1, max: 20_000, whole: true }) ?? 2000;
  const seed = numberFrom(given, 'seed', { min: 0, max: 2 ** 31, whole: true }) ?? 7;
  const into = given.text('into');
  if (into !== undefined && given.text('port') !== undefined)
    throw new CannotStart(
      '--port is of a page that is served, and --into serves none: give one of them.',
    );
  return into === undefined
    ? serve({ count, seed }, given)
    : writeInto(resolve(into), { count, seed });
}

interface Asked {
  readonly count: number;
  readonly seed: number;
}

/** @returns undefined when Ctrl-C came first; either way what was written is gone */
async function make(asked: Asked, { promise }: Interruption): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-dremel-'));
  const making = during(
    `Writing ${plural(asked.count, 'order')} by row and by column`,
    async () => {
      const lessons = await makeLessons(asked, folder);
      return dremelPage(lessons, `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`);
    },
    () => `Wrote ${plural(asked.count, 'order')} by row and by column, and read them`,
  );
  try {
    return await Promise.race([making, promise.then(() => undefined)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function serve(asked: Asked, given: Given): Promise<number> {
  const port = numberFrom(given, 'port', { min: 0, max: 65_535, whole: true }) ?? 8090;
  const server = await startPageServer({ port, host: HOST }).catch((error: Error) => {
    throw new CannotStart(`The page cannot listen at ${HOST}:${port}: ${error.message}.`);
  });
  const stop = interruption();
  const html = await make(asked, stop);
  if (html !== undefined) {
    server.show(html);
    console.log(`Orders as columns: http://${HOST}:${server.port}  (Ctrl-C ends it)`);
    await stop.promise;
  }
  server.close();
  return html === undefined ? interruptedExitCode : 0;
}

async function writeInto(path: string, asked: Asked): Promise<number> {
  refuseForeign(path);
  const html = await make(asked, interruption());
  if (html === undefined) return interruptedExitCode;
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new CannotStart(`The page cannot be written: ${(error as Error).message}.`);
  }
  console.log(`Open ${path} in a browser.`);
  return 0;
}

/** @throws CannotStart for a file that is no such page, as it is nobody's to replace, and for no folder */
function refuseForeign(path: string): void {
  if (!existsSync(dirname(path))) throw new CannotStart(`There is no folder ${dirname(path)}.`);
  if (!existsSync(path)) return;
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // A folder, or what may not be read.
  }
  if (text.includes(`<title>${pageTitle}</title>`)) return;
  throw new CannotStart(`--into names ${path}, which is there and no such page: choose another.`);
}
