// runtime/config.ts: reads a process's environment once, with types, defaults and clear refusals.
// Called by each deployable's config.ts, which alone touches process.env.
import { createPolicy } from './webhooks/policy.ts';
import { isSecret } from './webhooks/signature.ts';

/** A value of the environment does not fit; the message names it and says what would. */
export class BadConfig extends Error {
  override readonly name = 'BadConfig';
}

type Reader<Value> = (name: string, raw: string | undefined) => Value;
type Spec = Record<string, Reader<unknown>>;
export type Config<S extends Spec> = { readonly [Name in keyof S]: ReturnType<S[Name]> };

/**
 * Reads every name of `spec` from `env`; an empty value counts as not set.
 * @throws BadConfig with one sentence that names the variable
 */
export function parseConfig<S extends Spec>(env: NodeJS.ProcessEnv, spec: S): Config<S> {
  const entries = Object.entries(spec).map(([name, read]) => [
    name,
    read(name, env[name] || undefined),
  ]);
  return Object.freeze(Object.fromEntries(entries));
}

export const text =
  (fallback: string): Reader<string> =>
  (_name, raw) =>
    raw ?? fallback;

/** A whole number from `min` to `max`, both included. */
export const integer =
  (fallback: number, min: number, max: number): Reader<number> =>
  (name, raw) => {
    const value = raw === undefined ? fallback : Number(raw);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new BadConfig(`${name} is "${raw}": it must be a whole number from ${min} to ${max}.`);
  };

export const onOff =
  (fallback: boolean): Reader<boolean> =>
  (name, raw) => {
    if (raw === undefined) return fallback;
    if (raw === 'on' || raw === 'off') return raw === 'on';
    throw new BadConfig(`${name} is "${raw}": it must be on or off.`);
  };

/** Words separated by commas; spaces around them do not count. */
export const list =
  (fallback: readonly string[]): Reader<readonly string[]> =>
  (_name, raw) =>
    raw === undefined
      ? fallback
      : raw
          .split(',')
          .map((word) => word.trim())
          .filter(Boolean);

/** Origins of pages as browsers send them, separated by commas, or `*` for every page. */
export const origins = (): Reader<readonly string[]> => (name, raw) => {
  const words = list([])(name, raw);
  const isOrigin = (word: string) => URL.canParse(word) && new URL(word).origin === word;
  const wrong = words.find((word) => word !== '*' && !isOrigin(word));
  if (wrong === undefined) return words;
  throw new BadConfig(`${name} is "${wrong}": it must look like http://127.0.0.1:8080, or be *.`);
};

/** The addresses of a service, separated by commas: several are replicas of it. */
export const httpUrls =
  (fallback: string): Reader<readonly string[]> =>
  (name, raw) => {
    const values = (raw ?? fallback).split(',').map((value) => value.trim());
    const wrong = values.find((one) => !/^https?:\/\/[^/?#]+$/.test(one) || !URL.canParse(one));
    if (wrong === undefined) return values;
    throw new BadConfig(`${name} is "${wrong}": it must look like http://127.0.0.1:4001.`);
  };

/** As httpUrls, or one function by its name: `lambda:shop-catalog`. */
export const addresses =
  (fallback: string): Reader<readonly string[]> =>
  (name, raw) =>
    raw !== undefined && /^lambda:[\w-]{1,64}$/.test(raw) ? [raw] : httpUrls(fallback)(name, raw);

/** An SQS queue by its URL; empty when there is none. */
export const queueUrl: Reader<string> = (name, raw = '') => {
  if (raw === '' || (/^https?:\/\/[^/?#]+\/\d{12}\/[\w.-]+$/.test(raw) && URL.canParse(raw)))
    return raw;
  const example = 'https://sqs.us-east-1.amazonaws.com/000000000000/events';
  throw new BadConfig(`${name} is "${raw}": it must look like ${example}.`);
};

/** Where callbacks may go: the words and ranges of webhooks/policy.ts, separated by commas. */
const callbackTargets: Reader<readonly string[]> = (name, raw) => {
  const targets = list(['loopback'])(name, raw);
  try {
    createPolicy(targets);
  } catch (error) {
    const fits = 'name loopback, public, or ranges such as 10.1.0.0/16';
    throw new BadConfig(`${name} is "${raw}": ${(error as Error).message} It must ${fits}.`);
  }
  return targets;
};

const callbackSecret: Reader<string> = (name, raw = DEMO_CALLBACK_SECRET) => {
  if (isSecret(raw)) return raw;
  throw new BadConfig(`${name} does not fit: it must be whsec_ and 24 to 64 bytes in base64.`);
};

export const oneOf =
  <const Word extends string>(words: readonly Word[], fallback: Word): Reader<Word> =>
  (name, raw) => {
    const word = words.find((known) => known === (raw ?? fallback));
    if (word !== undefined) return word;
    throw new BadConfig(`${name} is "${raw}": it must be one of ${words.join(', ')}.`);
  };

/** What every process has: where it listens, what it logs, whether faults may be injected. */
export const commonSettings = (port: number) => ({
  HOST: text('127.0.0.1'),
  PORT: integer(port, 1, 65_535),
  /** Where people reach it, for what it shows them; empty: at HOST and PORT. */
  PUBLIC_URL: text(''),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  LAB_CHAOS: onOff(false),
  /** Of processes that share their faults: a function's in the local cloud. Empty: each has its own. */
  FAULTS_FOLDER: text(''),
  INSTRUCTOR_KEY: text(DEMO_INSTRUCTOR_KEY),
  BODY_LIMIT_BYTES: integer(100_000, 1, 10_000_000),
  /** How long it goes on after it was told to stop, telling every caller to go elsewhere. */
  DRAIN_MS: integer(0, 0, 3000),
});

export const publicUrl = (config: { PUBLIC_URL: string; HOST: string; PORT: number }) =>
  config.PUBLIC_URL || `http://${config.HOST}:${config.PORT}`;

/** What a front door has beside: whom it admits, from which pages, and how often. */
export const doorSettings = () => ({
  CUSTOMER_KEYS: list([DEMO_CUSTOMER_KEY]),
  /** Pages of other origins that may call it from a browser (CORS). */
  CORS_ORIGINS: origins(),
  RATE_LIMIT_RPS: integer(200, 1, 1_000_000),
});

/** What a process with a database has beside; `file` is the default's path below .lab/data/. */
export const databaseSettings = (file: string) => ({
  DATABASE_URL: text(`file:.lab/data/${file}`),
  DATABASE_POOL_SIZE: integer(10, 1, 100),
});

/** Where callbacks may go, and what they are signed with. */
export const callbackSettings = () => ({
  CALLBACK_ALLOW: callbackTargets,
  CALLBACK_SECRET: callbackSecret,
});

/**
 * Where AWS is, and who asks. A function's environment says all but the endpoint, which is only set
 * where something else stands in for AWS.
 */
export const awsSettings = () => ({
  AWS_REGION: text('us-east-1'),
  AWS_ACCESS_KEY_ID: text(''),
  AWS_SECRET_ACCESS_KEY: text(''),
  AWS_SESSION_TOKEN: text(''),
  AWS_ENDPOINT_URL_LAMBDA: text(''),
  /** Where it is empty, a queue is at the host of its URL. */
  AWS_ENDPOINT_URL_SQS: text(''),
});

export type AwsSettings = Config<ReturnType<typeof awsSettings>>;

/** How many past orders an empty shop is filled with, so that reports have something to say. */
export const pastOrdersSetting = () => ({ PAST_ORDERS: integer(1000, 0, 10_000_000) });

/**
 * Keys for a laptop. A process that runs with them prints a warning. API Gateway takes no key of less
 * than 20 characters.
 */
export const DEMO_INSTRUCTOR_KEY = 'demo-instructor-one-shop';
export const DEMO_CUSTOMER_KEY = 'demo-student-one-shop';
export const DEMO_CALLBACK_SECRET = 'whsec_ZGVtbyBzZWNyZXQgb2YgdGhlIGxhYm9yYXRvcnk=';

/** One sentence to print when a front door still has the keys that this source file shows. */
export function demoKeyWarning(config: {
  CUSTOMER_KEYS: readonly string[];
  INSTRUCTOR_KEY: string;
}): string | null {
  const keys = [...config.CUSTOMER_KEYS, config.INSTRUCTOR_KEY];
  const demo = keys.filter((key) => [DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY].includes(key));
  if (demo.length === 0) return null;
  return `Demo keys are in use (${demo.join(', ')}): set CUSTOMER_KEYS and INSTRUCTOR_KEY before anybody else can reach this.`;
}
