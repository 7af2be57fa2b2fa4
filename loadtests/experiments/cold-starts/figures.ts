// cold-starts/figures.ts: cold shares beside the law, what calls cost, and where a server is cheaper.
// Called by the experiment with the accepted blocks; pure.
import type { Figure, LinesFigure, Point, Series, TableFigure } from '../../lab/figure.ts';
import type { Block } from '../../lab/result.ts';
import { shown } from '../../lab/shown.ts';
import { pooledOf } from '../../lab/values.ts';
import { amount } from '../../lab/words.ts';
import { breakEvenRps } from '../../prices/cost.ts';
import { AGAIN, loadName, PROVISIONED, sizeName, sizesMb } from './arms.ts';
import { arrivalsOf, coldShare, loads, patterns, simulatedColdShare } from './law.ts';
import { dollarsPerCall, monthly, offers, server, serverPerHour } from './offers.ts';

export function figuresOf(blocks: readonly Block[]): readonly Figure[] {
  return [shares(blocks), virtual(), calls(blocks), starts(blocks), bills(), breakEven()];
}

export function sentenceOf(blocks: readonly Block[]): string {
  const share = (load: number) => {
    const found = pooledOf(blocks, loadName(load), 'cold');
    return found === undefined ? '–' : amount(found.value, '%');
  };
  return (
    `${share(0.5)}, ${share(1)} and ${share(2)} of calls started cold at λK = 0.5, 1 and 2 ` +
    `(predicted ${loads.map((load) => amount(coldShare(load), '%')).join(', ')}). A cold call took ` +
    `${shown(blocks, loadName(1), 'coldMsP50', 'ms')}, a warm one ` +
    `${shown(blocks, loadName(1), 'warmMsP50', 'ms')}; 20 MB of code take ` +
    `${shown(blocks, sizeName(20), 'initMs', 'ms')} to start.`
  );
}

const curve = Array.from({ length: 31 }, (_, at) => at / 10);

function shares(blocks: readonly Block[]): LinesFigure {
  const points = loads.flatMap((load): Point[] => {
    const found = pooledOf(blocks, loadName(load), 'cold');
    if (found === undefined) return [];
    const { value, low, high } = found;
    return [{ x: load, y: value, ...(low === null || high === null ? {} : { low, high }) }];
  });
  return {
    kind: 'lines',
    title: 'How many calls start cold',
    caption:
      'Over λK, the arrivals in the time that a resting environment is kept. Dashed: e^(−λK). Real ' +
      'processes with K = 1 s (scaled); a call that comes while another starts needs its own.',
    x: { label: 'λK', unit: '' },
    y: { label: 'cold starts', unit: '%' },
    panels: [
      {
        title: 'Poisson arrivals',
        series: [
          { name: 'measured here', role: 'measured', points },
          {
            name: 'e^(−λK)',
            role: 'predicted',
            points: curve.map((x) => ({ x, y: coldShare(x) })),
          },
        ],
      },
    ],
  };
}

const FIVE_MINUTES_MS = 300_000;

function virtual(): LinesFigure {
  const pool = { keepMs: FIVE_MINUTES_MS, coldMs: 300, warmMs: 10 };
  const panels = patterns.map((pattern, seed) => {
    const points = curve.slice(2).map((load) => {
      const arrivals = arrivalsOf(pattern, (load * 1000) / FIVE_MINUTES_MS, 5000, seed + 1);
      return { x: load, y: simulatedColdShare(arrivals, pool) };
    });
    const series: Series = { name: 'simulated', role: 'predicted', points };
    return { title: pattern, series: [series] };
  });
  return {
    kind: 'lines',
    title: 'Simulated: the same with five minutes, by the pattern of arrivals',
    caption:
      'Simulated on a virtual clock, nothing here is measured: 5,000 arrivals a point, K = 5 min, a ' +
      'start takes 0.3 s. Constant arrivals are all cold or none; of a burst of five at least four ' +
      'find no free environment unless an earlier burst left them.',
    x: { label: 'λK', unit: '' },
    y: { label: 'cold starts', unit: '%' },
    panels,
  };
}

function calls(blocks: readonly Block[]): TableFigure {
  const names = [...loads.map(loadName), AGAIN, PROVISIONED];
  return {
    kind: 'table',
    title: 'Calls, measured here',
    caption: 'Medians over blocks; the share of cold starts over all calls. Billed with the init.',
    head: ['', 'cold', 'cold p50', 'cold p99', 'warm p50', 'warm p99', 'billed for a call'],
    rows: names.map((name) => {
      const found = pooledOf(blocks, name, 'cold');
      return [
        name,
        found === undefined ? '–' : amount(found.value, '%'),
        ...['coldMsP50', 'coldMsP99', 'warmMsP50', 'warmMsP99', 'billedMs'].map((metric) =>
          shown(blocks, name, metric, 'ms'),
        ),
      ];
    }),
  };
}

function starts(blocks: readonly Block[]): TableFigure {
  return {
    kind: 'table',
    title: 'Starts by the code that is loaded',
    caption:
      'Measured here: a process on this machine. Published: AWS, “Operating Lambda: Performance ' +
      'optimization”, 2021, of its own service and all kinds of functions.',
    head: ['', 'init', 'cold call p50', 'billed', 'published'],
    rows: sizesMb.map((sizeMb, at) => [
      sizeName(sizeMb),
      shown(blocks, sizeName(sizeMb), 'initMs', 'ms'),
      shown(blocks, sizeName(sizeMb), 'coldMsP50', 'ms'),
      shown(blocks, sizeName(sizeMb), 'billedMs', 'ms'),
      at === 0 ? 'under 100 ms to over 1 s; under 1 % of calls' : '',
    ]),
  };
}

function bills(): LinesFigure {
  const rates = Array.from({ length: 25 }, (_, at) => at / 4);
  const line = (name: string, dollars: (rateRps: number) => number): Series => ({
    name,
    role: 'predicted',
    points: rates.map((x) => ({ x, y: dollars(x) })),
  });
  return {
    kind: 'lines',
    title: 'Published prices: a month of calls, and a month of a server',
    caption:
      `Worked out from AWS’s list of 2026 for us-east-1, nothing measured: ${server.name}, 730 ` +
      'hours, however much it is asked (if it can carry that). No database, traffic or free tier.',
    x: { label: 'calls a second, all month', unit: '' },
    y: { label: 'a month', unit: '$' },
    panels: offers.map((offer) => ({
      title: offer.name,
      series: [
        line('calls (rising) and the server (level)', (rate) =>
          monthly(rate * 3600 * dollarsPerCall(offer)),
        ),
        line('calls (rising) and the server (level)', () => monthly(serverPerHour)),
      ],
    })),
  };
}

function breakEven(): TableFigure {
  return {
    kind: 'table',
    title: 'From which rate on the server is cheaper',
    caption: `${server.name} costs ${serverPerHour.toFixed(5)} $ an hour. Published prices; no cold starts.`,
    head: ['', 'a million calls', 'break-even, calls a second'],
    rows: offers.map((offer) => [
      offer.name,
      amount(dollarsPerCall(offer) * 1e6, '$'),
      breakEvenRps(dollarsPerCall(offer), serverPerHour).toFixed(2),
    ]),
  };
}
