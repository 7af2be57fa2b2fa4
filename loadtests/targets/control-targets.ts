// targets/control-targets.ts: the control arms: each shape on the framework of the other.
// Read by the experiment that asks whether a difference is the architecture's or the framework's.

import { defaultPortBase } from './port-base.ts';
import type { Swap } from './swap.ts';
import { instanceOf, type Target, targetsAt } from './targets.ts';

/** Above the ports of the shapes themselves, so that all four can run at the same time. */
const controlOffset = 100;

/**
 * The same controllers, models and routes in the other chassis: docs/decisions/0019.
 * @param portBase of the lab; the control arms are 100 above: 3100, 4100 and 4101–4106 by default
 */
export function controlTargetsAt(portBase: number = defaultPortBase) {
  const { monolith, microservices } = targetsAt(portBase + controlOffset);
  return {
    'monolith-on-fastify': control('monolith-on-fastify', monolith, onFastify, portBase),
    'services-on-express': control('services-on-express', microservices, onExpress, portBase),
  };
}

const controls = 'loadtests/controls';

const onFastify: Swap = {
  name: 'on-fastify',
  files: {
    'monolith/chassis/assemble.ts': `${controls}/monolith-on-fastify/assemble.ts`,
    'monolith/chassis/handle.ts': `${controls}/monolith-on-fastify/handle.ts`,
    'monolith/chassis/listen.ts': 'microservices/chassis/listen.ts',
  },
};

const onExpress: Swap = {
  name: 'on-express',
  files: {
    'microservices/chassis/assemble.ts': `${controls}/services-on-express/assemble.ts`,
    'microservices/chassis/handle.ts': 'monolith/chassis/handle.ts',
    'microservices/chassis/listen.ts': 'monolith/chassis/listen.ts',
  },
};

/** The gateway stays what it is: its hop belongs to the architecture. */
function control(name: string, target: Target, swap: Swap, portBase: number): Target {
  const isShop = (component: Target['components'][number]) => component.features.length > 0;
  return {
    ...target,
    name,
    instance: instanceOf(name, portBase),
    components: target.components.map((one) => (isShop(one) ? { ...one, swap } : one)),
  };
}
