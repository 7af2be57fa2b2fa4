// references/reaper.ts: ends the processes of functions as soon as they begin, for as long as it is told to.
// Used by chain-server.ts: the nearest to an outage of one function.
import type { EnvironmentView } from '../../../serverless/lambda/environment.ts';

const LOOK_EVERY_MS = 5;

export function createReaper(doomed: () => readonly EnvironmentView[]) {
  let sweep: NodeJS.Timeout | undefined;
  return {
    begin(): object {
      sweep ??= setInterval(() => doomed().forEach(end), LOOK_EVERY_MS);
      return {};
    },
    end(): object {
      clearInterval(sweep);
      sweep = undefined;
      return {};
    },
  };
}

function end({ pid, state }: EnvironmentView): void {
  if (state === 'ended') return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in this moment.
  }
}
