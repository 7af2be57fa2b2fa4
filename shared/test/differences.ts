// test/differences.ts: every known difference between the shapes, as data with a reason.
// Contract tests look up what to expect of a shape; contract.test.ts prints the list.
import type { Subject } from './subject.ts';

export interface Difference {
  /** What a caller can see. */
  readonly what: string;
  readonly monolith: string;
  /** Also what is expected of any further shape made of services. */
  readonly services: string;
  readonly reason: string;
}

export const differences = {
  aftermath: {
    what: 'an order or a cancellation reaches notifications and reports',
    monolith: 'at once',
    services: 'eventually',
    reason:
      'one transaction writes everything; a service tells its followers through an outbox, afterwards',
  },
  paymentOfRejectedOrder: {
    what: 'GET /payments/:orderId of an order whose card was declined',
    monolith: 'not found',
    services: '0 cents, refunded',
    reason:
      'a rollback leaves nothing; a service must remember the refund, or a late charge would win',
  },
  faultSwitches: {
    what: 'GET /chaos lists',
    monolith: 'six features',
    services: 'a gateway and six services',
    reason: 'a monolith has no front door of its own that could fail by itself',
  },
  blastRadius: {
    what: 'a crash or a hang of one feature takes with it',
    monolith: 'every feature',
    services: 'that feature',
    reason: 'what shares a process dies and waits together',
  },
  faultInsideCheckout: {
    what: 'a checkout whose payments answer with an injected error is refused with',
    monolith: 'INJECTED_FAULT',
    services: 'DEPENDENCY_UNAVAILABLE',
    reason: 'a function call throws the error itself; a caller over HTTP only knows who failed',
  },
  topology: {
    what: 'GET /topology lists',
    monolith: 'one process, six features, one database',
    services: 'seven processes, six databases',
    reason: 'it tells the architecture, which is the one thing that varies',
  },
  readiness: {
    what: 'GET /ready depends on',
    monolith: 'database',
    services: 'catalog, inventory, orders, payments, notifications, reports',
    reason: 'a front door without a database is as ready as the services behind it',
  },
} as const satisfies Record<string, Difference>;

type Way<Name extends keyof typeof differences> = (typeof differences)[Name][
  | 'monolith'
  | 'services'];

/** What this shape does where the shapes differ. */
export function howIn<Name extends keyof typeof differences>(
  { name }: Pick<Subject, 'name'>,
  difference: Name,
): Way<Name> {
  const { monolith, services }: Difference = differences[difference];
  return (name === 'monolith' ? monolith : services) as Way<Name>;
}

/** The list for people, one paragraph a difference. */
export function printedDifferences(): string {
  return Object.values(differences)
    .map(({ what, monolith, services, reason }) =>
      [`  ${what}`, `    monolith: ${monolith}`, `    services: ${services}`, `    ${reason}`].join(
        '\n',
      ),
    )
    .join('\n');
}
