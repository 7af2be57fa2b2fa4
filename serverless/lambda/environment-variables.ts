// lambda/environment-variables.ts: what a function's process finds in its environment, as AWS sets it.
// Called by sandbox.ts at every start of a process.
import { accountId, region } from './arn.ts';
import type { FunctionVersion } from './functions.ts';

/** Of the environment that is about to start. */
export interface SandboxFacts {
  /** Host and port. */
  readonly runtimeApi: string;
  readonly logStream: string;
  readonly isProvisioned: boolean;
  /** The only variable that the process takes over from its owner. */
  readonly path: string;
}

/**
 * "Using Lambda environment variables", defined runtime environment variables. The credentials are
 * those of nobody: every service of this local cloud takes any.
 */
export function environmentVariables(
  { functionName, version, settings, code }: FunctionVersion,
  facts: SandboxFacts,
): Record<string, string> {
  return {
    PATH: facts.path,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...settings.environment,
    _HANDLER: settings.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCOUNT_ID: accountId,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtimeName()}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: facts.isProvisioned ? 'provisioned-concurrency' : 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(functionName),
    AWS_LAMBDA_LOG_STREAM_NAME: facts.logStream,
    AWS_LAMBDA_RUNTIME_API: facts.runtimeApi,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: code.folder,
    LAMBDA_RUNTIME_DIR: import.meta.dirname,
  };
}

export function logGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}

/** `nodejs20.x` and so on: the Node that runs this service also runs the functions. */
export function runtimeName(): string {
  return `nodejs${process.versions.node.split('.')[0]}.x`;
}
