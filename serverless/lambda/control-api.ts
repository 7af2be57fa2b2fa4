// lambda/control-api.ts: the operations on functions over HTTP: list, look, update code, publish, delete.
// Given to api-server.ts by lambda.ts. Functions are created in process only: by the template.
import type { ApiRequest, Operation } from './api-server.ts';
import type { Concurrency } from './concurrency.ts';
import { configurationOf } from './configuration.ts';
import type { Control } from './control.ts';
import { invalidParameter } from './errors.ts';
import type { Functions, FunctionVersion } from './functions.ts';
import { withZip } from './update-code.ts';

export interface ControlApiServices {
  readonly functions: Functions;
  readonly concurrency: Concurrency;
  readonly control: Control;
}

const functionPath = '/2015-03-31/functions/{name}';

export function functionOperations(services: ControlApiServices): Operation[] {
  const { functions, control } = services;
  return [
    {
      method: 'GET',
      path: '/2015-03-31/functions',
      handle: () => ok({ Functions: functions.list().map((one) => configurationOf(one, false)) }),
    },
    { method: 'GET', path: functionPath, handle: (request) => getFunction(request, services) },
    {
      method: 'GET',
      path: `${functionPath}/configuration`,
      handle: (request) => ok(configuration(request, functions)),
    },
    {
      method: 'GET',
      path: `${functionPath}/versions`,
      handle: ({ name }) => ok({ Versions: functions.versionsOf(name).map(qualified) }),
    },
    {
      method: 'POST',
      path: `${functionPath}/versions`,
      handle: ({ name }) => ({ status: 201, body: qualified(control.publishVersion(name)) }),
    },
    { method: 'PUT', path: `${functionPath}/code`, handle: (request) => update(request, control) },
    {
      method: 'DELETE',
      path: functionPath,
      handle: ({ name, query }) => {
        // To delete one version and keep the others is not offered.
        if (query.has('Qualifier')) throw invalidParameter('Delete the whole function.');
        control.deleteFunction(name);
        return { status: 204 };
      },
    },
  ];
}

const ok = (body: unknown) => ({ status: 200, body });
const qualified = (version: FunctionVersion) => configurationOf(version, true);

function update(request: ApiRequest, control: Control) {
  const { name } = request;
  const version = withZip(request, (folder, publish) => {
    const latest = control.updateCode(name, folder);
    return publish ? control.publishVersion(name) : latest;
  });
  return ok(configurationOf(version, version.version !== '$LATEST'));
}

function configuration({ name, query }: ApiRequest, functions: Functions) {
  const qualifier = query.get('Qualifier') ?? undefined;
  return configurationOf(functions.find(name, qualifier), qualifier !== undefined);
}

function getFunction(request: ApiRequest, { functions, concurrency }: ControlApiServices) {
  const Configuration = configuration(request, functions);
  const reserved = concurrency.reservedOf(Configuration.FunctionName);
  const Concurrency = reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  return ok({ Configuration, Code: { RepositoryType: 'Local' }, Concurrency });
}
