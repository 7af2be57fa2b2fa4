// targets/queue.ts: the queue process of the services, and what everybody must know to use it.
// Called by process-platform.ts; `npm start` and experiments say whether they want it.
import { join } from 'node:path';
import { labFolders, repoRoot } from './lab-folders.ts';
import type { StartOptions } from './platform.ts';
import { type Component, componentOf, type Target, urlOf } from './targets.ts';

type Wish = Pick<StartOptions, 'coupling' | 'env'>;

const queueName = 'queue';
/** From the gateway's port: 4007 as a rule. */
const queueOffset = 7;

/**
 * Adds the component `queue` to services that are to be coupled one way or the other. Not where
 * AWS_ENDPOINT_URL_SQS names something else that speaks SQS, and not to what has nothing to couple.
 */
export function withQueue(target: Target, { coupling, env = {} }: Wish): Target {
  const isThere = target.components.some(({ name }) => name === queueName);
  if (!canCouple(target) || coupling === undefined || isThere) return target;
  if (env.AWS_ENDPOINT_URL_SQS !== undefined) return target;
  const queue: Component = {
    name: queueName,
    folder: 'serverless',
    entries: ['queue-server/server'],
    port: componentOf(target, target.frontDoor).port + queueOffset,
    hasDatabase: false,
    hasApiDocs: false,
    dependsOn: [],
    features: [],
  };
  return { ...target, components: [...target.components, queue] };
}

/** Where the queues are, for whoever sends or reads; none unless a coupling was asked for. */
export function queueEnvironment(
  target: Target,
  { coupling, env = {} }: Wish,
  root: string = repoRoot,
): Record<string, string> {
  if (!canCouple(target) || coupling === undefined) return {};
  const queue = target.components.find(({ name }) => name === queueName);
  const endpoint = env.AWS_ENDPOINT_URL_SQS ?? (queue === undefined ? '' : urlOf(queue));
  const queueUrl = (name: string) => `${endpoint}/000000000000/shop-${name}`;
  return {
    AWS_ENDPOINT_URL_SQS: endpoint,
    NOTIFICATIONS_QUEUE_URL: queueUrl('notifications-events'),
    REPORTS_QUEUE_URL: queueUrl('reports-events'),
    PAYMENTS_QUEUE_URL: queueUrl('payment-requests'),
    // Requests are signed; whoever stands in for AWS does not look at by whom.
    AWS_ACCESS_KEY_ID: 'lab',
    AWS_SECRET_ACCESS_KEY: 'lab',
    JOURNAL_FILE: journalFile(target, root),
  };
}

/** What waits in queues; it need not exist. */
export function journalFile(target: Target, root: string = repoRoot): string {
  return join(labFolders(root).data, target.instance, 'queue.journal');
}

/** What its services can be told and remember; the monolith has nothing to couple. */
export const canCouple = ({ name }: Target) => name === 'microservices';
