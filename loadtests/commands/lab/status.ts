// commands/lab/status.ts: `npm run lab -- status`: a page that shows what is up, live.
// Called by lab.ts, and by the status container of docker-compose.yml.
import { startStatusServer } from '../../console/status-server.ts';
import { CannotStart } from '../../targets/cannot-start.ts';
import { addressFrom, numberFrom, portBaseFlag, portBaseFrom } from '../lib/bounds.ts';
import { helpOf, readFlags } from '../lib/flags.ts';
import { interruption } from '../lib/interruption.ts';

const usage = {
  command: 'lab',
  subcommand: 'status',
  about: `Serves a page that shows the shapes as they are, once a second: processes,
their rooms and their databases. Until Ctrl-C.`,
  flags: {
    port: { value: '<n>', about: 'of the page; default 8080' },
    host: { value: '<address>', about: 'default 127.0.0.1; a container needs 0.0.0.0' },
    monolith: { value: '<url>', about: 'its front door; default: on this machine' },
    microservices: { value: '<url>', about: 'theirs; default: on this machine' },
    serverless: { value: '<url>', about: 'shown where given: each look calls every function' },
    'port-base': portBaseFlag,
  },
} as const;

const GATEWAY_OFFSET = 1000;

/** @returns 0 @throws CannotStart for a port that is taken, or a flag that does not fit */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const base = portBaseFrom(given);
  const here = (port: number) => `http://127.0.0.1:${port}`;
  const shapes = [
    { name: 'monolith', url: addressFrom(given, 'monolith', here(base)) },
    {
      name: 'microservices',
      url: addressFrom(given, 'microservices', here(base + GATEWAY_OFFSET)),
    },
    ...(given.text('serverless') === undefined
      ? []
      : [{ name: 'serverless', url: addressFrom(given, 'serverless', here(base)) }]),
  ];
  const port = numberFrom(given, 'port', { min: 0, max: 65_535, whole: true }) ?? 8080;
  const host = given.text('host') ?? '127.0.0.1';
  const server = await startStatusServer(shapes, { port, host }).catch((error: Error) => {
    throw new CannotStart(`The status page cannot listen at ${host}:${port}: ${error.message}.`);
  });
  console.log(`Status page: http://127.0.0.1:${server.port}  (Ctrl-C ends it)`);
  await interruption().promise;
  server.close();
  return 0;
}
