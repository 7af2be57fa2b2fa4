// live/asked-shape.ts: a shape that somebody else runs, in containers or far away: what it says of itself.
// Made by `npm run lab -- console`; there is no supervisor to tell of its processes.
import type { Topology } from '@lab/shared/contract/topology.ts';
import { request } from 'undici';
import type { ProcessState } from '../../targets/life.ts';
import type { ComponentStatus } from '../../targets/platform.ts';
import { type Component, type Target, urlOf } from '../../targets/targets.ts';
import { type LiveShape, notOurs } from './live-shape.ts';

/** Longer than the gateway waits for a service that hangs. */
const PATIENCE_MS = 2500;

/**
 * @param known its functions, and what else it consists of, as this lab would run it
 * @param baseUrl of its front door, as this program reaches it
 */
export function askedShape({ functions = [], ...known }: Target, baseUrl: string): LiveShape {
  // Of functions it says as much as of services.
  const target = { ...known, components: [...known.components, ...functions] };
  const states = new Map<string, ProcessState>();
  let pageUrl = baseUrl;
  let knowsPage = false;
  const look = async () => {
    const found = await topologyOf(baseUrl);
    for (const { name } of target.components)
      states.set(name, stateOf(name, name === target.frontDoor, found));
    if (typeof found === 'string' || knowsPage) return;
    pageUrl = (await publicUrlOf(baseUrl)) ?? baseUrl;
    knowsPage = true;
  };
  const refuse = () => {
    throw new Error(notOurs(target.name));
  };
  return {
    target,
    baseUrl,
    events: [],
    onEvent: () => () => {},
    get components() {
      return target.components.map((one) => statusOf(one, states.get(one.name) ?? 'starting'));
    },
    kill: refuse,
    deploy: async () => refuse(),
    asked: {
      get pageUrl() {
        return pageUrl;
      },
      look,
    },
  };
}

type Found = Topology['components'] | 'silent' | 'gone';

/** `silent`: something is there and does not answer, as a process that hangs. */
async function topologyOf(baseUrl: string): Promise<Found> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const { body } = await request(`${baseUrl}/topology`, { reset: true, signal });
    return ((await body.json()) as Topology).components;
  } catch {
    return signal.aborted ? 'silent' : 'gone';
  }
}

/** Behind a front door that does not answer nothing is known: as good as gone for who stands before it. */
function stateOf(name: string, isFrontDoor: boolean, found: Found): ProcessState {
  if (found === 'silent') return isFrontDoor ? 'paused' : 'starting';
  if (found === 'gone') return isFrontDoor ? 'waiting' : 'starting';
  if (isFrontDoor) return 'ready';
  return found.find((part) => part.name === name)?.health === 'up' ? 'ready' : 'waiting';
}

/** Where it says that it is reached, in the document of its API. */
async function publicUrlOf(baseUrl: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { body } = await request(`${baseUrl}/openapi.json`, { reset: true, signal });
    const { servers } = (await body.json()) as { servers?: { url: string }[] };
    return servers?.[0]?.url;
  } catch {
    return undefined;
  }
}

/** Its process is not on this machine, as far as this lab knows. */
function statusOf(component: Component, state: ProcessState): ComponentStatus {
  const { name, port } = component;
  const unknown = { pid: undefined, cpuMs: 0, rssBytes: 0, restarts: 0 };
  return { name, port, url: urlOf(component), state, ...unknown };
}
