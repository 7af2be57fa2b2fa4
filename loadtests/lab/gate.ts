// lab/gate.ts: whether a stretch of load may be counted: the generator on time, at its rate, all told.
// Called wherever an attack ends; the machine's other programs are looked at once a block.
import { type AttackSummary, summaryOf } from '../load/summary.ts';
import type { Gate } from './definition.ts';

/** The generator may use most of its core: it has one to itself. */
const GENERATOR_CORES = 0.9;

/** @returns one sentence a doubt; empty when it counts */
export function doubtsAbout(summary: AttackSummary, gate: Gate): readonly string[] {
  return summaryOf(summary, summary, { ...gate, cores: GENERATOR_CORES }).invalid;
}
