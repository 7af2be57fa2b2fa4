// scenarios/shot.ts: one request to be, with the truth its answer is held against.
// Made by the targeters (browse, checkout, mixed), sent by load/attacker.ts.
import type { Operation } from '@lab/shared/contract/operation.ts';

export interface Shot {
  readonly operation: Operation;
  /** Parameters filled in and query appended; starts with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or null where the operation takes no body. */
  readonly body: string | null;
  /** `'ok'`, or a reason from a small fixed set; `body` is decoded JSON of any kind. */
  readonly check: (status: number, body: unknown) => string;
  /** Called at most once, with a body that passed the check; the order id goes into the row. */
  readonly learn?: (body: unknown) => string | undefined;
}

/** Makes the requests of one run, one after the other. */
export interface Targeter {
  nextShot(): Shot;
}

export interface TargeterOptions {
  /** Same seed and same answers, same requests. */
  readonly seed: number;
  /** Sent as x-api-key where the operation is not open. */
  readonly customerKey: string;
  /** Makes idempotency keys fresh: one run's must never meet another's in the same database. */
  readonly runId: string;
  /** Milliseconds on any steady clock; tests pass their own. */
  readonly clock: () => number;
}

/** What a shot is made of, before keys and encoding. */
export interface ShotParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly check: Shot['check'];
  readonly learn?: Shot['learn'];
}

/** Encodes the parts of a request to `operation`; the key goes along only where it is asked for. */
export function shotAt(operation: Operation, customerKey: string, parts: ShotParts): Shot {
  const { check, learn } = parts;
  return {
    operation,
    path: pathOf(operation, parts),
    headers: {
      ...(operation.access === 'open' ? {} : { 'x-api-key': customerKey }),
      ...(parts.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...parts.headers,
    },
    body: parts.body === undefined ? null : JSON.stringify(parts.body),
    check,
    ...(learn === undefined ? {} : { learn }),
  };
}

function pathOf(operation: Operation, { params = {}, query = {} }: ShotParts): string {
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}
