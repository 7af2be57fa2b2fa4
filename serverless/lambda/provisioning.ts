// lambda/provisioning.ts: environments that are initialised before anybody asks ("provisioned concurrency").
// Called by concurrency-api.ts and lambda.ts.
import type { Concurrency } from './concurrency.ts';
import { invalidParameter } from './errors.ts';
import type { Fleet } from './fleet.ts';
import type { FunctionVersion } from './functions.ts';

/** As AWS answers; the numbers count environments. */
export interface ProvisionedStatus {
  readonly RequestedProvisionedConcurrentExecutions: number;
  readonly AvailableProvisionedConcurrentExecutions: number;
  readonly AllocatedProvisionedConcurrentExecutions: number;
  readonly Status: 'IN_PROGRESS' | 'READY';
}

export interface Provisioning {
  /**
   * Returns at once; `get` says how far it is.
   * @throws InvalidParameterValueException for `$LATEST`, or when the account has not so many places
   */
  put(version: FunctionVersion, places: number): ProvisionedStatus;
  get(version: FunctionVersion): ProvisionedStatus | undefined;
  remove(version: FunctionVersion): void;
}

export function createProvisioning(concurrency: Concurrency, fleet: Fleet): Provisioning {
  const wanted = new Map<FunctionVersion, number>();

  function claim({ functionName }: FunctionVersion): void {
    const places = [...wanted]
      .filter(([version]) => version.functionName === functionName)
      .reduce((sum, [, count]) => sum + count, 0);
    concurrency.provision(functionName, places);
  }
  function statusOf(version: FunctionVersion, places: number): ProvisionedStatus {
    const ready = fleet.poolOf(version).provisioned();
    return {
      RequestedProvisionedConcurrentExecutions: places,
      AvailableProvisionedConcurrentExecutions: ready,
      AllocatedProvisionedConcurrentExecutions: ready,
      Status: ready < places ? 'IN_PROGRESS' : 'READY',
    };
  }
  function restore(version: FunctionVersion, before: number | undefined): void {
    if (before === undefined) wanted.delete(version);
    else wanted.set(version, before);
  }

  return {
    put(version, places) {
      if (version.version === '$LATEST')
        throw invalidParameter(
          'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
        );
      if (!Number.isInteger(places) || places < 1)
        throw invalidParameter('ProvisionedConcurrentExecutions is a whole number from 1.');
      const before = wanted.get(version);
      wanted.set(version, places);
      try {
        claim(version);
      } catch (error) {
        restore(version, before);
        throw error;
      }
      void fleet.poolOf(version).provision(places);
      return statusOf(version, places);
    },
    get(version) {
      const places = wanted.get(version);
      return places === undefined ? undefined : statusOf(version, places);
    },
    remove(version) {
      if (!wanted.delete(version)) return;
      claim(version);
      void fleet.poolOf(version).provision(0);
    },
  };
}
