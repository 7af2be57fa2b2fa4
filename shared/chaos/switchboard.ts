// chaos/switchboard.ts: one switch a component; while it is on, calls into the component meet its fault.
// The same seam in every shape: `around` wraps a feature's controller, whoever calls it and however.
import {
  type Fault,
  type FaultKind,
  type FaultState,
  faultKinds,
  processKinds,
} from '../contract/chaos.ts';
import { type Problem, problem } from '../domain/problems.ts';
import type { DatabaseFaults } from '../runtime/database-faults.ts';
import { createLine } from './line.ts';
import { type Struck, suffer } from './suffer.ts';

export interface Switchboard {
  readonly components: readonly string[];
  /**
   * The controller, each of its functions guarded by the component's switch.
   * @param inside functions that only go on with what an earlier guarded call began: one checkout
   *   must not meet a fault twice in one shape and once in another
   */
  around<Controller extends object>(
    component: string,
    controller: Controller,
    inside?: readonly (keyof Controller)[],
  ): Controller;
  /** Meets the component's fault, if it is on, before `work`. For seams that are not controllers. */
  meet<Result>(component: string, work: () => Promise<Result>): Promise<Result>;
  set(component: string, fault: Fault): FaultState;
  state(component: string): FaultState;
  /** Heals one component, or all. */
  heal(component?: string): void;
  /**
   * Resolves when no fault holds anything of the database any more.
   * @param meanwhile called every 25 ms until then
   */
  settled(meanwhile?: () => void): Promise<void>;
}

export interface SwitchboardOptions {
  components: readonly string[];
  /** That of the process: its components share it. Without one they refuse the faults that want it. */
  database?: DatabaseFaults;
  /** What the components take; with a database all there are, unless given. */
  kinds?: readonly FaultKind[];
  /** Milliseconds since the epoch, with fractions: a hang may be shorter than one. */
  now?: () => number;
  /** Uniform in [0, 1): decides which calls meet a fault below 100 percent. */
  random?: () => number;
  /** Called before each call into a component: what has changed elsewhere may be set or healed. */
  onCall?: (component: string) => void;
  /** Called for each call that meets a fault, before it does. */
  onHit?: (component: string, fault: Fault) => void;
}

const LOOK_EVERY_MS = 25;

/** Date.now is whole milliseconds. */
const epochMs = () => performance.timeOrigin + performance.now();

interface Switch extends Struck {
  hits: number;
  /** Frees what the fault holds; what it leaked is free when the switch itself is forgotten. */
  end(): void;
}

/**
 * @throws NO_SUCH_ROUTE (404) from set, state and heal for a component not in the list;
 *   INVALID_REQUEST (400) from set for a kind that the component does not take
 */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const { components, database, now = epochMs, random = Math.random } = options;
  const { kinds = database === undefined ? processKinds : faultKinds } = options;
  const switches = new Map<string, Switch>();
  const holds = new Set<Promise<void>>();

  function active(component: string): Switch | undefined {
    const found = switches.get(component);
    if (found === undefined || found.untilMs > now()) return found;
    end(component);
    return undefined;
  }

  function end(component: string): void {
    switches.get(component)?.end();
    switches.delete(component);
  }

  function meet<Result>(component: string, work: () => Promise<Result>): Promise<Result> {
    options.onCall?.(component);
    // The usual case, at every request: nobody broke anything.
    if (switches.size === 0) return work();
    const found = active(component);
    if (found === undefined || random() * 100 >= (found.fault.percent ?? 100)) return work();
    found.hits += 1;
    options.onHit?.(component, found.fault);
    return suffer(found, work, { now, random, database, holds });
  }

  const board: Switchboard = {
    components,
    meet,
    around: (component, controller, inside = []) => ({
      ...guarded(controller, (work) => meet(component, work)),
      ...Object.fromEntries(inside.map((name) => [name, controller[name]])),
    }),
    set(component, fault) {
      known(components, component);
      if (!kinds.includes(fault.kind)) throw refused(component, fault.kind, kinds);
      end(component);
      const durationMs = fault.durationMs ?? 30_000;
      // What is held must be freed also when no call comes any more to notice the time.
      const timer = setTimeout(() => active(component), durationMs + 1).unref();
      switches.set(component, switchedOn({ component, fault, untilMs: now() + durationMs, timer }));
      return board.state(component);
    },
    state(component) {
      known(components, component);
      const { fault = null, untilMs, hits = 0 } = active(component) ?? {};
      const healsAt = untilMs === undefined ? null : new Date(untilMs).toISOString();
      return { component, fault, healsAt, hits, kinds: [...kinds] };
    },
    heal(component) {
      if (component !== undefined) known(components, component);
      for (const name of component === undefined ? components : [component]) end(name);
    },
    async settled(meanwhile = () => {}) {
      if (holds.size === 0) return;
      const looking = setInterval(meanwhile, LOOK_EVERY_MS);
      await Promise.all(holds);
      clearInterval(looking);
    },
  };
  return board;
}

type SwitchOptions = Pick<Switch, 'component' | 'fault' | 'untilMs'> & { timer: NodeJS.Timeout };

function switchedOn({ timer, ...what }: SwitchOptions): Switch {
  const healing = new AbortController();
  return {
    ...what,
    hits: 0,
    healed: healing.signal,
    line: createLine(atOnceOf(what.fault), healing.signal),
    kept: [],
    holding: false,
    end() {
      clearTimeout(timer);
      healing.abort();
    },
  };
}

function atOnceOf(fault: Fault): number {
  return (fault.kind === 'latency' && fault.atOnce) || Number.POSITIVE_INFINITY;
}

type AsyncFunction = (...input: unknown[]) => Promise<unknown>;

function guarded<Controller extends object>(
  controller: Controller,
  gate: (work: () => Promise<unknown>) => Promise<unknown>,
): Controller {
  const entries = Object.entries(controller as Record<string, AsyncFunction>).map(
    ([name, work]) => [name, (...input: unknown[]) => gate(() => work(...input))],
  );
  return Object.fromEntries(entries);
}

function known(components: readonly string[], component: string): void {
  if (components.includes(component)) return;
  throw problem('noSuchRoute', `There is no ${component} here: ${components.join(', ')}.`);
}

function refused(component: string, kind: FaultKind, kinds: readonly FaultKind[]): Problem {
  const takes = `wants a database, and ${component} has none: choose one of ${kinds.join(', ')}`;
  const errors = [{ at: 'body/kind', problem: takes }];
  return problem('invalidRequest', `body/kind ${kind} ${takes}.`, { errors });
}
