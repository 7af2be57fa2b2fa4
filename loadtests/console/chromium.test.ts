// console/chromium.test.ts: the console and the storefront in a real browser, over shapes that really run.
// Skips itself, with a word, where there is no Chromium.
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { shopInBrowser } from '../storefront/shop.browser.ts';
import { executablePath, type Kit, openConsole } from './browser-kit.ts';
import { consoleInBrowser } from './live/console.browser.ts';
import { deploymentsInBrowser } from './live/deployments.browser.ts';
import { looksInBrowser } from './live/looks.browser.ts';

if (executablePath === undefined)
  process.stdout.write('Skipped, the console in a browser: there is no /usr/bin/chromium\n');

describe.skipIf(executablePath === undefined)('in a browser', { timeout: 120_000 }, () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = await openConsole();
  }, 180_000);
  afterAll(async () => {
    await kit?.close();
    expect(kit?.errors).toEqual([]);
  }, 60_000);

  describe('the console', () => consoleInBrowser(() => kit));
  describe('its deployments', () => deploymentsInBrowser(() => kit));
  describe('its looks', () => looksInBrowser(() => kit));
  describe('the storefront', () => shopInBrowser(() => kit));
});
