// live/deployments.browser.ts: versions are deployed from the page, to processes and to functions.
// Registered by ../chromium.test.ts.
import { expect, test } from 'vitest';
import { type Kit, openLive } from '../browser-kit.ts';

/** @param kitOf once it is open */
export function deploymentsInBrowser(kitOf: () => Kit): void {
  test('a good version goes live, one that does not start is rolled back, and both are told', async () => {
    const page = await openLive(kitOf());
    const steps = (state: string) => page.locator(`[data-step="${state}"]`);
    for (const name of ['a good version', 'one that does not start']) {
      await page.getByRole('button', { name }).click();
      const done = name === 'a good version' ? 'live' : 'rolled back';
      await expect.poll(() => steps(done).count(), { timeout: 60_000 }).toBe(3);
      expect(await page.locator('.happening li').count()).toBe(3);
      for (const shape of kitOf().shapes) await shape.waitReady();
    }
    await page.close();
  });

  test('one process cannot be replaced bit by bit, and nothing is touched', async () => {
    const page = await openLive(kitOf());
    await page.getByLabel('Replaced').selectOption('rolling');
    await page.getByRole('button', { name: 'a good version' }).click();
    const refused = page.locator('[data-step="refused"]');
    await expect.poll(() => refused.count(), { timeout: 60_000 }).toBe(2);
    expect(await refused.first().textContent()).toContain('monolith is one process');
    await expect
      .poll(() => page.locator('[data-step="live"]').count(), { timeout: 60_000 })
      .toBe(1);
    await page.close();
  });
}
