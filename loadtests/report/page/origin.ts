// report/page/origin.ts: the files beside the page, to open or to keep.
// Used by page.ts, at the foot.
import type { LabResult } from '../../lab/result.ts';
import { type Markup, markup } from '../markup.ts';

/** @param files names in the folder of the page; links are relative, so they work from a disc */
export function origin(results: readonly LabResult[], files: readonly string[]): Markup {
  const links = files.map((file) => {
    const href = `./${encodeURIComponent(file)}`;
    return markup`<li><a href="${href}">${file}</a></li>`;
  });
  const raw = files.includes('result.json')
    ? markup`<p><a class="download" href="./result.json" download>↓ Download the raw result</a></p>`
    : null;
  const runs = results.map(({ runId }) => runId).join(', ');
  return markup`<footer><h2>Raw data</h2>${raw}
    <p class="caption">All that this page shows comes from result.json, which is also inside the page as
    its last element. ${runs === '' ? null : `Run: ${runs}.`}</p>
    ${links.length === 0 ? null : markup`<ul class="notes">${links}</ul>`}</footer>`;
}
