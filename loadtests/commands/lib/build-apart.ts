// commands/lib/build-apart.ts: builds the zips that are out of date, in another process.
// Called by `npm start` and `npm run deploy:local`, whose own memory is told to people.
import { type Buildable, staleComponents } from '../../targets/artefacts.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { builtSentence } from '../build.ts';
import type { Interruption } from './interruption.ts';
import { during } from './progress.ts';
import { runTool } from './tool.ts';

/**
 * Builds in a process of its own: what a build leaves in memory would be counted as the lab's.
 * @returns false when Ctrl-C came first: the build ends with this program
 * @throws CannotStart with what the build said
 */
export async function buildApart(
  components: readonly Buildable[],
  stop: Interruption,
): Promise<boolean> {
  const count = components.length;
  const building = during(
    `Building ${count} zips`,
    () => build(components),
    (built) => builtSentence(count, built),
  );
  return Promise.race([building.then(() => true), stop.promise.then(() => false)]);
}

/** @returns how many zips had to be made */
async function build(components: readonly Buildable[]): Promise<number> {
  const stale = await staleComponents(components);
  if (stale.length === 0) return 0;
  const command = [process.execPath, 'loadtests/run.mjs', 'build', '--released'];
  const names = stale.map(({ name }) => name);
  const { code, output } = await runTool([...command, ...names], false, noCollector);
  if (code !== 0) throw new CannotStart(output.trim() || 'The build was ended before it was done.');
  return stale.length;
}

/** For esbuild, a program in Go: it ends before collecting is worth its time. */
const noCollector = { GOGC: 'off', GOMEMLIMIT: '768MiB' };
