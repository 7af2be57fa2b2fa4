// lambda/concurrency-api.ts: the operations on reserved and provisioned concurrency over HTTP.
// Given to api-server.ts by lambda.ts.
import type { ApiRequest, Operation } from './api-server.ts';
import type { Concurrency } from './concurrency.ts';
import { invalidParameter, LambdaError } from './errors.ts';
import type { Functions } from './functions.ts';
import type { Provisioning } from './provisioning.ts';

const reservedPath = '/2017-10-31/functions/{name}/concurrency';
const provisionedPath = '/2019-09-30/functions/{name}/provisioned-concurrency';

export interface ConcurrencyServices {
  readonly functions: Functions;
  readonly concurrency: Concurrency;
  readonly provisioning: Provisioning;
}

export function concurrencyOperations(services: ConcurrencyServices): Operation[] {
  return [...reservedOperations(services), ...provisionedOperations(services)];
}

function reservedOperations({ functions, concurrency }: ConcurrencyServices): Operation[] {
  const nameOf = ({ name }: ApiRequest) => functions.find(name).functionName;
  return [
    {
      method: 'PUT',
      path: reservedPath,
      handle: (request) => {
        const places = numberIn(request, 'ReservedConcurrentExecutions');
        concurrency.reserve(nameOf(request), places);
        return { status: 200, body: { ReservedConcurrentExecutions: places } };
      },
    },
    {
      method: 'DELETE',
      path: reservedPath,
      handle: (request) => {
        concurrency.unreserve(nameOf(request));
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/2019-09-30/functions/{name}/concurrency',
      handle: (request) => {
        const reserved = concurrency.reservedOf(nameOf(request));
        const body = reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
        return { status: 200, body };
      },
    },
  ];
}

function provisionedOperations({ functions, provisioning }: ConcurrencyServices): Operation[] {
  const versionOf = ({ name, query }: ApiRequest) =>
    functions.find(name, query.get('Qualifier') ?? undefined);
  return [
    {
      method: 'PUT',
      path: provisionedPath,
      handle: (request) => {
        const places = numberIn(request, 'ProvisionedConcurrentExecutions');
        return { status: 202, body: provisioning.put(versionOf(request), places) };
      },
    },
    {
      method: 'GET',
      path: provisionedPath,
      handle: (request) => {
        const status = provisioning.get(versionOf(request));
        if (status === undefined) throw noSuchConfig();
        return { status: 200, body: status };
      },
    },
    {
      method: 'DELETE',
      path: provisionedPath,
      handle: (request) => {
        provisioning.remove(versionOf(request));
        return { status: 204 };
      },
    },
  ];
}

function noSuchConfig(): LambdaError {
  const message = 'No Provisioned Concurrency Config found for this function';
  return new LambdaError('ProvisionedConcurrencyConfigNotFoundException', 404, message);
}

/** @throws InvalidParameterValueException when the body does not hold such a number */
function numberIn({ body }: ApiRequest, key: string): number {
  try {
    const value = JSON.parse(body.toString('utf8'))[key];
    if (typeof value === 'number') return value;
  } catch {
    // Answered below.
  }
  throw invalidParameter(`${key} must be a number.`);
}
