// report/page/chromium.test.ts: the page in a real browser, from the disc, with every network name refused.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { blastResult } from '../fixtures/lab-blast.ts';
import { hopResult } from '../fixtures/lab-hop.ts';
import { pageOf } from './page.ts';

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
if (browser === undefined) {
  console.log('No Chromium on this machine: the page is not looked at in a browser.');
}

interface Finding {
  readonly file: string;
  readonly widthPx: number;
  /** What the page's own policy kept it from, when it was made to ask. */
  readonly refused: readonly string[];
  readonly tooWidePx: number;
  readonly plots: number;
  /** Pairs of chart labels that touch. */
  readonly clashes: readonly string[];
}

/** Looks at each page in a frame of each width, then leaves what it saw as text. */
function lookingAt(files: readonly string[], widths: readonly number[]): string {
  return `<!doctype html><meta charset="utf-8"><body><script>
const jobs = ${JSON.stringify(files.flatMap((file) => widths.map((widthPx) => ({ file, widthPx }))))};
const clashesIn = (plot) => {
  const labels = [...plot.querySelectorAll('text')]
    .map((one) => [one.textContent, one.getBoundingClientRect()]);
  const seen = labels.filter(([, box]) => box.width > 0);
  return seen.flatMap(([word, box], at) => seen.slice(at + 1)
    .filter(([, other]) => box.left < other.right && other.left < box.right
      && box.top + 3 < other.bottom && other.top + 3 < box.bottom)
    .map(([other]) => word + ' / ' + other));
};
const look = ({ file, widthPx }) => new Promise((done) => {
  const frame = document.createElement('iframe');
  frame.width = widthPx;
  frame.onload = async () => {
    const { document: page } = frame.contentWindow;
    const refused = [];
    page.addEventListener('securitypolicyviolation', (event) =>
      refused.push(event.effectiveDirective));
    page.body.append(Object.assign(page.createElement('img'), { src: './none.png' }));
    page.body.append(Object.assign(page.createElement('script'), { src: './none.js' }));
    await frame.contentWindow.fetch('http://shop.invalid/').catch(() => {});
    await new Promise((later) => setTimeout(later, 200));
    const plots = [...page.querySelectorAll('.plot')];
    done({ file, widthPx, plots: plots.length, clashes: plots.flatMap(clashesIn),
      refused: refused.sort(),
      tooWidePx: page.documentElement.scrollWidth - page.documentElement.clientWidth });
  };
  frame.src = file;
  document.body.append(frame);
});
Promise.all(jobs.map(look)).then((all) => {
  document.body.textContent = 'FOUND' + JSON.stringify(all) + 'END';
});
</script>`;
}

async function findingsOf(pages: Readonly<Record<string, string>>): Promise<Finding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-page-'));
  try {
    for (const [name, html] of Object.entries(pages)) await writeFile(join(folder, name), html);
    const start = join(folder, 'look.html');
    await writeFile(start, lookingAt(Object.keys(pages), [390, 1440]));
    const { stdout } = await promisify(execFile)(
      browser ?? '',
      [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-sync'],
        ...['--disable-background-networking', '--disable-component-update'],
        ...['--host-resolver-rules=MAP * ~NOTFOUND', '--allow-file-access-from-files'],
        ...[`--user-data-dir=${join(folder, 'profile')}`, '--virtual-time-budget=20000'],
        ...['--dump-dom', `file://${start}`],
      ],
      { maxBuffer: 1e8, timeout: 50_000 },
    );
    const text = /FOUND(.*)END/s.exec(stdout)?.[1]?.replaceAll('&amp;', '&') ?? '[]';
    return JSON.parse(text) as Finding[];
  } finally {
    // A browser that is closing may still write to its profile.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

test.skipIf(browser === undefined)(
  'from the disc the page can load nothing, fits its window, and no labels of a chart touch',
  async () => {
    const page = pageOf([hopResult, blastResult], ['result.json']);
    const fault = '<p style="width:3000px">wide</p>';
    const clash = '<svg class="plot"><text y="20">one</text><text y="20">two</text></svg>';
    const faulty = page
      .replace(/<meta http-equiv.*>/, '')
      .replace('</main>', `${fault}${clash}</main>`);
    const found = await findingsOf({ 'report.html': page, 'faulty.html': faulty });
    expect(found).toHaveLength(4);
    for (const { file, plots, refused, tooWidePx, clashes } of found) {
      expect(plots).toBeGreaterThan(20);
      if (file === 'report.html') {
        expect(refused).toEqual(['connect-src', 'img-src', 'script-src-elem']);
        expect({ tooWidePx, clashes }).toEqual({ tooWidePx: 0, clashes: [] });
      } else {
        // A look that could not see these would prove nothing.
        expect(refused).toEqual([]);
        expect(tooWidePx).toBeGreaterThan(0);
        expect(clashes).toContain('one / two');
      }
    }
    console.log(`The page was looked at in ${browser}, 390 and 1440 px wide.`);
  },
);
