// chaos/switchboard.ts: one switch a component; while it is on, calls into the component meet its fault.
// The same seam in every shape: `around` wraps a feature's controller, whoever calls it and however.
import type { Fault, FaultState } from '../contract/chaos.ts';
import { problem } from '../domain/problems.ts';
import { distort } from './distort.ts';

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
}

export interface SwitchboardOptions {
  components: readonly string[];
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Uniform in [0, 1): decides which calls meet a fault below 100 percent. */
  random?: () => number;
}

interface Switch {
  fault: Fault;
  untilMs: number;
  hits: number;
}

/** @throws NOT_FOUND-like NO_SUCH_ROUTE (404) from set and state for a component not in the list */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const { components, now = Date.now, random = Math.random } = options;
  const switches = new Map<string, Switch>();

  function active(component: string): Switch | undefined {
    const found = switches.get(component);
    if (found === undefined || found.untilMs > now()) return found;
    switches.delete(component);
    return undefined;
  }

  function meet<Result>(component: string, work: () => Promise<Result>): Promise<Result> {
    // The usual case, at every request: nobody broke anything.
    if (switches.size === 0) return work();
    const found = active(component);
    if (found === undefined || random() * 100 >= (found.fault.percent ?? 100)) return work();
    found.hits += 1;
    return suffer(component, found.fault, work, now, random);
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
      switches.set(component, { fault, untilMs: now() + (fault.durationMs ?? 30_000), hits: 0 });
      return board.state(component);
    },
    state(component) {
      known(components, component);
      const found = active(component);
      const healsAt = found ? new Date(found.untilMs).toISOString() : null;
      return { component, fault: found?.fault ?? null, healsAt, hits: found?.hits ?? 0 };
    },
    heal(component) {
      if (component === undefined) return switches.clear();
      known(components, component);
      switches.delete(component);
    },
  };
  return board;
}

/** What each kind does to one call. */
async function suffer<Result>(
  component: string,
  fault: Fault,
  work: () => Promise<Result>,
  now: () => number,
  random: () => number,
): Promise<Result> {
  switch (fault.kind) {
    case 'latency':
      await sleep(fault.latencyMs + random() * (fault.jitterMs ?? 0));
      return work();
    case 'error':
      throw injected(component, fault.status ?? 503);
    case 'exception':
      throw new TypeError(`injected exception in ${component}`);
    case 'wrong':
      return distort(await work());
    case 'crash':
      return crash(component);
    case 'hang':
      block(fault.hangMs, now);
      return work();
  }
}

function injected(component: string, status: number): Error {
  const answer = problem('injected', `${component} was told to fail.`, { component });
  return Object.assign(answer, { status });
}

/** An error nobody catches: Node ends the process, and this call never returns. */
function crash(component: string): Promise<never> {
  setImmediate(() => {
    throw new Error(`injected crash in ${component}`);
  });
  return new Promise(() => {});
}

/** Holds the event loop, as an endless loop in a handler would. */
function block(ms: number, now: () => number): void {
  const end = now() + ms;
  while (now() < end);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
