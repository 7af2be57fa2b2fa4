// live/console.browser.ts: the console in a real browser, over three shapes that really run and really die.
// Registered by ../chromium.test.ts.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { isLost, readAllRows } from '../../lab/losses.ts';
import { type Kit, names, openLive } from '../browser-kit.ts';

const patiently = { timeout: 30_000 };

/** @param kitOf once it is open */
export function consoleInBrowser(kitOf: () => Kit): void {
  const open = (path?: string) => openLive(kitOf(), path);
  const stateOf = (page: Page, shape: string, name: string) =>
    page.locator(`[data-shape="${shape}"] [data-box="${name}"]`).getAttribute('data-state');
  const scoreOf = (page: Page, shape: string, what: 'sent' | 'lost') =>
    page.locator(`[data-shape="${shape}"] [data-score="${what}"]`).textContent();
  const away = (page: Page) => page.getByText('the lab’s server is away');

  test('it opens with a building of six rooms, seven houses, and functions asleep', async () => {
    const began = Date.now();
    const page = await open();
    process.stdout.write(`  three live shapes ${Date.now() - began} ms after opening\n`);
    await expect.poll(() => stateOf(page, 'monolith', 'monolith')).toBe('up');
    expect(await stateOf(page, 'monolith', 'payments')).toBe('inside');
    expect(await stateOf(page, 'microservices', 'gateway')).toBe('up');
    expect(await stateOf(page, 'microservices', 'payments')).toBe('up');
    expect(await stateOf(page, 'serverless', 'payments')).toBe('idle');
    await page.close();
  });

  test('a crash pressed on the page takes the whole building, and one of the houses', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Let them in' }).click();
    for (const name of names)
      await expect
        .poll(async () => Number(await scoreOf(page, name, 'sent')), patiently)
        .toBeGreaterThan(40);
    const fallen = await watchFallen(page);
    await page.getByRole('button', { name: 'crash payments' }).click();
    await expect.poll(fallen, patiently).toContain('monolith/monolith');
    await page.screenshot({ path: join(kitOf().pictures, 'crash-1440.png') });
    await expect.poll(fallen, patiently).toContain('microservices/payments');
    await expect.poll(() => stateOf(page, 'monolith', 'monolith'), patiently).toBe('up');
    await expect.poll(() => stateOf(page, 'microservices', 'payments'), patiently).toBe('up');
    const ofServices = (await fallen()).filter((name) => name.startsWith('microservices/'));
    expect(ofServices).toEqual(['microservices/payments']);
    await expect
      .poll(() => page.locator('.happening li').first().textContent(), patiently)
      .toMatch(/^monolith: \d+ of \d+ requests lost, in /);
    await page.close();
  });

  test('what the page says was lost is what the rows say, to the request', async () => {
    const page = await open();
    const { load, faults, history, turns } = await kitOf().desk();
    await turns.take(() => load.reset());
    history.reset();
    // Two loads: the score goes on over a change of rate, and so must the rows.
    for (const rateRps of [15, 25]) {
      const wish = { running: true, rateRps, scenario: 'mixed' } as const;
      await turns.take(() => load.set(wish));
      const crash = { kind: 'crash', component: 'orders', percent: 100, durationMs: 2000 } as const;
      await faults.strike({ ...crash, shapes: names });
      await expect
        .poll(async () => Number(await scoreOf(page, 'monolith', 'lost')), patiently)
        .toBeGreaterThan(0);
    }
    await turns.take(() => load.set({ ...load.now, running: false }));
    for (const name of names) {
      const files = [1, 2].map((number) => join(load.folder, `${name}-${number}.jsonl`));
      const rows = (await Promise.all(files.map(readAllRows))).flat();
      await expect.poll(() => scoreOf(page, name, 'sent'), patiently).toBe(String(rows.length));
      expect(await scoreOf(page, name, 'lost')).toBe(String(rows.filter(isLost).length));
    }
    await page.close();
  });

  test('a student’s link shows everything and changes nothing', async () => {
    const page = await open('/');
    await page.getByText('to look at only').waitFor();
    for (const name of ['Heal everything', 'crash payments', 'Let them in', 'a good version'])
      expect(await page.getByRole('button', { name }).isDisabled(), name).toBe(true);
    await page.close();
  });

  test('a hung process looks otherwise than a dead one', async () => {
    const page = await open();
    kitOf().shapes[1]?.pause('reports');
    await expect.poll(() => stateOf(page, 'microservices', 'reports'), patiently).toBe('hung');
    kitOf().shapes[1]?.resume('reports');
    await expect.poll(() => stateOf(page, 'microservices', 'reports'), patiently).toBe('up');
    await page.close();
  });

  test('the stream goes on after the lab’s server was away', async () => {
    const page = await open();
    const back = kitOf().restartLab();
    await away(page).waitFor();
    await back;
    await expect.poll(() => away(page).count(), patiently).toBe(0);
    await page.close();
  });

  test('a stream of nonsense is left out, and does no harm', async () => {
    const page = await kitOf().visit('/past');
    const nonsense = ['{', 'null', '[]', '{"shapes":7}', '"<script>alert(1)</script>"'];
    const body = ['state', 'seconds', 'other']
      .flatMap((name) => nonsense.map((data) => `event: ${name}\ndata: ${data}\n\n`))
      .join('');
    await page.route('**/stream', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    );
    await page.goto(kitOf().lab.url);
    await page.getByText('Waiting for the lab').waitFor();
    await page.unroute('**/stream');
    await page.locator('.shape').nth(2).waitFor(patiently);
    await page.close();
  });

  test('a prediction is kept in the browser', async () => {
    const page = await open();
    await page.getByLabel(/Predict first/).fill('5');
    await page.reload();
    await page.locator('.shape').nth(2).waitFor();
    expect(await page.getByLabel(/Predict first/).inputValue()).toBe('5');
    await page.close();
  });
}

/** Runs in the page: notes every box that is seen dead or starting. */
const noteFallen = `
  window.fallen = new Set();
  const look = () => {
    for (const one of document.querySelectorAll('[data-state="dead"],[data-state="starting"]'))
      fallen.add(one.closest('[data-shape]').dataset.shape + '/' + one.dataset.box);
  };
  new MutationObserver(look).observe(document, { subtree: true, attributes: true, childList: true });`;

/** @returns asks which were seen so since */
async function watchFallen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(noteFallen);
  return () => page.evaluate<string[]>('[...fallen]');
}
