// test/free-ports.ts: ports of 127.0.0.1 that nobody has, for servers that tests start.
// Used by clickhouse-server.ts, postgres-server.ts and tests.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** @returns that many, all different; somebody else may take one before you do */
export async function freePorts(count: number): Promise<number[]> {
  const probes = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port);
  await Promise.all(probes.map((probe) => once(probe.close(), 'close')));
  return ports;
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}
