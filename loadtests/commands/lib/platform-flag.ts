// commands/lib/platform-flag.ts: the platform from its flag.
// Called by the commands that start targets; apart from bounds.ts, as a platform brings SQLite along.
import { CannotStart } from '../../targets/cannot-start.ts';
import { composePlatform } from '../../targets/compose/compose-platform.ts';
import type { Platform } from '../../targets/platform.ts';
import { processPlatform } from '../../targets/process-platform.ts';
import type { Given } from './flags.ts';

/** What is behind --platform in each help. */
export const platformFlag = {
  value: '<name>',
  about: 'process (default), or compose: in containers',
} as const;

/** @throws CannotStart for any other name */
export function platformFrom(given: Given): Platform {
  const name = given.text('platform') ?? 'process';
  if (name === 'process') return processPlatform();
  if (name === 'compose') return composePlatform;
  throw new CannotStart(`--platform is "${name}": choose process or compose.`);
}
