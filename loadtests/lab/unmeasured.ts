// lab/unmeasured.ts: tells an arm that a run left out on purpose from one that nobody ever measures.
// Used by evaluate.ts: a name with a slip in it must not pass for "not applicable".
import type { Platform } from '../targets/platform.ts';
import type { Hypothesis, Size } from './definition.ts';
import type { Block } from './result.ts';

/** What was run, by the names of targets. */
export interface Extent {
  readonly platform: Platform['name'];
  readonly size: Size;
  readonly targets: readonly string[];
  /** All there are: an arm that names one that was not run is rightly missing. */
  readonly known: readonly string[];
}

/**
 * @returns the arm that a hypothesis names and no sample has, although every target that its arms
 *   name was run; undefined where there is none. Of a quick run only invariants are looked at: it
 *   leaves out arms on purpose.
 */
export function missingArm(
  { arm, versus, invariant, notInQuick, onlyOn }: Hypothesis,
  blocks: readonly Block[],
  { platform, size, targets, known }: Extent,
): string | undefined {
  if (!blocks.some(({ failed }) => !failed)) return undefined;
  if (onlyOn !== undefined && onlyOn !== platform) return undefined;
  if (size === 'quick' && (notInQuick || !invariant)) return undefined;
  const names = versus === undefined ? [arm] : [arm, versus];
  const away = known.filter((target) => !targets.includes(target));
  if (away.some((target) => names.some((name) => isNamed(target, name)))) return undefined;
  const measured = new Set(blocks.flatMap(({ samples }) => samples.map((sample) => sample.arm)));
  return names.find((name) => !measured.has(name));
}

/** As a whole word: `monolith` is not in `monolith-cluster: kill`. */
function isNamed(target: string, arm: string): boolean {
  return new RegExp(`(?<![\\w-])${target}(?![\\w-])`).test(arm);
}
