// live/bets.ts: the experiments that the page runs, each with a question to bet on and what answers it.
// Read by outcome-of.ts, and by the page, which asks before it shows.

export interface Bet {
  readonly id: string;
  /** Its answer is a number. */
  readonly question: string;
  /** Of the hypothesis in the experiment's definition whose measurement answers it. */
  readonly hypothesis: string;
  /** Of the answer. */
  readonly unit: string;
}

export const bets: readonly Bet[] = [
  {
    id: 'blast-radius',
    question: 'a feature crashes: how many of six does the monolith lose?',
    hypothesis: 'crash-monolith',
    unit: 'features',
  },
  {
    id: 'deployment',
    question: 'one line of catalog: in how many times the monolith’s time is the service live?',
    hypothesis: 'lead',
    unit: '×',
  },
  {
    id: 'slowest-component',
    question: 'by call, how many times what a queue costs is billed?',
    hypothesis: 'billed-for-waiting',
    unit: '×',
  },
  {
    id: 'hop-cost',
    question: 'a hop over HTTP: how many milliseconds does it add?',
    hypothesis: 'hop-time',
    unit: 'ms',
  },
  {
    id: 'rows-or-columns',
    question: 'a report on 5 of 40 fields: what part of the table’s bytes is read, 0 to 1?',
    hypothesis: 'bytes-parquet-in-duckdb',
    unit: '×',
  },
];
