// commands/lib/progress.ts: one line that says what is being waited for, and for how long.
// Called by commands around slow steps; without a terminal each step is one line when it is done.
import { dim, seconds } from './format.ts';

const eraseLine = '\r\u001b[2K';

/**
 * Shows `doing` with the seconds passed until `work` ends, then `done` in its place.
 * @param done the line that stays, made from the result; the time is added
 */
export async function during<T>(
  doing: string,
  work: () => Promise<T>,
  done: (result: T) => string,
): Promise<T> {
  const beganMs = performance.now();
  const passed = () => seconds(performance.now() - beganMs);
  const live = process.stdout.isTTY === true;
  const show = () => process.stdout.write(`${eraseLine}  ${doing} ${dim(passed())}`);
  const ticker = live ? setInterval(show, 100) : undefined;
  if (live) show();
  try {
    const result = await work();
    process.stdout.write(`${live ? eraseLine : ''}  ${done(result)} ${dim(passed())}\n`);
    return result;
  } catch (error) {
    if (live) process.stdout.write(eraseLine);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}
