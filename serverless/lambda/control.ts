// lambda/control.ts: what changes functions, and what that means for their environments and places.
// Called by control-api.ts and, through the service, by whoever deploys.
import type { Concurrency } from './concurrency.ts';
import type { Fleet } from './fleet.ts';
import type { FunctionConfig } from './function-config.ts';
import type { Functions, FunctionVersion } from './functions.ts';
import type { Provisioning } from './provisioning.ts';

export interface Control {
  /** @throws ResourceConflictException (409), InvalidParameterValueException (400) */
  createFunction(config: FunctionConfig): FunctionVersion;
  /** From the next invocation of `$LATEST` on; those that run now end on the old code. */
  updateCode(name: string, codeFolder: string): FunctionVersion;
  publishVersion(name: string): FunctionVersion;
  /** With all its versions; invocations that run now are not disturbed. */
  deleteFunction(name: string): void;
}

export interface ControlServices {
  readonly functions: Functions;
  readonly fleet: Fleet;
  readonly concurrency: Concurrency;
  readonly provisioning: Provisioning;
}

export function createControl(services: ControlServices): Control {
  const { functions, fleet, concurrency, provisioning } = services;
  return {
    createFunction(config) {
      const version = functions.create(config);
      try {
        if (config.reservedConcurrency !== undefined)
          concurrency.reserve(config.name, config.reservedConcurrency);
      } catch (error) {
        functions.remove(config.name);
        throw error;
      }
      return version;
    },
    updateCode(name, codeFolder) {
      const { before, after } = functions.updateCode(name, codeFolder);
      fleet.retire(before);
      return after;
    },
    publishVersion: (name) => functions.publish(name),
    deleteFunction(name) {
      for (const version of functions.remove(name)) {
        provisioning.remove(version);
        fleet.retire(version);
        concurrency.forget(version.functionName);
      }
    },
  };
}
