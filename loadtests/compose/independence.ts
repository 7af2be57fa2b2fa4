// compose/independence.ts: which images a change of one service builds anew.
// Called by `npm run test:compose`; works on a copy of the sources, which it deletes.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { docker } from '../targets/compose/engine.ts';
import { repoRoot } from '../targets/lab-folders.ts';

const project = 'one-shop-change';
const leftOut = ['node_modules', '.lab', '.types', '.git', 'results'];

/**
 * Changes one line of the first service and builds all of them again.
 * @returns the names of those whose image is another one afterwards
 */
export async function rebuiltByChange(services: readonly [string, ...string[]]): Promise<string[]> {
  const copy = mkdtempSync(join(tmpdir(), 'one-shop-'));
  try {
    cpSync(repoRoot, copy, {
      recursive: true,
      filter: (path) => !leftOut.includes(basename(path)),
    });
    const before = await imagesOf(services, copy);
    const file = join(copy, 'microservices', services[0], 'server.ts');
    writeFileSync(file, `${readFileSync(file, 'utf8')}console.log('changed');\n`);
    const after = await imagesOf(services, copy);
    return services.filter((_, index) => before[index] !== after[index]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
    await docker(['image', 'rm', '--force', ...services.map(tagOf)]);
  }
}

const tagOf = (service: string) => `${project}-${service}`;

async function imagesOf(services: readonly string[], folder: string): Promise<string[]> {
  const file = join(folder, 'docker-compose.yml');
  await docker(['compose', '-f', file, '-p', project, 'build', '--quiet', ...services]);
  const ids = await docker(['image', 'inspect', '--format', '{{.Id}}', ...services.map(tagOf)]);
  return ids.trim().split('\n');
}
