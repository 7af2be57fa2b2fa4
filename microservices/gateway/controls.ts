// gateway/controls.ts: the /chaos API of the whole shop: the gateway's own switch and every service's.
// Called by app.ts. The key is checked here and again by the service.
import { type Controls, checkName, createControls } from '@lab/shared/chaos/controls.ts';
import type { Switchboard } from '@lab/shared/chaos/switchboard.ts';
import type { FaultState, FaultStates } from '@lab/shared/contract/chaos.ts';
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { Problem, problem } from '@lab/shared/domain/problems.ts';
import type { Services } from './services.ts';

export function createGatewayControls(
  board: Switchboard,
  rules: { on: boolean; instructorKey: string },
  services: Services,
): Controls {
  const own = createControls(board, rules);
  return async (request) => {
    const { method, component, key } = request;
    if (component === undefined) {
      const mine = (await own(request)) as FaultStates;
      const asked = features.map((name) => ask(services, name, method, key).catch(() => name));
      const answers = await Promise.all(asked);
      const isState = (one: FaultState | Feature) => typeof one !== 'string';
      return {
        components: [...mine.components, ...answers.filter(isState)],
        unreachable: answers.filter((one) => !isState(one)) as Feature[],
      };
    }
    if (component === 'gateway') return own(request);
    await own({ ...request, method: 'GET', component: 'gateway', body: undefined });
    checkName(component);
    if (!(features as readonly string[]).includes(component)) throw unknown(component);
    return ask(services, component as Feature, method, key, request.body);
  };
}

/** As the switchboard says it, but with everybody whose faults are set at this door. */
const unknown = (component: string) =>
  problem('noSuchRoute', `There is no ${component} here: ${['gateway', ...features].join(', ')}.`);

/** A hung service must not make the instructor wait. */
const LONGEST_MS = 1000;

/** @throws the service's own problem, or DEPENDENCY_UNAVAILABLE (503) when it is down */
async function ask(
  services: Services,
  name: Feature,
  method: string,
  key: string | undefined,
  body?: unknown,
): Promise<FaultState> {
  const answer = await services[name].pool
    .request({
      path: `/chaos/${name}`,
      method: method as 'GET',
      headers: { 'x-api-key': key ?? '', 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST_MS),
    })
    .catch(() => {
      throw problem('dependencyUnavailable', `${name} cannot be reached.`, { dependency: name });
    });
  const state = await answer.body.json();
  if (answer.statusCode === 200) return state as FaultState;
  throw Problem.from(state as Parameters<typeof Problem.from>[0]);
}
