// console/browser-kit.ts: three shapes that run, the console over them, and a real browser.
// Opened by chromium.test.ts, and by the bench to measure what the page costs.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  DEMO_CALLBACK_SECRET,
  DEMO_CUSTOMER_KEY,
  DEMO_INSTRUCTOR_KEY,
} from '@lab/shared/runtime/config.ts';
import { type Browser, chromium, type Page } from 'playwright-core';
import { deleteTraces, freeTarget } from '../audit/free-target.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import type { RunningTarget } from '../targets/platform.ts';
import { freePort } from '../targets/ports.ts';
import { startTarget } from '../targets/process-platform.ts';
import { baseUrl, type Target } from '../targets/targets.ts';
import { type Door, openDoor } from './live/door.ts';
import type { Desk } from './live/orders.ts';

export const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
export const names = ['monolith', 'microservices', 'serverless'] as const;
/** Of the folder that its rows are in. */
const portBase = 40_000 + (process.pid % 9000);
const keys = {
  customerKey: DEMO_CUSTOMER_KEY,
  instructorKey: DEMO_INSTRUCTOR_KEY,
  callbackSecret: DEMO_CALLBACK_SECRET,
};

export interface Kit {
  readonly lab: Door;
  desk(): Promise<Desk>;
  readonly shapes: readonly RunningTarget[];
  /** Below results/, where nobody commits them. */
  readonly pictures: string;
  /** What pages threw. */
  readonly errors: string[];
  /** @param path of the console, with what stands behind a #; or a whole address */
  visit(path: string, look?: { readonly width?: number; readonly dark?: boolean }): Promise<Page>;
  /** As if `npm start` had ended and begun again around shapes that run on. */
  restartLab(): Promise<void>;
  close(): Promise<void>;
}

/** The console with its three shapes drawn; for the instructor, unless another path is given. */
export async function openLive(
  kit: Kit,
  path = `/#key=${keys.instructorKey}`,
  look: { readonly width?: number; readonly dark?: boolean } = {},
): Promise<Page> {
  const page = await kit.visit(path, look);
  await page.locator('.shape').nth(2).waitFor();
  return page;
}

export async function openConsole(): Promise<Kit> {
  const port = await freePort();
  const targets: Target[] = [];
  for (const name of names) targets.push(await freeTarget(name));
  const pages = [`http://127.0.0.1:${port}`, ...targets.map((one) => new URL(baseUrl(one)).origin)];
  const options = { fresh: true, readyTimeoutMs: 60_000 };
  const env = { LAB_CHAOS: 'on', CORS_ORIGINS: pages.join() };
  const shapes: RunningTarget[] = [];
  for (const target of targets) shapes.push(await startTarget(target, { ...options, env }));
  const start = () => openDoor(shapes, { ...keys, port, portBase });
  const kit = { lab: await start() };
  const browser: Browser = await chromium.launch({
    executablePath: executablePath ?? '',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  });
  const errors: string[] = [];
  const pictures = join(repoRoot, 'results', 'console');
  mkdirSync(pictures, { recursive: true });
  return {
    ...{ shapes, errors, pictures },
    get lab() {
      return kit.lab;
    },
    desk: async () => (await kit.lab.inside()).desk,
    async visit(path, { width = 1440, dark = false } = {}) {
      const viewport = { width, height: width > 600 ? 1000 : 844 };
      const page = await browser.newPage({ viewport, colorScheme: dark ? 'dark' : 'light' });
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(path.startsWith('/') ? kit.lab.url + path : path);
      return page;
    },
    async restartLab() {
      await kit.lab.close();
      kit.lab = await start();
    },
    async close() {
      await browser.close();
      const { desk } = await kit.lab.inside();
      await kit.lab.close();
      rmSync(desk.load.folder, { recursive: true, force: true });
      await Promise.all(shapes.map((shape) => shape.stop()));
      for (const { target } of shapes) deleteTraces(target);
    },
  };
}
