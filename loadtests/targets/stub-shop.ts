// targets/stub-shop.ts: a tiny repository in a temporary folder with deployables that only answer.
// Called by the tests of targets/, which must not wait for the real shop.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import type { Component, Target } from './targets.ts';

/** Serves /health and /ready; /crash ends it, /busy burns CPU, STUB_FAULT makes its start fail. */
const stubServer = `
import { createServer } from 'node:http';
const fault: string | undefined = process.env.STUB_FAULT;
if (fault !== undefined) {
  console.error(fault);
  process.exit(2);
}
const answers: Record<string, () => void> = {
  '/crash': () => process.exit(1),
  '/busy': () => {
    const until = Date.now() + 300;
    while (Date.now() < until);
  },
  '/spin': () => {
    for (;;);
  },
};
const server = createServer((request, response) => {
  answers[request.url ?? '']?.();
  response.end(process.env.DATABASE_URL ?? 'ok');
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
server.on('close', () => console.log('{"msg":"closed"}'));
`;

/** Two components, `gateway` and `orders`, on free ports; `remove` deletes the folder. */
export interface StubShop {
  readonly root: string;
  readonly target: Target;
  readonly remove: () => void;
}

export async function createStubShop(): Promise<StubShop> {
  const root = mkdtempSync(join(tmpdir(), 'lab-targets-'));
  const gateway = await stubComponent(root, 'gateway');
  const orders = await stubComponent(root, 'orders');
  return {
    root,
    target: {
      name: 'stub-shop',
      instance: 'stub-shop',
      frontDoor: 'gateway',
      components: [gateway, orders],
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Replaces the text of a component's server.ts. */
export function writeServer(root: string, component: Component, text: string = stubServer): void {
  writeFileSync(join(root, component.folder, 'server.ts'), text);
}

async function stubComponent(root: string, name: string): Promise<Component> {
  const component: Component = {
    name,
    folder: name,
    port: await freePort(),
    hasDatabase: false,
    hasApiDocs: false,
    dependsOn: [],
    features: [],
  };
  mkdirSync(join(root, name), { recursive: true });
  writeServer(root, component);
  const description = { name: `@lab/${name}`, version: '0.1.0', type: 'module' };
  writeFileSync(join(root, name, 'package.json'), JSON.stringify(description));
  return component;
}
