// lambda/function-config.ts: what a function may be configured with, checked, with AWS's defaults.
// Called by functions.ts when a function is created.
import { invalidParameter } from './errors.ts';
import type { FailureRecord } from './failure-record.ts';
import { maxEnvironmentBytes } from './limits.ts';

export interface FunctionConfig {
  /** 1 to 64 letters, digits, `-` and `_`. */
  readonly name: string;
  /** The folder that the zip was unpacked to. It is copied: later changes to it do not matter. */
  readonly codeFolder: string;
  /** Module and export; default `handler.handler`, the export `handler` of `handler.mjs`. */
  readonly handler?: string | undefined;
  /** 128 to 10 240 MB; default 128. */
  readonly memorySizeMb?: number | undefined;
  /** Above 0 up to 900 s; default 3. AWS takes whole seconds only, tests like shorter ones. */
  readonly timeoutSeconds?: number | undefined;
  /** At most 4 KB; the names that AWS reserves are refused. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** From 0; left out, the function shares the account's unreserved concurrency. */
  readonly reservedConcurrency?: number | undefined;
  /** Of an asynchronous invocation whose function failed: 0 to 2; default 2. */
  readonly maximumRetryAttempts?: number | undefined;
  /** How long an asynchronous event may wait: 60 to 21 600 s; default 21 600, six hours. */
  readonly maximumEventAgeSeconds?: number | undefined;
  /** Receives the event of an asynchronous invocation that was given up. */
  readonly onFailure?: ((record: FailureRecord) => void | Promise<void>) | undefined;
}

/** A checked configuration with nothing left open. */
export interface FunctionSettings {
  readonly handler: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  readonly onFailure: ((record: FailureRecord) => void | Promise<void>) | undefined;
}

/** @throws InvalidParameterValueException naming the first setting that does not fit */
export function settingsOf(config: FunctionConfig): FunctionSettings {
  if (!/^[\w-]{1,64}$/.test(config.name))
    throw invalidParameter(`${config.name} is no name of a function.`);
  const environment = config.environment ?? {};
  checkEnvironment(environment);
  return {
    handler: config.handler ?? 'handler.handler',
    memorySizeMb: whole('memorySizeMb', config.memorySizeMb ?? 128, 128, 10_240),
    timeoutSeconds: within('timeoutSeconds', config.timeoutSeconds ?? 3, 0.001, 900),
    environment,
    maximumRetryAttempts: within('maximumRetryAttempts', config.maximumRetryAttempts ?? 2, 0, 2),
    maximumEventAgeSeconds: within(
      'maximumEventAgeSeconds',
      config.maximumEventAgeSeconds ?? 21_600,
      60,
      21_600,
    ),
    onFailure: config.onFailure,
  };
}

function within(name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw invalidParameter(`${name} is ${value}; it may be ${least} to ${most}.`);
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value)) return within(name, value, least, most);
  throw invalidParameter(`${name} is ${value}; it must be a whole number.`);
}

// "Using Lambda environment variables": the keys that a function may not set.
const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_.*|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;

function checkEnvironment(environment: Readonly<Record<string, string>>): void {
  const taken = Object.keys(environment).filter((key) => reserved.test(key));
  if (taken.length > 0)
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables ' +
        'you have provided contains reserved keys that are currently not supported for modification. ' +
        `Reserved keys used in this request: ${taken.join(', ')}`,
    );
  const misnamed = Object.keys(environment).find((key) => !/^[a-zA-Z]\w+$/.test(key));
  if (misnamed !== undefined)
    throw invalidParameter(`"${misnamed}" is no name of an environment variable.`);
  if (JSON.stringify(environment).length > maxEnvironmentBytes)
    throw invalidParameter('Environment variables exceed the limit of 4 KB.');
}
