// commands/lab/console.ts: `npm run lab -- console`: the console over shapes that somebody else runs.
// Called by lab.ts, and by the console's container of docker-compose.yml.
import { DEMO_CUSTOMER_KEY, DEMO_INSTRUCTOR_KEY } from '@lab/shared/runtime/config.ts';
import { askedShape } from '../../console/live/asked-shape.ts';
import { openDoor } from '../../console/live/door.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { baseUrl, targetsAt } from '../../targets/targets.ts';
import { addressFrom, numberFrom, portBaseFlag, portBaseFrom } from '../lib/bounds.ts';
import { type Given, helpOf, readFlags } from '../lib/flags.ts';
import { interruption } from '../lib/interruption.ts';

const usage = {
  command: 'lab',
  subcommand: 'console',
  about: `Serves the console for shapes that run already, in containers or on this
machine. It lets customers in and breaks things; it cannot kill, deploy or run
experiments, which \`npm start\` can. Until Ctrl-C.
CUSTOMER_KEYS and INSTRUCTOR_KEY are the keys of those shapes. Customers are
sent to http://127.0.0.1 only, and to hosts in LOAD_HOSTS. For the storefront,
the shapes must list this page's origin in their CORS_ORIGINS.`,
  flags: {
    port: { value: '<n>', about: 'of the page; default 8080' },
    host: { value: '<address>', about: 'default 127.0.0.1; a container needs 0.0.0.0' },
    monolith: { value: '<url>', about: 'its front door; default: on this machine' },
    microservices: { value: '<url>', about: 'theirs; default: on this machine' },
    serverless: { value: '<url>', about: 'shown where given: each look calls every function' },
    'port-base': portBaseFlag,
  },
} as const;

const here = '127.0.0.1';

/** @returns 0 @throws CannotStart for a port that is taken, or a flag that does not fit */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const port = numberFrom(given, 'port', { min: 0, max: 65_535, whole: true }) ?? 8080;
  const host = given.text('host') ?? here;
  const instructorKey = process.env.INSTRUCTOR_KEY || DEMO_INSTRUCTOR_KEY;
  const options = {
    ...{ port, host, instructorKey, portBase: portBaseFrom(given) },
    // The first of several. Nobody is called back: from a container this page cannot be reached.
    customerKey: process.env.CUSTOMER_KEYS?.split(',')[0] || DEMO_CUSTOMER_KEY,
  };
  const door = await openDoor(shapesFrom(given), options).catch((error: Error) => {
    throw new CannotStart(`The console cannot listen at ${host}:${port}: ${error.message}.`);
  });
  const where = host === here ? door.url : `http://<where port ${port} is published>`;
  console.log(`The console: ${where}/#key=${instructorKey}  (Ctrl-C ends it)`);
  await interruption().promise;
  await door.close();
  return 0;
}

function shapesFrom(given: Given) {
  const { monolith, microservices, serverless } = targetsAt(portBaseFrom(given));
  const cloud = given.text('serverless') === undefined ? [] : [serverless];
  return [monolith, microservices, ...cloud].map((target) =>
    askedShape(target, addressFrom(given, target.name as AddressFlag, baseUrl(target))),
  );
}

type AddressFlag = 'monolith' | 'microservices' | 'serverless';
