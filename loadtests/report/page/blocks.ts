// report/page/blocks.ts: which blocks count, which do not and why, and in which order arms were measured.
// Used by experiment.ts.
import type { Block, LabResult } from '../../lab/result.ts';
import { tableOf } from '../figures/table.ts';
import { percent, plural } from '../figures.ts';
import { type Markup, markup } from '../markup.ts';
import { sign } from './signs.ts';

export function blocksPart({ blocks, config, evaluation }: LabResult): Markup | null {
  if (blocks.length === 0) return null;
  const squares = blocks.map(square);
  const wanted = `${plural(config.blocksWanted, 'block')} wanted`;
  const counted = `${evaluation.accepted} counted, ${evaluation.discarded} discarded`;
  return markup`<h3>Blocks</h3>
    <p class="caption">${wanted}, ${counted}. In a block every arm is measured once, in an order drawn
    by lot.</p><p class="squares" aria-hidden="true">${squares}</p>
    <details${openWhen(evaluation.discarded > 0)}><summary>Block by block</summary>
    ${blocksTable(blocks)}</details>`;
}

function square({ index, discarded }: Block): Markup {
  const [tone, symbol] = discarded.length > 0 ? ['bad', '✗'] : ['good', '✓'];
  return markup`<span class="${tone}">${symbol}<small>${index}</small></span>`;
}

function blocksTable(blocks: readonly Block[]): Markup {
  const rows = blocks.map(({ index, discarded, order, otherCpuRatio }) => [
    String(index),
    discarded.length === 0
      ? sign({ symbol: '✓', word: 'counted', tone: 'good' })
      : markup`${sign({ symbol: '✗', word: 'discarded', tone: 'bad' })} ${discarded.join(' ')}`,
    order.join(' → '),
    otherCpuRatio === null ? 'unknown' : percent(otherCpuRatio, 1),
  ]);
  const head = ['Block', 'Verdict', 'Order', 'CPU outside the lab'];
  return tableOf({ label: 'Blocks', head, rows, kind: 'dense' });
}

function openWhen(open: boolean): Markup | null {
  return open ? markup` open` : null;
}
