// live/looks.browser.ts: the console on a projector and on a phone, light and dark, for everybody.
// Registered by ../chromium.test.ts; the pictures lie beside the results.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type Kit, openLive } from '../browser-kit.ts';

/** @param kitOf once it is open */
export function looksInBrowser(kitOf: () => Kit): void {
  test.each([
    [1440, false],
    [1440, true],
    [390, false],
    [390, true],
  ])(
    'at %i px, dark: %s, nothing is cut off and axe finds nothing serious',
    async (width, dark) => {
      const page = await openLive(kitOf(), undefined, { width, dark });
      expect(await seriousIn(page)).toEqual([]);
      const beyond = 'document.documentElement.scrollWidth - innerWidth';
      expect(await page.evaluate<number>(beyond)).toBeLessThanOrEqual(0);
      const name = `${width}-${dark ? 'dark' : 'light'}.png`;
      await page.screenshot({ path: join(kitOf().pictures, name), fullPage: true });
      await page.close();
    },
  );
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly html: string;
}

/** The page's own policy lets no other script in: this one comes through the browser's own door. */
async function seriousIn(page: Page): Promise<Violation[]> {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(readFileSync(axe, 'utf8'));
  const found = await page.evaluate<Violation[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes[0].html })))`);
  return found.filter(({ impact }) => ['serious', 'critical'].includes(impact));
}
