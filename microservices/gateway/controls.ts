// gateway/controls.ts: the /chaos API of the whole shop: the gateway's own switch and every service's.
// Called by app.ts. The key is checked here and again by the service.
import {
  type ControlRequest,
  type Controls,
  checkName,
  createControls,
} from '@lab/shared/chaos/controls.ts';
import { isForOne, together } from '@lab/shared/chaos/several.ts';
import { sharedSwitchboard } from '@lab/shared/chaos/shared-switchboard.ts';
import type { Switchboard } from '@lab/shared/chaos/switchboard.ts';
import { type FaultState, type FaultStates, faultKinds } from '@lab/shared/contract/chaos.ts';
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { Problem, problem } from '@lab/shared/domain/problems.ts';
import type { Replica, Services } from './services.ts';

export function createGatewayControls(
  board: Switchboard,
  rules: { on: boolean; instructorKey: string; longestMs: number; folder?: string },
  services: Services,
): Controls {
  const { longestMs, folder } = rules;
  const own = createControls(board, rules);
  // Functions read it at their next call: none has to be woken to be healed.
  const shared =
    folder &&
    createControls(sharedSwitchboard({ components: features, kinds: faultKinds }, folder), rules);
  return async (request) => {
    const { method, component, key } = request;
    if (component === undefined) {
      const mine = (await own(request)) as FaultStates;
      if (shared) {
        const theirs = (await shared(request)) as FaultStates;
        return { ...theirs, components: [...mine.components, ...theirs.components] };
      }
      const asked = features.map((name) => askEach(services, name, { method, key, longestMs }));
      const answers = await Promise.all(asked);
      const known = answers.filter(({ states }) => states.length > 0);
      return {
        components: [...mine.components, ...known.map(({ states }) => together(states))],
        unreachable: answers.flatMap(({ unreachable }) => unreachable),
      };
    }
    if (component === 'gateway') return own(request);
    await own({ ...request, method: 'GET', component: 'gateway', body: undefined });
    checkName(component);
    if (!(features as readonly string[]).includes(component)) throw unknown(component);
    if (shared && !isForOne(request)) return shared(request);
    return isForOne(request)
      ? askOne(services, component as Feature, { ...request, longestMs })
      : askAll(services, component as Feature, { ...request, longestMs });
  };
}

/** As the switchboard says it, but with everybody whose faults are set at this door. */
const unknown = (component: string) =>
  problem('noSuchRoute', `There is no ${component} here: ${['gateway', ...features].join(', ')}.`);

type Asked = Pick<ControlRequest, 'method' | 'key'> & { body?: unknown; longestMs: number };

/** The first replica that can be reached. @throws as `ask` */
async function askOne(services: Services, name: Feature, asked: Asked): Promise<FaultState> {
  let last: unknown;
  for (const replica of services[name].replicas) {
    last = await ask(name, replica, asked).catch((error: Problem) => error);
    if (!(last instanceof Problem) || last.code !== 'DEPENDENCY_UNAVAILABLE') break;
  }
  return stateOf(last);
}

/** @throws as `ask`, when not one replica has answered with its state */
async function askAll(services: Services, name: Feature, asked: Asked): Promise<FaultState> {
  const { states, failure } = await askEach(services, name, asked);
  return states.length > 0 ? together(states) : stateOf(failure);
}

async function askEach(services: Services, name: Feature, asked: Asked) {
  const { replicas } = services[name];
  const answers = await Promise.allSettled(replicas.map((replica) => ask(name, replica, asked)));
  const failed = answers.find((answer) => answer.status === 'rejected');
  return {
    states: answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])),
    unreachable: replicas.filter((_, at) => answers[at]?.status === 'rejected').map(nameOf),
    failure: failed?.reason as unknown,
  };
}

const nameOf = ({ name }: Replica) => name;

function stateOf(answer: unknown): FaultState {
  if (answer instanceof Error) throw answer;
  return answer as FaultState;
}

/** @throws the service's own problem, or DEPENDENCY_UNAVAILABLE (503) when it is down */
async function ask(
  feature: Feature,
  { name, pool }: Replica,
  { method, key, body, longestMs }: Asked,
): Promise<FaultState> {
  const answer = await pool
    .request({
      path: `/chaos/${feature}`,
      method: method as 'GET',
      headers: { 'x-api-key': key ?? '', 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(longestMs),
    })
    .catch(() => {
      throw problem('dependencyUnavailable', `${name} cannot be reached.`, { dependency: feature });
    });
  const state = await answer.body.json();
  if (answer.statusCode === 200) return state as FaultState;
  throw Problem.from(state as Parameters<typeof Problem.from>[0]);
}
