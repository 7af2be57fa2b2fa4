// storefront/shop.browser.ts: somebody browses, fills a basket and buys, in every shape, from every origin.
// Registered by ../console/chromium.test.ts.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Kit, names } from '../console/browser-kit.ts';

/** @param kitOf once it is open */
export function shopInBrowser(kitOf: () => Kit): void {
  async function shopAt(name: string, width = 1440) {
    const page = await kitOf().visit('/shop/', { width });
    await page.getByRole('radio', { name }).check();
    await page.getByLabel('Search').fill('tea');
    const first = page.getByRole('button', { name: /^Take / }).first();
    await first.waitFor({ timeout: 30_000 });
    return { page, first, status: page.getByRole('status') };
  }

  test.each(names)('an order is placed in the %s, and cancelled', async (name) => {
    const { page, first, status } = await shopAt(name);
    await first.click();
    await page.getByRole('button', { name: /^Order for/ }).click();
    await expect
      .poll(() => status.textContent(), { timeout: 60_000 })
      .toMatch(/^✓ confirmed after/);
    await page.getByRole('button', { name: 'Cancel' }).first().click();
    await expect
      .poll(() => page.getByLabel('Orders').getByText('cancelled').count(), { timeout: 30_000 })
      .toBeGreaterThan(0);
    await page.screenshot({ path: join(kitOf().pictures, `shop-${name}.png`) });
    await page.close();
  });

  test('who does not wait asks after the order until it is decided', async () => {
    const { page, first, status } = await shopAt('microservices');
    await first.click();
    await page.getByLabel('Hear of it by').selectOption('ask');
    await page.getByLabel('Pay with').selectOption('tok_slow');
    await page.getByRole('button', { name: /^Order for/ }).click();
    await expect
      .poll(() => status.textContent(), { timeout: 30_000 })
      .toMatch(/^✓ confirmed after \d+ ms, asked after \d+ ×$/);
    await page.close();
  });

  test.each(names)('the %s calls back, and the page is told', async (name) => {
    const { page, first, status } = await shopAt(name);
    await first.click();
    await page.getByLabel('Hear of it by').selectOption('be called');
    await page.getByLabel('Pay with').selectOption('tok_slow');
    await page.getByRole('button', { name: /^Order for/ }).click();
    await expect
      .poll(() => status.textContent(), { timeout: 60_000 })
      .toMatch(/^✓ confirmed after \d+ ms, called back$/);
    await page.close();
  });

  test.each(names)(
    'the %s serves the same shop itself, which buys in others, too',
    async (name) => {
      const { shapes } = kitOf();
      const own = shapes.find(({ target }) => target.name === name);
      const other = shapes.find(({ target }) => target.name !== name);
      const page = await kitOf().visit(`${own?.baseUrl}/shop/`);
      const scripts = [`${own?.baseUrl}/shop/shop.js`, `${kitOf().lab.url}/shop/shop.js`];
      const [here, there] = await Promise.all(scripts.map(async (at) => (await fetch(at)).text()));
      expect(here).toBe(there);
      for (const shop of [own, other]) {
        if (shop === other) {
          await page.getByLabel('or at').fill(`${shop?.baseUrl}`);
          await page.getByLabel('or at').blur();
        }
        const answer = page.waitForResponse(
          (one) => one.url() === `${shop?.baseUrl}/orders` && one.request().method() === 'POST',
          { timeout: 60_000 },
        );
        await page
          .getByRole('button', { name: /^Take / })
          .first()
          .click({ timeout: 30_000 });
        await page.getByRole('button', { name: /^Order for/ }).click();
        expect((await answer).status()).toBe(201);
      }
      await page.close();
    },
  );

  test('a card that is declined keeps the basket, and says why', async () => {
    const { page, first, status } = await shopAt('monolith');
    await first.click();
    await page.getByLabel('Pay with').selectOption('tok_declined');
    const buy = page.getByRole('button', { name: /^Order for/ });
    await buy.click();
    await expect.poll(() => status.textContent(), { timeout: 30_000 }).toMatch(/^✖ /);
    expect(await buy.isEnabled()).toBe(true);
    await page.close();
  });

  test('at 390 px nothing is cut off', async () => {
    const { page } = await shopAt('monolith', 390);
    const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(beyond).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join(kitOf().pictures, 'shop-390.png'), fullPage: true });
    await page.close();
  });
}
