// live/live-shape.ts: a shape as the console knows it: one that this lab runs, or one it can only ask.
// The first is a RunningTarget as it is; the second is made by asked-shape.ts.
import type { RunningTarget } from '../../targets/platform.ts';
import type { BoxState } from './live-state.ts';

type Known = 'target' | 'baseUrl' | 'components' | 'events' | 'onEvent' | 'kill' | 'deploy';

export interface LiveShape extends Pick<RunningTarget, Known> {
  /** Of one that somebody else runs. */
  readonly asked?: Asked;
}

export interface Asked {
  /** Of its front door, as a browser reaches it. */
  readonly pageUrl: string;
  /** Asks how it is. */
  look(): Promise<void>;
  /** As of the last look. */
  stateOf(component: string): BoxState;
}

export const pageUrlOf = ({ asked, baseUrl }: LiveShape): string => asked?.pageUrl ?? baseUrl;

/** What only its supervisor can do. */
export const notOurs = (name: string) => `${name} runs elsewhere: this lab can only ask it.`;
