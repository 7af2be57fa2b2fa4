// test/shapes-on-postgres.test.ts: the contract of every feature again, on PostgreSQL this time.
// The same zips and the same SQL; each service gets a database of its own. Skips where there is none.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresServer, postgresMissing, startPostgres } from './postgres-server.ts';
import { type Shape, shapeNames, shapesAt } from './shapes.ts';
import { featureContracts } from './suite.ts';

const missing = postgresMissing();
if (missing !== undefined) process.stdout.write(`Skipped, shapes on PostgreSQL: ${missing}\n`);
const shapes = await shapesAt(27_000, { DATABASE_POOL_SIZE: '4' });
let postgres: PostgresServer;

describe.skipIf(missing !== undefined)('on PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  for (const name of shapeNames) describe(name, () => onPostgres(shapes[name]));
});

function onPostgres(shape: Shape): void {
  const urls: string[] = [];
  beforeAll(async () => {
    await shape.start();
    for (const { name, hasDatabase } of shape.target.target.components) {
      if (!hasDatabase) continue;
      const url = await postgres.createDatabase();
      urls.push(url);
      await shape.target.restartComponent(name, { env: { DATABASE_URL: url } });
    }
  });
  afterAll(() => shape.stop());

  for (const [feature, contract] of Object.entries(featureContracts)) {
    describe(feature, () => contract(shape));
  }

  test('every component with a database has kept its rows in PostgreSQL', async () => {
    expect(urls).toHaveLength(shape.name === 'monolith' ? 1 : 6);
    for (const url of urls) expect(await rowsIn(url)).toBeGreaterThan(0);
  });
}

/** How many rows the shop's tables of a database have together. */
async function rowsIn(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_name <> 'migrations'`,
  );
  let rows = 0;
  for (const { name } of tables.rows) {
    rows += Number((await client.query(`SELECT count(*) FROM ${name}`)).rows[0].count);
  }
  await client.end();
  return rows;
}
