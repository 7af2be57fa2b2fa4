// targets/artefacts.test.ts: what is in a zip, when it is built again, and how a bad one is refused.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Buildable, buildArtefact, buildArtefacts } from './artefacts.ts';
import { assetsOf, filesBelow } from './assets.ts';
import { functionZips } from './function-zips.ts';
import { labFolders, repoRoot } from './lab-folders.ts';
import { unpackArtefact } from './releases.ts';
import { createStubShop, type StubShop, writeServer } from './stub-shop.ts';
import { type Component, targetsAt } from './targets.ts';

let shop: StubShop;
let gateway: Component;
let orders: Component;

beforeEach(async () => {
  shop = await createStubShop();
  [gateway, orders] = shop.target.components as [Component, Component];
});
afterEach(() => shop.remove());

function write(path: string, text: string): void {
  mkdirSync(dirname(join(shop.root, path)), { recursive: true });
  writeFileSync(join(shop.root, path), text);
}

/** A component with everything that can travel in a zip. */
function completeOrders(): Buildable {
  write('orders/migrations/0001-orders.sql', 'CREATE TABLE orders (id TEXT);');
  write('node_modules/better-sqlite3/build/Release/better_sqlite3.node', 'an addon');
  write('node_modules/swagger-ui-dist/swagger-ui-bundle.js', 'a page '.repeat(1000));
  write('node_modules/swagger-ui-dist/swagger-ui.css', 'a style');
  return { ...orders, hasDatabase: true, hasApiDocs: true };
}

test('a zip holds the bundle, the migrations, the addon and the API page', async () => {
  const { path, bytes } = await buildArtefact(completeOrders(), shop.root);
  const files = unzipSync(readFileSync(path));
  expect(Object.keys(files).sort()).toEqual([
    'better_sqlite3.node',
    'migrations/0001-orders.sql',
    'package.json',
    'server.mjs',
    'swagger-ui/swagger-ui-bundle.js',
    'swagger-ui/swagger-ui.css',
  ]);
  const migration = strFromU8(files['migrations/0001-orders.sql'] ?? new Uint8Array());
  expect(migration).toBe('CREATE TABLE orders (id TEXT);');
  const description = JSON.parse(strFromU8(files['package.json'] ?? new Uint8Array()));
  expect(description).toEqual({ name: '@lab/orders', version: '0.1.0', type: 'module' });
  expect(bytes).toBeLessThan(7000);
});

test('the engine of columns travels with who keeps columns, and with nobody else', async () => {
  const engine = 'node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so';
  write(engine, 'an engine');
  write('node_modules/@duckdb/node-api/lib/index.js', 'exports.a = 1;');
  write('node_modules/@duckdb/node-api/lib/index.d.ts', 'export const a: 1;');
  write('orders/migrations/columns/0001-orders.sql', 'CREATE TABLE orders (id VARCHAR);');
  const namesOf = async (component: Buildable) =>
    Object.keys(unzipSync(readFileSync((await buildArtefact(component, shop.root)).path)));
  const withColumns = await namesOf({ ...completeOrders(), keepsColumns: true });
  expect(withColumns).toEqual(
    expect.arrayContaining([engine, 'migrations/columns/0001-orders.sql']),
  );
  expect(withColumns.filter((name) => name.includes('node-api'))).toEqual([
    'node_modules/@duckdb/node-api/lib/index.js',
  ]);
  for (const other of [{}, { keepsColumns: true, withoutEngines: true }])
    expect((await namesOf({ ...completeOrders(), ...other })).join()).not.toContain('duckdb');
});

test('of all that can be built only the process of reports carries columns', () => {
  const all = [
    ...Object.values(targetsAt()).flatMap(({ components }) => components),
    ...functionZips,
  ];
  const carrying = all.filter((one) =>
    assetsOf(one, repoRoot).some(({ name }) => /duckdb/.test(name)),
  );
  expect(carrying.map(({ name }) => name)).toEqual(['reports']);
  const carried = assetsOf(carrying[0] as Buildable, repoRoot).map(({ name }) => name);
  expect(carried).toEqual(
    expect.arrayContaining([
      'node_modules/@duckdb/node-api/package.json',
      'node_modules/@duckdb/node-bindings/duckdb.js',
      expect.stringMatching(/node-bindings-.*\/duckdb\.node$/),
      'migrations/columns/0001-books.sql',
    ]),
  );
});

test('a zip with several entries holds a bundle of each, and is built again for each', async () => {
  write('orders/handler.ts', "import './shared.ts'; console.log('handler');");
  write('orders/consumer.ts', "import './shared.ts'; console.log('consumer');");
  write('orders/shared.ts', 'console.log(1);');
  const entries = ['handler', 'consumer'];
  const build = () => buildArtefact({ ...orders, name: 'orders-function', entries }, shop.root);
  const names = Object.keys(unzipSync(readFileSync((await build()).path)));
  expect(names.filter((name) => name.endsWith('.mjs'))).toEqual(['consumer.mjs', 'handler.mjs']);
  for (const file of ['orders/consumer.ts', 'orders/shared.ts']) {
    expect((await build()).reused).toBe(true);
    write(file, "console.log('changed');");
    expect((await build()).reused).toBe(false);
  }
});

test('a release written with the build is what its zip unpacks to', async () => {
  const [built] = await buildArtefacts([completeOrders()], shop.root, true);
  const { releases } = labFolders(shop.root);
  const [name = ''] = readdirSync(releases);
  const unpacked = await unpackArtefact(built?.path ?? '', join(shop.root, 'unpacked'));
  expect(basename(unpacked)).toBe(name);
  const files = (folder: string) =>
    filesBelow(folder).map((file) => [file, readFileSync(join(folder, file), 'base64')]);
  expect(files(join(releases, name))).toEqual(files(unpacked));
  expect(await unpackArtefact(built?.path ?? '', releases)).toBe(join(releases, name));
});

test('the same content gives the same bytes, built anywhere and at any time', async () => {
  const here = await buildArtefact(completeOrders(), shop.root);
  rmSync(join(shop.root, '.lab'), { recursive: true });
  const again = await buildArtefact(completeOrders(), shop.root);
  expect(again).toMatchObject({ sha256: here.sha256, reused: false });
  const elsewhere = await createStubShop();
  const there = await buildArtefacts([orders, gateway], elsewhere.root);
  elsewhere.remove();
  expect(there[1]?.sha256).toBe((await buildArtefact(gateway, shop.root)).sha256);
});

test('a zip is built again only when an input, an asset or the zip itself has changed', async () => {
  const complete = completeOrders();
  const build = async () => (await buildArtefact(complete, shop.root)).reused;
  expect(await build()).toBe(false);
  expect(await build()).toBe(true);
  write('orders/migrations/0001-orders.sql', 'CREATE TABLE orders (id INTEGER);');
  expect(await build()).toBe(false);
  write('orders/migrations/0002-notes.sql', 'CREATE TABLE notes (id INTEGER);');
  expect(await build()).toBe(false);
  writeServer(shop.root, orders, "console.log('changed');");
  expect(await build()).toBe(false);
  write('.lab/artefacts/orders.zip', 'damaged');
  expect(await build()).toBe(false);
  expect(await build()).toBe(true);
});

test('a build that says `with SQLite` is the one that says nothing of it', async () => {
  await buildArtefact({ ...completeOrders(), withoutEngines: false }, shop.root);
  const { reused } = await buildArtefact(completeOrders(), shop.root);
  expect(reused).toBe(true);
});

test('a bundled CommonJS module finds require, __dirname and its own folder', async () => {
  write('orders/old.cjs', "module.exports = [require('node:path').sep, __dirname, __filename];");
  const text = "import old from './old.cjs'; import { createRequire } from 'node:module';";
  writeServer(shop.root, orders, `${text} console.log(JSON.stringify([...old, !!createRequire]));`);
  const { path } = await buildArtefact(orders, shop.root);
  const folder = await unpackArtefact(path, join(shop.root, '.lab/releases'));
  const server = join(folder, 'server.mjs');
  const output = execFileSync(process.execPath, [server], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual(['/', `${folder}/`, server, true]);
});

test('code that does not build is refused with its file and line', async () => {
  writeServer(shop.root, orders, '\nconst oops = ;');
  const building = buildArtefact(orders, shop.root);
  await expect(building).rejects.toThrow('orders/server.ts:2 does not build: Unexpected');
});

test('a missing addon is refused with the command that builds it', async () => {
  const complete = completeOrders();
  rmSync(join(shop.root, 'node_modules/better-sqlite3'), { recursive: true });
  const building = buildArtefact(complete, shop.root);
  await expect(building).rejects.toThrow(/better_sqlite3.node is missing; run `npm rebuild/);
});

test('missing migrations are refused with where to get them', async () => {
  const complete = completeOrders();
  rmSync(join(shop.root, 'orders/migrations'), { recursive: true });
  const building = buildArtefact(complete, shop.root);
  await expect(building).rejects.toThrow(/orders\/migrations is missing; restore it with git/);
});

test('a damaged zip is refused in one sentence and leaves no release', async () => {
  const { path } = await buildArtefact(completeOrders(), shop.root);
  const releases = join(shop.root, '.lab/releases');
  mkdirSync(releases);
  const zip = readFileSync(path);
  const flipped = Buffer.from(zip);
  const middle = Math.floor(zip.length / 2);
  flipped[middle] = (flipped[middle] ?? 0) ^ 0xff;
  const damaged = [flipped, zip.subarray(0, middle), Buffer.from('PK'), Buffer.alloc(0)];
  for (const content of damaged) {
    writeFileSync(path, content);
    const unpacking = unpackArtefact(path, releases);
    await expect(unpacking).rejects.toThrow(/orders.zip cannot be unpacked, .*: delete it and run/);
  }
  rmSync(path);
  await expect(unpackArtefact(path, releases)).rejects.toThrow(/orders.zip is missing/);
  expect(readdirSync(releases)).toEqual([]);
});

test('unpacking twice uses the same release; beyond three, only those of today are kept', async () => {
  const releases = join(shop.root, '.lab/releases');
  const folders: string[] = [];
  for (const version of [1, 2, 3, 4]) {
    writeServer(shop.root, orders, `console.log(${version});`);
    const { path } = await buildArtefact(orders, shop.root);
    folders.push(await unpackArtefact(path, releases));
    expect(await unpackArtefact(path, releases)).toBe(folders.at(-1));
  }
  const kept = () => readdirSync(releases).map((name) => join(releases, name));
  expect(kept().sort()).toEqual(folders.toSorted());
  const yesterday = new Date(Date.now() - 24 * 3_600_000);
  for (const folder of folders.slice(0, 3)) utimesSync(folder, yesterday, yesterday);
  const { path } = await buildArtefact(orders, shop.root);
  await unpackArtefact(path, releases);
  expect(kept()).toHaveLength(3);
  expect(kept()).toContain(folders[3]);
});

test('builds at the same time share a process that none takes from another, not even one that fails', async () => {
  writeServer(shop.root, orders, 'console.log(1);');
  writeServer(shop.root, gateway, 'console.log(;');
  const [good, bad] = [orders, gateway].map((component) => buildArtefact(component, shop.root));
  await expect(bad).rejects.toThrow('server.ts');
  writeServer(shop.root, gateway, 'console.log(2);');
  expect((await buildArtefact(gateway, shop.root)).reused).toBe(false);
  expect((await good)?.reused).toBe(false);
});
