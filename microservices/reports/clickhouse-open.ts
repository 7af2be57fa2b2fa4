// reports/clickhouse-open.ts: connects to ClickHouse and makes the tables it lacks, or says why it cannot.
// Called by clickhouse.ts once a process.
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { sentence, UnusableDatabase } from '@lab/shared/runtime/database-errors.ts';
import { type Migration, missingMigrations } from '@lab/shared/runtime/migrations.ts';

/** @param wrong without the value, which may hold a password */
const noAddress = (wrong: string) =>
  new UnusableDatabase(
    sentence(
      `DATABASE_URL ${wrong}`,
      'write clickhouse://user:password@host:8123/name?secure=true, special characters as %XX',
    ),
  );

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Each statement of a migration runs at each start: there is no transaction to note in that it ran, so
 * all of them begin with CREATE … IF NOT EXISTS.
 * @returns a client of a database that has its tables; the caller closes it
 * @throws UnusableDatabase naming the server; never the password
 */
export async function connectClickhouse(
  url: string,
  migrations: readonly Migration[],
): Promise<ClickHouseClient> {
  const server = serverOf(url);
  const client = createClient(server);
  const statements = missingMigrations(migrations, []).flatMap(({ sql }) => statementsOf(sql));
  try {
    await madeIn(server, client);
    for (const query of statements) await client.command({ query });
    return client;
  } catch (error) {
    await client.close();
    throw new UnusableDatabase(sentenceFor(server.url, error as Error & { code?: string }), {
      cause: error,
    });
  }
}

type Server = ReturnType<typeof serverOf>;

/** @throws UnusableDatabase for no host, a name that would need quotes, or a parameter that is not known */
function serverOf(url: string) {
  if (!URL.canParse(url)) throw noAddress('is not a valid URL');
  const { hostname, port, username, password, pathname, search } = new URL(url);
  const database = pathname.slice(1) || 'default';
  if (hostname === '') throw noAddress('names no host');
  if (!/^[A-Za-z_]\w*$/.test(database))
    throw noAddress(`names the database "${database}", which is not of letters, digits and _`);
  if (!['', '?secure=true', '?secure=false'].includes(search))
    throw noAddress(`has "${search}" at its end, where only secure=true or false is known`);
  const isSecure = search === '?secure=true';
  const [scheme, usualPort] = isSecure ? ['https', '8443'] : ['http', '8123'];
  return {
    url: `${scheme}://${hostname}:${port || usualPort}`,
    username: decoded(username) || 'default',
    password: decoded(password),
    database,
    request_timeout: REQUEST_TIMEOUT_MS,
    // What fails is thrown, and told in the service's own log.
    log: { level: ClickHouseLogLevel.OFF },
    // Else a Distributed table answers before its shards have the rows, which may be lost then.
    clickhouse_settings: { insert_distributed_sync: 1 as const },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw noAddress('has a % that begins no special character');
  }
}

/** Made only where it is not there: who may not make any can still be given one. */
async function madeIn(server: Server, client: ClickHouseClient): Promise<void> {
  try {
    // Its answer is read: something else may answer there.
    await (await client.query({ query: 'SELECT 1', format: 'JSON' })).json();
  } catch (error) {
    if (!/\b(UNKNOWN_DATABASE|Database \w+ doesn't exist)\b/.test((error as Error).message))
      throw error;
    // In the database that every server has.
    const elsewhere = createClient({ ...server, database: 'default' });
    const query = `CREATE DATABASE IF NOT EXISTS ${server.database}`;
    await elsewhere.command({ query }).finally(() => elsewhere.close());
  }
}

function statementsOf(sql: string): string[] {
  const uncommented = sql.replace(/^--.*$/gm, '');
  return uncommented
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
}

function sentenceFor(url: string, { code = '', message }: Error & { code?: string }): string {
  if (/^E[A-Z_]+$/.test(code))
    return sentence(
      `No ClickHouse answers at ${url} (${code})`,
      'start it, or correct DATABASE_URL',
    );
  return sentence(
    `ClickHouse at ${url} refuses the books (${message.split('\n', 1)[0]?.slice(0, 200)})`,
    'correct DATABASE_URL, or name an empty database',
  );
}
