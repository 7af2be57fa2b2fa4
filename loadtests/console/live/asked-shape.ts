// live/asked-shape.ts: a shape that somebody else runs, in containers or far away: what it says of itself.
// Made by `npm run lab -- console`; there is no supervisor to tell of its processes.
import type { Topology } from '@lab/shared/contract/topology.ts';
import { request } from 'undici';
import type { ProcessState } from '../../targets/life.ts';
import type { ComponentStatus } from '../../targets/platform.ts';
import { type Component, type Target, urlOf } from '../../targets/targets.ts';
import { type LiveShape, notOurs } from './live-shape.ts';
import type { BoxState } from './live-state.ts';

/** Longer than a front door waits for a service, or a function, that hangs. */
const PATIENCE_MS = { services: 2500, functions: 5000 } as const;

/**
 * @param known its functions, and what else it consists of, as this lab would run it
 * @param baseUrl of its front door, as this program reaches it
 */
export function askedShape({ functions = [], ...known }: Target, baseUrl: string): LiveShape {
  // Of functions it says as much as of services.
  const target = { ...known, components: [...known.components, ...functions] };
  const patienceMs = PATIENCE_MS[functions.length > 0 ? 'functions' : 'services'];
  const states = new Map<string, BoxState>();
  const stateNow = (name: string) => states.get(name) ?? 'unknown';
  let pageUrl: string | undefined;
  const look = async () => {
    const found = await topologyOf(baseUrl, patienceMs);
    for (const { name } of target.components)
      states.set(name, stateIn(found, name, name === target.frontDoor));
    if (typeof found !== 'string') pageUrl ??= await publicUrlOf(baseUrl, patienceMs);
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
      return target.components.map((one) => statusOf(one, stateNow(one.name)));
    },
    kill: refuse,
    deploy: async () => refuse(),
    asked: {
      get pageUrl() {
        return pageUrl ?? baseUrl;
      },
      look,
      stateOf: stateNow,
    },
  };
}

type Found = Topology['components'] | 'silent' | 'gone';

/** `silent`: something is there and does not answer, as a process that hangs. */
async function topologyOf(baseUrl: string, patienceMs: number): Promise<Found> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const { statusCode, body } = await request(`${baseUrl}/topology`, { reset: true, signal });
    const { components } = (await body.json()) as Partial<Topology>;
    // Something else may stand there.
    return statusCode === 200 && Array.isArray(components) ? components : 'gone';
  } catch {
    return signal.aborted ? 'silent' : 'gone';
  }
}

function stateIn(found: Found, name: string, isFrontDoor: boolean): BoxState {
  if (found === 'silent') return isFrontDoor ? 'hung' : 'unknown';
  if (found === 'gone') return isFrontDoor ? 'dead' : 'unknown';
  if (isFrontDoor) return 'up';
  return found.find((part) => part.name === name)?.health === 'up' ? 'up' : 'dead';
}

/** Where it says that it is reached, in the document of its API. */
async function publicUrlOf(baseUrl: string, patienceMs: number): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const { body } = await request(`${baseUrl}/openapi.json`, { reset: true, signal });
    const { servers } = (await body.json()) as { servers?: { url: string }[] };
    const url = servers?.[0]?.url ?? '';
    // A shop that listens everywhere may not know better.
    return /^https?:\/\/(?!0\.0\.0\.0)/.test(url) && URL.canParse(url) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Its process is not on this machine, as far as this lab knows. */
function statusOf(component: Component, box: BoxState): ComponentStatus {
  const { name, port } = component;
  const state: ProcessState = box === 'up' ? 'ready' : 'waiting';
  const unknown = { pid: undefined, cpuMs: 0, rssBytes: 0, restarts: 0 };
  return { name, port, url: urlOf(component), state, ...unknown };
}
