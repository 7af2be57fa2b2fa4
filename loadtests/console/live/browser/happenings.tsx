// browser/happenings.tsx: what just happened, one sentence a shape, computed from the rows.
// Drawn by main.tsx.
import type { LiveState } from '../live-state.ts';

export function Happenings({ state }: { readonly state: LiveState }) {
  const last = state.happenings.at(-1);
  return (
    <section class="happening">
      <h2>What just happened</h2>
      <p class="unseen" aria-live="polite">
        {last?.over && `${last.title}. ${last.sentences.join(' ')}`}
      </p>
      {last === undefined ? (
        <p class="quiet">{firstWords(state)}</p>
      ) : (
        <>
          <p class="deed">
            <time>{new Date(last.atMs).toLocaleTimeString('en-GB')}</time> {last.title}
            {last.over ? '' : ' · still going on'}
          </p>
          <ul>
            {last.sentences.map((sentence) => (
              <li key={sentence.split(':')[0]}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function firstWords({ customers }: LiveState): string {
  return customers.running
    ? 'Nothing yet. Break something, in all shapes at once.'
    : 'Nobody is buying yet: let the customers in, then break something.';
}
