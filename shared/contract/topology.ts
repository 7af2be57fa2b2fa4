// contract/topology.ts: what a shape consists of and how each part was when last asked.
// Sent by every process at /topology and /ready; the gateway puts the whole shop together.
import { type Static, Type } from 'typebox';
import { Instant, nullable, strict, word } from './primitives.ts';

const state = word(['up', 'down']);

export const TopologyPart = strict({
  name: Type.String(),
  kind: word(['process', 'feature', 'database']),
  dependsOn: Type.Array(Type.String()),
  health: state,
  /** When `health` was found out. */
  asOf: Instant,
});
export type TopologyPart = Static<typeof TopologyPart>;

export const Topology = strict({ shape: Type.String(), components: Type.Array(TopologyPart) });
export type Topology = Static<typeof Topology>;

export const Health = strict({ status: Type.Literal('alive'), component: Type.String() });
export type Health = Static<typeof Health>;

export const Readiness = strict({
  ready: Type.Boolean(),
  dependencies: Type.Array(
    strict({ name: Type.String(), health: state, reason: nullable(Type.String()) }),
  ),
});
export type Readiness = Static<typeof Readiness>;
