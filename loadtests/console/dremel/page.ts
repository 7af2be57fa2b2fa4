// dremel/page.ts: the examples, the style and the script as one page that asks the network for nothing.
// Called by `npm run lab -- dremel`, which serves or writes it.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { drawFigure } from '../../report/figures/draw-figure.ts';
import { embeddedJson, markup, trusted } from '../../report/markup.ts';
import { headOf } from '../../report/page/head.ts';
import { buildOrExplain } from '../../targets/bundle.ts';
import type { Lessons } from './make-lessons.ts';
import { dremelCss } from './style.css.ts';

export const pageTitle = 'How an order becomes columns';

/** @param madeAt when sizes and times were taken, as a person reads it */
export async function dremelPage({ lessons, figures }: Lessons, madeAt: string): Promise<string> {
  const script = await bundledScript();
  // This one script may run; another, and whatever the page might ask for, the browser refuses.
  const hash = createHash('sha256').update(script).digest('base64');
  const page = markup`<!doctype html>
<html lang="en">
${headOf({ title: pageTitle, script: `sha256-${hash}`, css: dremelCss })}
<body>
<main>
<h1>${pageTitle}</h1>
<p class="lead">Nested records are cut into columns so that a report reads only the fields it wants. Two
small numbers beside each value, its levels r and d, are enough to put the records together again.</p>
<noscript><p>This page works in the browser alone, with its own script: please let it run.</p></noscript>
<div id="lesson"></div>
<section>
<h2>More and more fields</h2>
${figures.map((figure, at) => drawFigure(figure, `fields-${at}`))}</section>
<footer class="quiet"><p>Sizes and times are those of files written on ${madeAt}, when this page was made; nothing
is asked of the network. Levels, machine and records are worked out in your browser by the code of
<code>shared/dremel</code>. After Melnik et al., “Dremel”, PVLDB 3 (2010).</p></footer>
</main>
<script type="application/json" id="lessons">${embeddedJson(lessons)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.html;
}

/** The browser's part and all that it imports as one script. @throws CannotStart if it does not build */
async function bundledScript(): Promise<string> {
  const { outputFiles } = await buildOrExplain({
    entryPoints: [fileURLToPath(new URL('./browser/main.ts', import.meta.url))],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    tsconfigRaw: '{}',
    write: false,
    logLevel: 'silent',
  });
  return (outputFiles?.[0]?.text ?? '').trim();
}
