// experiments/deployment/pipeline.ts: from a source tree to an unpacked release, in a process of its own.
// Called by deployment.ts before the load starts; the other end is pipeline-process.ts.
import { fileURLToPath } from 'node:url';
import { startChild } from '../../load/child.ts';
import type { Buildable } from '../../targets/artefacts.ts';

export interface PipelineOrder {
  readonly component: Buildable;
  /** Absolute: the sources to build from. */
  readonly root: string;
  /** Absolute: where the release is unpacked. */
  readonly releases: string;
}

export interface Release {
  readonly zip: string;
  /** That it was unpacked to. */
  readonly folder: string;
  /** Wall and CPU time from source to zip; nothing is reused. CPU in steps of 10 ms, Linux only. */
  readonly buildMs: number;
  readonly buildCpuMs?: number;
  /** Of the zip. */
  readonly artefactBytes: number;
  /** Wall time of unpacking it. */
  readonly shipMs: number;
}

/**
 * Builds and unpacks from nothing, on the generator's core: no server is charged for it.
 * @param launcher words in front of node
 * @throws Error saying what did not build
 */
export function makeRelease(order: PipelineOrder, launcher: readonly string[]): Promise<Release> {
  return new Promise((resolve, reject) => {
    let release: Release | undefined;
    const child = startChild(processFile, {
      launcher,
      onMessage: (message) => {
        release = message as Release;
      },
      // Only now: the load must not begin while this process still ends.
      onExit: (how) =>
        release === undefined
          ? reject(new Error(`The release was not built: ${how}.`))
          : resolve(release),
    });
    child.send(order);
  });
}

const processFile = fileURLToPath(new URL('./pipeline-process.ts', import.meta.url));
