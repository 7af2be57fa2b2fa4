// lab/test-lab.ts: as much of a lab as an experiment's own rig and arms need, without a run around it.
// Called by tests of experiments that start real servers.
import type { Lab } from './experiment.ts';

/** @param folder for what the rig writes; absolute, exists */
export function testLab(folder = ''): { readonly lab: Lab; close(): Promise<void> } {
  const closers: (() => Promise<void>)[] = [];
  const lab = {
    folder,
    pinning: { serverCore: undefined, generatorLauncher: [], sentence: '' },
    signal: new AbortController().signal,
    defer: (close: () => Promise<void>) => void closers.push(close),
    phase: () => {},
  } as unknown as Lab;
  return {
    lab,
    async close() {
      for (const one of closers.splice(0).reverse()) await one();
    },
  };
}
