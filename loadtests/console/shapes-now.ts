// console/shapes-now.ts: what each shape consists of, as it says itself this moment.
// Called by status-server.ts for every look of a browser.
import type { Topology } from '@lab/shared/contract/topology.ts';
import { request } from 'undici';

export interface ShapeAt {
  readonly name: string;
  /** Of its front door. */
  readonly url: string;
}

export interface ShapeNow extends ShapeAt {
  /** `silent`: something is there and does not answer, as a process that hangs. */
  readonly state: 'answers' | 'silent' | 'gone';
  /** Empty unless it answers. */
  readonly components: Topology['components'];
}

/** Longer than the gateway waits for a service that hangs, shorter than anybody waits for a page. */
const PATIENCE_MS = 2500;

export function shapesNow(shapes: readonly ShapeAt[]): Promise<ShapeNow[]> {
  return Promise.all(shapes.map(shapeNow));
}

async function shapeNow(shape: ShapeAt): Promise<ShapeNow> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const { body } = await request(`${shape.url}/topology`, { reset: true, signal });
    const { components } = (await body.json()) as Topology;
    return { ...shape, state: 'answers', components };
  } catch {
    return { ...shape, state: signal.aborted ? 'silent' : 'gone', components: [] };
  }
}
