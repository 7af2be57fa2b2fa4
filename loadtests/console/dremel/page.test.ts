// dremel/page.test.ts: the page in a real browser: steps, choices, and sums that are those of the files.
// Skips the browser, with a word, where there is no Chromium.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivedOrder } from '@lab/shared/dremel/archived-order.ts';
import type { NestedRecord } from '@lab/shared/dremel/shred.ts';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columns as columnStore } from '../../columns/column-stores.ts';
import { parquetFile } from '../../columns/parquet-file.ts';
import { levelsIn } from '../../columns/parquet-levels.ts';
import { wholeNumbers } from '../../columns/question.ts';
import { binaryRows, jsonRows } from '../../columns/row-stores.ts';
import type { LinesFigure } from '../../lab/figure.ts';
import { type Lessons, makeLessons, ordersFor } from './make-lessons.ts';
import { dremelPage } from './page.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
if (executablePath === undefined)
  process.stdout.write('Skipped, the page in a browser: there is no /usr/bin/chromium\n');

const asked = { seed: 3, count: 300 };
const folder = mkdtempSync(join(tmpdir(), 'lab-dremel-page-'));
const address = `file://${join(folder, 'page.html')}`;
let html = '';
let made: Lessons;

beforeAll(async () => {
  mkdirSync(join(folder, 'made'));
  made = await makeLessons(asked, join(folder, 'made'));
  html = await dremelPage(made, 'a day');
  writeFileSync(join(folder, 'page.html'), html);
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test('drawn are the bytes of the files, rows flat, and a time for every way', () => {
  const [bytes, times] = made.figures as LinesFigure[];
  const files = made.lessons[0]?.stored.files ?? [];
  const drawn = bytes?.panels[0]?.series ?? [];
  expect(drawn.map(({ name, points }) => [name, points.at(-1)])).toEqual(
    files.map((file) => [file.name, { x: archivedOrder.columns.length, y: file.bytes }]),
  );
  expect(new Set(drawn[1]?.points.map(({ y }) => y)).size).toBe(1);
  const ways = times?.panels[0]?.series ?? [];
  expect(ways).toHaveLength(4);
  for (const { points } of ways) expect(points.every(({ y }) => y > 0)).toBe(true);
  expect(html).toContain('id="fields-1"');
});

test('the page is one file that names nobody else', () => {
  expect(html).not.toMatch(/(?:src|href)="?[a-z]+:/);
  expect(html.match(/<script>/g)).toHaveLength(1);
  expect(html).toContain('script-src &#39;sha256-');
});

describe.skipIf(executablePath === undefined)('in a browser', () => {
  let browser: Browser;
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath as string,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    expect(errors).toEqual([]);
  });

  async function visit(width = 1440): Promise<Page> {
    const tab = await browser.newPage({ viewport: { width, height: 900 } });
    tab.on('pageerror', ({ message }) => errors.push(message));
    await tab.goto(address);
    return tab;
  }

  test('arrow keys, buttons and the slider step, and say why', async () => {
    const tab = await visit();
    await tab.getByRole('button', { name: 'The paper' }).click();
    const [count, why] = [tab.locator('.count'), tab.locator('.why')];
    expect(await count.textContent()).toBe('Step 1 of 23');
    expect(await why.textContent()).toMatch(/^DocId r = 0, as no field of the path repeats;/);
    await tab.keyboard.press('ArrowRight');
    await tab.getByRole('button', { name: 'Next' }).click();
    expect(await tab.locator('.lines .now').textContent()).toBe('Forward* [0] 20');
    await tab.keyboard.press('ArrowLeft');
    expect(await why.textContent()).toContain('d = 1, as of the 2 that may be missing Links? is');
    expect(await tab.locator('.stripe tr.now').textContent()).toBe('NULL01');
    await tab.getByLabel('Step', { exact: true }).fill('22');
    expect(await count.textContent()).toBe('Step 23 of 23');
    expect(await tab.locator('.stripe tbody tr:not(.later)').count()).toBe(23);
    await tab.getByRole('button', { name: 'Next' }).dispatchEvent('click');
    expect(await count.textContent()).toBe('Step 23 of 23');
    await tab.close();
  });

  test('the bytes of any choice are those of the files, by their sizes and metadata', async () => {
    const tab = await visit();
    const files = await writtenFiles();
    const choose = (path: string, on: boolean) =>
      tab.locator(`input[value="${path}"]`).setChecked(on);
    const agrees = async (...paths: string[]) => {
      expect(await shownBytes(tab)).toEqual(await files.bytesFor(paths));
    };
    await agrees('lines.category', 'lines.totalCents');
    await choose('placedAt', true);
    await agrees('lines.category', 'lines.totalCents', 'placedAt');
    await choose('lines.category', false);
    await choose('lines.totalCents', false);
    await agrees('placedAt');
    await tab.getByRole('button', { name: 'all', exact: true }).click();
    await agrees(...archivedOrder.columns.map(({ path }) => path));
    await tab.close();
  });

  test('machine and record are those of the choice, and nothing chosen is nothing read', async () => {
    const tab = await visit();
    await tab.getByRole('button', { name: 'The paper' }).click();
    await tab.getByRole('button', { name: 'as in figure 5' }).click();
    const states = await tab.locator('.machine .state text').allTextContents();
    expect(states).toEqual(['DocId', 'Name.Language.Country', 'end']);
    expect(await tab.locator('.machine .back text').allTextContents()).toEqual(['1, 2']);
    const [first] = ((await tab.locator('pre').textContent()) ?? '').split('\n}\n');
    expect(JSON.parse(`${first}}`)).toEqual({
      DocId: 10,
      Name: [{ Language: [{ Country: 'us' }, {}] }, {}, { Language: [{ Country: 'gb' }] }],
    });
    for (const box of await tab.getByRole('checkbox').all()) await box.uncheck();
    expect(Object.values(await shownBytes(tab))).toEqual([0, 0]);
    expect(await tab.locator('.machine, pre').count()).toBe(0);
    await tab.close();
  });

  test('times are shown for the presets of the orders, and none for two records', async () => {
    const tab = await visit();
    expect(await tab.locator('.times tbody td').allTextContents()).toHaveLength(12);
    expect(await tab.locator('.times th.now').textContent()).toBe('revenue by category');
    await tab.getByRole('button', { name: 'The paper' }).click();
    expect(await tab.locator('.times').count()).toBe(0);
    await tab.close();
  });

  test.each([390, 1440])('nothing is wider than a window of %i px', async (width) => {
    const tab = await visit(width);
    const tooWide = () =>
      tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    for (const lesson of ['An order', 'The paper'])
      for (const preset of ['1 field', 'all']) {
        await tab.getByRole('button', { name: lesson }).click();
        await tab.getByRole('button', { name: preset, exact: true }).click();
        expect(await tooWide()).toBe(0);
      }
    await tab.close();
  });

  test('no other script runs, and nothing is asked of the network', async () => {
    const tab = await visit();
    const refused = tab.evaluate(`new Promise((done) => {
      const all = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (all.push(effectiveDirective) === 2) done(all.sort());
      });
      document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }));
      fetch('http://127.0.0.1:9/').catch(() => {});
    })`);
    expect(await refused).toEqual(['connect-src', 'script-src-elem']);
    expect(await tab.evaluate('window.ran')).toBeUndefined();
    await tab.close();
  });
});

/** What the page says was read, by the file's name. */
async function shownBytes(tab: Page): Promise<Record<string, number>> {
  const rows = await tab.locator('.file').all();
  const shown = rows.map(async (row) => [
    await row.locator('b').first().textContent(),
    Number((await row.locator('.read b').textContent())?.replaceAll(',', '')),
  ]);
  return Object.fromEntries(await Promise.all(shown));
}

/** The same files written once more; Parquet is read by the code that knows its pages. */
async function writtenFiles() {
  const orders = ordersFor(asked);
  for (const store of [jsonRows, binaryRows, columnStore]) {
    mkdirSync(join(folder, store.name));
    await store.write(join(folder, store.name), orders);
  }
  const parquet = parquetFile(archivedOrder, orders as unknown as NestedRecord[], wholeNumbers);
  const chunks = levelsIn(parquet);
  const sum = (some: typeof chunks) => some.reduce((all, one) => all + one.compressedBytes, 0);
  const footer = parquet.byteLength - sum(chunks);
  const isIn = (paths: readonly string[], path: string) =>
    paths.includes(path.replaceAll('.list.element', ''));
  return {
    async bytesFor(paths: readonly string[]) {
      const read = async (store: typeof jsonRows) =>
        (await store.total(join(folder, store.name), paths)).bytesRead;
      return {
        'JSON rows': await read(jsonRows),
        'binary rows': await read(binaryRows),
        'plain columns': await read(columnStore),
        Parquet: footer + sum(chunks.filter(({ path }) => isIn(paths, path))),
      };
    },
  };
}
