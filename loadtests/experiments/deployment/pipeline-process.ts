// experiments/deployment/pipeline-process.ts: builds and unpacks one release, tells how long, and ends.
// Started by pipeline.ts, once a release.
import { rmSync } from 'node:fs';
import { serveParent, tellParent } from '../../load/child.ts';
import { buildArtefact } from '../../targets/artefacts.ts';
import { labFolders } from '../../targets/lab-folders.ts';
import { procStat } from '../../targets/process-times.ts';
import { unpackArtefact } from '../../targets/releases.ts';
import type { PipelineOrder, Release } from './pipeline.ts';

const MS_PER_TICK = 10;

serveParent(
  (order) => void make(order as PipelineOrder).then(tellAndEnd),
  () => process.exit(),
);

async function make({ component, root, releases }: PipelineOrder): Promise<Release> {
  for (const folder of [labFolders(root).artefacts, releases])
    rmSync(folder, { recursive: true, force: true });
  const cpuMs = cpuNowMs();
  const { path, bytes, buildMs } = await buildArtefact(component, root);
  const builtCpuMs = cpuNowMs();
  const beganMs = performance.now();
  const folder = await unpackArtefact(path, releases);
  const shipMs = performance.now() - beganMs;
  return {
    zip: path,
    folder,
    buildMs,
    ...(cpuMs !== undefined && builtCpuMs !== undefined && { buildCpuMs: builtCpuMs - cpuMs }),
    artefactBytes: bytes,
    shipMs,
  };
}

/** Its own and that of the compiler's process, which has ended and was waited for. */
function cpuNowMs(): number | undefined {
  const ticks = procStat(process.pid)?.slice(11, 15);
  return ticks?.reduce((sum, value) => sum + Number(value) * MS_PER_TICK, 0);
}

function tellAndEnd(release: Release): void {
  tellParent(release);
  process.disconnect();
}
