// runtime/config.ts: reads a process's environment once, with types, defaults and clear refusals.
// Called by each deployable's config.ts, which alone touches process.env.

/** A value of the environment does not fit; the message names it and says what would. */
export class BadConfig extends Error {}

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

export const httpUrl =
  (fallback: string): Reader<string> =>
  (name, raw) => {
    const value = raw ?? fallback;
    if (/^https?:\/\/[^/?#]+$/.test(value) && URL.canParse(value)) return value;
    throw new BadConfig(`${name} is "${value}": it must look like http://127.0.0.1:4001.`);
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
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  LAB_CHAOS: onOff(false),
  INSTRUCTOR_KEY: text(DEMO_INSTRUCTOR_KEY),
  BODY_LIMIT_BYTES: integer(100_000, 1, 10_000_000),
});

/** What a front door has beside: whom it admits and how often. */
export const doorSettings = () => ({
  CUSTOMER_KEYS: list([DEMO_CUSTOMER_KEY]),
  RATE_LIMIT_RPS: integer(200, 1, 1_000_000),
});

/** What a process with a database has beside; `file` is the default's path below .lab/data/. */
export const databaseSettings = (file: string) => ({
  DATABASE_URL: text(`file:.lab/data/${file}`),
  DATABASE_POOL_SIZE: integer(10, 1, 100),
});

/** How many past orders an empty shop is filled with, so that reports have something to say. */
export const pastOrdersSetting = () => ({ PAST_ORDERS: integer(1000, 0, 10_000_000) });

/** Keys for a laptop. A process that runs with them prints a warning. */
export const DEMO_INSTRUCTOR_KEY = 'demo-instructor';
export const DEMO_CUSTOMER_KEY = 'demo-student';

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
