// browser/past-results.tsx: what was measured before: the page of each run, and its data.
// Drawn by experiments.tsx; asked for anew when a run has ended.
import { useEffect, useState } from 'preact/hooks';

export function PastResults({ after }: { readonly after: string | undefined }) {
  const [runs, setRuns] = useState<readonly string[]>([]);
  useEffect(() => {
    fetch('/past')
      .then((answer) => answer.json())
      .then(setRuns, () => {});
  }, [after]);
  if (runs.length === 0) return null;
  return (
    <details>
      <summary>Past results</summary>
      <ul class="past">
        {runs.map((run) => (
          <li key={run}>
            <a href={`/results/${run}/report.html`}>{inWords(run)}</a> ·{' '}
            <a href={`/results/${run}/result.json`}>data</a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** `2026-11-30T00-58-47-compare`: when, then what. */
const inWords = (run: string) =>
  `${run.slice(20)}, ${run.slice(0, 10)} at ${run.slice(11, 16).replace('-', ':')}`;
