// commands/lib/side-by-side.ts: runs shapes and the console over them until Ctrl-C.
// Called by start.ts, which loads it while the zips are built.
import { relative } from 'node:path';
import { openDoor } from '../../console/live/door.ts';
import { startScreen } from '../../screen/start-screen.ts';
import { showStatus } from '../../screen/status.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { labFolders, repoRoot } from '../../targets/lab-folders.ts';
import { allPidsOf, memoryOf } from '../../targets/memory.ts';
import type { RunningTarget, StartOptions } from '../../targets/platform.ts';
import { startTarget } from '../../targets/process-platform.ts';
import { baseUrl, type Target } from '../../targets/targets.ts';
import type { Interruption } from './interruption.ts';
import { keysNow, ownSettings } from './own-settings.ts';
import { during } from './progress.ts';

export interface SideBySide extends Pick<StartOptions, 'fresh' | 'coupling'> {
  readonly targets: readonly Target[];
  readonly portBase: number;
  readonly consolePort: number;
}

/** @throws CannotStart when one cannot start or a port was taken meanwhile; nothing is left running */
export async function runSideBySide(wishes: SideBySide, stopAsked: Interruption): Promise<void> {
  const count = wishes.targets.flatMap(({ components }) => components).length;
  const shapes = await during(
    `Starting ${processes(count)}`,
    () => startAll(wishes),
    () => `Started ${processes(count)}`,
  );
  const door = await doorOf(shapes, wishes);
  if (!stopAsked.yet()) {
    console.log(startScreen(screenOf(shapes, door.url)));
    const endStatus = showStatus(shapes);
    await stopAsked.promise;
    endStatus();
  }
  await during(
    'Stopping',
    () => door.close().finally(() => stopAll(shapes)),
    () => 'Stopped; nothing is left running.',
  );
}

const processes = (count: number) => `${count} ${count === 1 ? 'process' : 'processes'}`;

/** All or none: when one cannot start, the others are stopped before it is said. */
async function startAll(wishes: SideBySide): Promise<RunningTarget[]> {
  const { targets, consolePort, coupling, fresh } = wishes;
  const own: { CORS_ORIGINS?: string } = ownSettings();
  // The storefront comes from the console or from a shape, and calls every shape.
  const pages = [`http://127.0.0.1:${consolePort}`, ...targets.map(originOf)];
  const CORS_ORIGINS = [own.CORS_ORIGINS ?? [], pages].flat().join();
  const env = { LAB_CHAOS: 'on', ...own, CORS_ORIGINS };
  const options = { coupling, fresh, logLevel: 'info', env, built: true };
  const starts = await Promise.allSettled(targets.map((target) => startTarget(target, options)));
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed === undefined) return running;
  await stopAll(running);
  throw failed.reason;
}

const originOf = (target: Target) => new URL(baseUrl(target)).origin;

async function stopAll(shapes: readonly RunningTarget[]): Promise<void> {
  await Promise.all(shapes.map((shape) => shape.stop()));
}

async function doorOf(
  shapes: readonly RunningTarget[],
  { consolePort: port, portBase }: SideBySide,
) {
  try {
    return await openDoor(shapes, { ...keysNow(), port, portBase });
  } catch (error) {
    await stopAll(shapes);
    const { message } = error as Error;
    throw new CannotStart(`The console cannot listen at port ${port}: ${message}.`);
  }
}

function screenOf(shapes: readonly RunningTarget[], consoleUrl: string) {
  const pids = shapes.flatMap(({ components }) => allPidsOf(components));
  const installedMs = performance.getEntriesByName('installed')[0]?.startTime ?? 0;
  return {
    shapes,
    readyMs: performance.now() - installedMs,
    ...memoryOf([process.pid, ...pids]),
    ...keysNow(),
    consoleUrl,
    logFolder: relative(process.cwd(), labFolders(repoRoot).logs),
  };
}
