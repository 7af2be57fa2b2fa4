// targets/ports.test.ts: a taken port is named before anything starts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPorts, freePort } from './ports.ts';
import { type Component, componentOf, targetsAt } from './targets.ts';

async function ordersOnFreePort(): Promise<Component> {
  return { ...componentOf(targetsAt().microservices, 'orders'), port: await freePort() };
}

test('free ports pass', async () => {
  await checkPorts([await ordersOnFreePort()]);
});

test('a taken port is named with its component, its holder and what to do', async () => {
  const orders = await ordersOnFreePort();
  const script = `require('net').createServer().listen(${orders.port}, '127.0.0.1', () => console.log())`;
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const checking = checkPorts([await ordersOnFreePort(), orders]);
  const sentence = `Port ${orders.port}, which orders needs, is held by process ${holder.pid} (`;
  await expect(checking).rejects.toThrow(sentence);
  await expect(checking).rejects.toThrow('LAB_PORT_BASE=13000');
  holder.kill('SIGKILL');
});

test('a server on every address takes the port as well', async () => {
  const orders = await ordersOnFreePort();
  const server = createServer().listen(orders.port, '0.0.0.0');
  await once(server, 'listening');
  await expect(checkPorts([orders])).rejects.toThrow(`process ${process.pid} (`);
  server.close();
});
