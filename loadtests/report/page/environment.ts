// report/page/environment.ts: under which conditions a run was made, as terms and facts.
// Used by experiment.ts and by the Markdown twin.
import type { LabResult } from '../../lab/result.ts';
import { bytes, span } from '../figures.ts';
import { type Markup, markup } from '../markup.ts';

export function conditionsList(result: LabResult): Markup {
  const entries = conditionsOf(result).map(
    ([term, fact]) => markup`<dt>${term}</dt><dd>${fact}</dd>`,
  );
  return markup`<dl>${entries}</dl>`;
}

export function conditionsOf(result: LabResult): (readonly [term: string, fact: string])[] {
  const { environment, config, runId, startedAt, finishedAt } = result;
  const { commit, dirty, node, platform, cpu, cores, memoryBytes } = environment;
  const lengthMs = Date.parse(finishedAt) - Date.parse(startedAt);
  const length = Number.isFinite(lengthMs) ? ` (${span(lengthMs)})` : '';
  return [
    ['Run', `${runId}, ${minute(startedAt)} to ${minute(finishedAt)} UTC${length}`],
    ['Size', `${config.size}, ${config.blocksWanted} blocks wanted, seed ${config.seed}`],
    ...loadOf(result),
    ['Cores', config.pinning],
    ['Code', `commit ${commit}${dirty ? ', with changes not committed' : ''}`],
    ['Machine', `${cpu}, ${cores} cores, ${bytes(memoryBytes)} memory`],
    ['Software', `Node ${node}, ${platform}, targets run as ${config.platform}`],
  ];
}

function loadOf({ definition: { workload } }: LabResult): (readonly [string, string])[] {
  if (workload === undefined) return [];
  const { scenario, rateRps, arrivals, sloMs, deadlineMs } = workload;
  const limits = `slow above ${sloMs} ms, hung above ${deadlineMs} ms`;
  return [['Load', `${scenario}, ${rateRps} requests a second, ${arrivals} arrivals, ${limits}`]];
}

/** @param time ISO 8601, UTC */
function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
