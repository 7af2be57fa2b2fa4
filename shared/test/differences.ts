// test/differences.ts: every known difference between the shapes, as data with a reason.
// Contract tests look up what to expect of a shape; contract.test.ts prints the list.
import type { Subject } from './subject.ts';

export interface Difference {
  /** What a caller can see. */
  readonly what: string;
  readonly monolith: string;
  /** Also what is expected of any further shape made of services. */
  readonly services: string;
  /** Where functions behind API Gateway differ from services behind a gateway. */
  readonly serverless?: string;
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
  databaseReach: {
    what: 'a database that is locked or taken by one feature keeps waiting',
    monolith: 'every write',
    services: 'the writes of that feature',
    reason: 'six features in one database share its one write lock; a service has its own',
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
  metrics: {
    what: 'GET /metrics counts',
    monolith: 'every request',
    services: 'every request',
    serverless: 'no request of a customer',
    reason:
      'API Gateway passes it straight to a function, and each environment would count its own; on AWS CloudWatch counts',
  },
  unknownKey: {
    what: 'GET /products with a key that is not known is',
    monolith: 'refused',
    services: 'refused',
    serverless: 'answered',
    reason: 'API Gateway looks at a key only where a method asks for one',
  },
  keyRate: {
    what: 'a key that asks too often is refused',
    monolith: 'everywhere',
    services: 'everywhere',
    serverless: 'where a key is needed',
    reason:
      'a usage plan counts where keys are asked for; elsewhere all share the limit of the stage',
  },
  coupling: {
    what: 'GET /coupling says that notifications and reports hear of orders by',
    monolith: 'none',
    services: 'sync',
    serverless: 'queue',
    reason:
      'one transaction couples nothing; services have queues where they are asked for, functions always',
  },
} as const satisfies Record<string, Difference>;

/** The control arms of the experiments, and the shape that each is on another framework. */
const controlArms: Readonly<Record<string, string>> = {
  'monolith-on-fastify': 'monolith',
  'services-on-express': 'microservices',
};

/** The shape that a subject says it is: a control arm has the shape's own files, and its name. */
export function shapeOf({ name }: Pick<Subject, 'name'>): string {
  return controlArms[name] ?? name;
}

type Ways<Known extends Difference> =
  | Known['monolith' | 'services']
  | (Known extends { readonly serverless: infer Own } ? Own : never);
type Way<Name extends keyof typeof differences> = Ways<(typeof differences)[Name]>;

/** What this shape does where the shapes differ. */
export function howIn<Name extends keyof typeof differences>(
  subject: Pick<Subject, 'name'>,
  difference: Name,
): Way<Name> {
  const { monolith, services, serverless = services }: Difference = differences[difference];
  const ways: Readonly<Record<string, string>> = { monolith, serverless };
  return (ways[shapeOf(subject)] ?? services) as Way<Name>;
}

/** The list for people, one paragraph a difference. */
export function printedDifferences(): string {
  return Object.values(differences)
    .map(({ what, monolith, services, serverless, reason }: Difference) =>
      [
        ...[`  ${what}`, `    monolith: ${monolith}`, `    services: ${services}`],
        ...(serverless === undefined ? [] : [`    serverless: ${serverless}`]),
        `    ${reason}`,
      ].join('\n'),
    )
    .join('\n');
}
