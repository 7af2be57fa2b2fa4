// test/postgres-server.test.ts: whoever starts a server may be killed, and leaves none behind.
// Run by vitest; skips where PostgreSQL is not installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import pg from 'pg';
import { expect, test } from 'vitest';
import { postgresMissing } from './postgres-server.ts';

const starter = `
  import { startPostgres } from '${new URL('./postgres-server.ts', import.meta.url)}';
  console.log(await (await startPostgres()).createDatabase());
  setInterval(() => {}, 1000);
`;

async function dataFolderOf(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query('SHOW data_directory');
  await client.end();
  return rows[0].data_directory;
}

const connects = (connectionString: string) =>
  dataFolderOf(connectionString).then(
    () => true,
    () => false,
  );

test.skipIf(postgresMissing() !== undefined)(
  'the server of a process that was killed ends, and its files go',
  async () => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', starter];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = line.toString().trim();
    const folder = await dataFolderOf(url);
    expect(existsSync(folder)).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => existsSync(folder), { timeout: 30_000 }).toBe(false);
    expect(await connects(url)).toBe(false);
  },
  60_000,
);
