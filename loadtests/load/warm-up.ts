// load/warm-up.ts: lets a new generator work before it counts: Node compiles code once it has run often.
// Called by attack-process.ts; without it the first second of a load leaves late.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { runAttack } from './run-attack.ts';

/** On a slow core, without them, requests of the first second at 1,000 a second left 140 ms late. */
const REQUESTS = 3000;
const RATE_RPS = 3000;

/** Attacks a server of its own, in this very process, and forgets the result. */
export async function warmUp(): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { finished } = runAttack({
    baseUrl: `http://127.0.0.1:${port}`,
    scenario: 'mixed',
    rateRps: RATE_RPS,
    arrivals: 'constant',
    durationMs: (REQUESTS / RATE_RPS) * 1000,
    deadlineMs: 10_000,
    seed: 1,
    keys: { customer: 'nobody' },
    rowsFile: devNull,
    maxInFlight: 64,
  });
  await finished;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
