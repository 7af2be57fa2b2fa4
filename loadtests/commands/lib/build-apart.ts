// commands/lib/build-apart.ts: builds the zips that are out of date, in another process.
// Called by `npm start` and `npm run deploy:local`, whose own memory is told to people.
import { type Buildable, staleComponents } from '../../targets/artefacts.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { runTool } from './tool.ts';

/**
 * Builds in a process of its own: what a build leaves in memory would be counted as the lab's.
 * @returns how many zips had to be made
 * @throws CannotStart with what the build said
 */
export async function buildApart(components: readonly Buildable[]): Promise<number> {
  const stale = await staleComponents(components);
  if (stale.length === 0) return 0;
  const build = [process.execPath, 'loadtests/run.mjs', 'build'];
  const { code, output } = await runTool([...build, ...stale.map(({ name }) => name)]);
  if (code !== 0) throw new CannotStart(output.trim());
  return stale.length;
}
