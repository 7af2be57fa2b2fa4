// targets/control-targets.test.ts: the control arms differ from the shapes by the framework only.
// Run by vitest; that they keep the contract is proven by shared/test/contract.test.ts.
import { expect, test } from 'vitest';
import { bundleAll } from './bundle.ts';
import { controlTargetsAt } from './control-targets.ts';
import { repoRoot } from './lab-folders.ts';
import { zipName } from './swap.ts';
import { type Target, targetsAt } from './targets.ts';

const shapes = targetsAt();
const controls = controlTargetsAt();

const targets: readonly Target[] = [...Object.values(shapes), ...Object.values(controls)];
const components = targets.flatMap((target) => target.components);
const bundles = await bundleAll(components, repoRoot);

/** The files each component of a target is made of. */
const filesOf = (target: Target) =>
  target.components.map((component) => bundles[components.indexOf(component)]?.inputs ?? []);

/** What the shop consists of: neither packages nor the files that know a framework. */
const ofTheShop = (files: readonly string[]) =>
  files.filter((file) => !/(^|\/)node_modules\/|\/chassis\/|\/controls\//.test(file)).sort();

test.each([
  ['monolith', shapes.monolith, controls['monolith-on-fastify']],
  ['microservices', shapes.microservices, controls['services-on-express']],
])('the control arm of the %s is made of the very same files', (_, shape, control) => {
  const [own, other] = [filesOf(shape), filesOf(control)];
  expect(other.map(ofTheShop)).toEqual(own.map(ofTheShop));
  expect(ofTheShop(own.at(-1) ?? [])).toContainEqual(expect.stringMatching(/reports\/model\.ts$/));
});

test('each control arm holds the other framework, and its own no longer', () => {
  const frameworksOf = (target: Target) =>
    filesOf(target).map((files) =>
      ['express', 'fastify'].filter((name) =>
        files.some((file) => file.startsWith(`node_modules/${name}/`)),
      ),
    );
  expect(frameworksOf(controls['monolith-on-fastify'])).toEqual([['fastify']]);
  const [gateway, ...services] = frameworksOf(controls['services-on-express']);
  expect(gateway).toEqual(['fastify']);
  expect(new Set(services.flat())).toEqual(new Set(['express']));
});

test('all four can run at the same time: no port, zip or folder of data is shared', () => {
  expect(new Set(components.map(({ port }) => port)).size).toBe(components.length);
  expect(new Set(targets.map(({ instance }) => instance)).size).toBe(targets.length);
  const zips = components.filter(({ features }) => features.length > 0).map(zipName);
  expect(new Set(zips).size).toBe(zips.length);
});

test('another port base moves the control arms and keeps their data apart', () => {
  const moved = controlTargetsAt(64_000)['services-on-express'];
  expect(moved.components.at(-1)?.port).toBe(65_106);
  expect(moved.instance).toBe('services-on-express-64000');
  expect(controls['services-on-express'].components.map(({ port }) => port)).toEqual([
    4100, 4101, 4102, 4103, 4104, 4105, 4106,
  ]);
});
