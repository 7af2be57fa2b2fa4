// targets/compose/left-projects.test.ts: what a dead harness left is taken down, nobody else's is.
// Run by vitest, without an engine: what takes a project down is handed in.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endLeftProjects, forgetProject, recordProject } from './left-projects.ts';
import type { Project } from './project.ts';

const project: Project = { name: 'one-shop-abc-lab', profiles: ['monolith'], ports: {} };
let folder: string;
let taken: Project[];
const takeDown = async (one: Project) => void taken.push(one);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-left-'));
  taken = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As if a harness had written it that is gone, or whose number another process has now. */
function orphan(change: object = { harnessBirth: 'another' }): void {
  recordProject(folder, project);
  const path = join(folder, `${project.name}.project.json`);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}

test('a project whose harness lives is left alone', async () => {
  recordProject(folder, project);
  expect(await endLeftProjects(folder, takeDown)).toEqual([]);
  expect(taken).toEqual([]);
});

test.each([{ harnessPid: 2 ** 22 + 1 }, { harnessBirth: 'another' }])(
  'one whose harness is gone is taken down, once: %j',
  async (change) => {
    orphan(change);
    expect(await endLeftProjects(folder, takeDown)).toEqual([{ name: project.name }]);
    expect(taken).toEqual([project]);
    expect(await endLeftProjects(folder, takeDown)).toEqual([]);
  },
);

test('one that cannot be taken down stays on record, and its trouble is told', async () => {
  orphan();
  const refuse = () => Promise.reject(new Error('No Docker engine answers.'));
  const told = [{ name: project.name, trouble: 'No Docker engine answers.' }];
  expect(await endLeftProjects(folder, refuse)).toEqual(told);
  expect(await endLeftProjects(folder, takeDown)).toEqual([{ name: project.name }]);
});

test('one that was forgotten and a missing folder are nothing', async () => {
  orphan();
  forgetProject(folder, project);
  expect(await endLeftProjects(folder, takeDown)).toEqual([]);
  expect(await endLeftProjects(join(folder, 'gone'), takeDown)).toEqual([]);
});

test.each(['{"name":', '{"name":"x","profiles":[]}'])(
  'a record that reads %s is told, and stays',
  async (text) => {
    const path = join(folder, 'x.project.json');
    writeFileSync(path, text);
    for (const _ of [1, 2]) {
      const [told, ...more] = await endLeftProjects(folder, takeDown);
      expect(more).toEqual([]);
      expect(told).toMatchObject({ name: path, trouble: expect.stringMatching('cannot be read') });
    }
    rmSync(path);
  },
);
