// report/page/page.ts: one run, or a comparison of several, as one page without network or script.
// Called by result-files.ts; knows no experiment: the same results give the same bytes.
import type { LabResult } from '../../lab/result.ts';
import { markPaths } from '../looks.ts';
import { embeddedJson, type Markup, markup } from '../markup.ts';
import { storedResults } from '../stable-json.ts';
import { comparisonOpening, comparisonSentence } from './comparison.ts';
import { experimentSection } from './experiment.ts';
import { headOf } from './head.ts';
import { origin } from './origin.ts';

/**
 * The page as HTML, with the results inside it as JSON.
 * @param files names of what lies in the same folder, for links
 */
export function pageOf(results: readonly LabResult[], files: readonly string[]): string {
  const stored = storedResults(results);
  const sections = stored.results.map((result, at) =>
    experimentSection(result, { at, alone: stored.results.length === 1 }),
  );
  const page = markup`<!doctype html>
<html lang="en">
${headOf({ title: titleOf(stored.results) })}
<body>
${marks()}
<main>
${stored.results.length === 1 ? null : comparisonOpening(stored.results)}
${sections}
${origin(stored.results, files)}
</main>
<script type="application/json" id="result">${embeddedJson(stored)}</script>
</body>
</html>
`;
  return page.html;
}

function titleOf(results: readonly LabResult[]): string {
  const [only] = results;
  if (results.length !== 1 || only === undefined) return comparisonSentence(results);
  return `${only.definition.title}: ${only.evaluation.sentence}`;
}

/** The marks of all charts, drawn once and referred to. */
function marks(): Markup {
  const paths = markPaths.map((path, at) => markup`<path id="m${at}" d="${path}"/>`);
  return markup`<svg class="unseen" aria-hidden="true"><defs>${paths}</defs></svg>`;
}
