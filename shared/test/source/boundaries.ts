// test/source/boundaries.ts: who may import whom, and who may touch SQL and the environment.
// Called by architecture.test.ts, on the real files and on planted faults.
import { basename, dirname, posix } from 'node:path';
import type { Rule } from './rules.ts';
import { isTest, parse, type Source, type Span } from './tree.ts';

const framework = /^(express|fastify|@fastify\/.*|light-my-request)$/;
const rolesWithoutFramework = /(controller|model|view)\.ts$/;

export const frameworkRule: Rule = (source) => {
  const { path } = source;
  const free = path.startsWith('shared/') || rolesWithoutFramework.test(path);
  if (!free || isTest(path)) return [];
  return importsOf(source)
    .filter((name) => framework.test(name))
    .map((name) => `${path} imports ${name}: frameworks stop at routes and chassis`);
};

/** What is only a type leaves no byte in a zip. */
export const undiciRule: Rule = ({ path, text }) =>
  /^(shared|monolith|microservices)\//.test(path) &&
  !isTest(path) &&
  /^import (?!type )[^;]* from 'undici';/m.test(text)
    ? [`${path} imports all of undici: take what it needs from runtime/undici.ts`]
    : [];

export const endingRule: Rule = (source) =>
  importsOf(source)
    .filter((name) => name.startsWith('.') && !/\.(ts|tsx|mjs|json|css)$/.test(name))
    .map((name) => `${source.path} imports ${name}: write its ending`);

/** A deployable reaches shared/ and itself: whatever else it needs comes over the network. */
export const deployableRule: Rule = (source) => {
  const home = deployableOf(source.path);
  if (home === undefined || isTest(source.path)) return [];
  const allowed = home === 'monolith' ? ['shared'] : ['shared', 'chassis'];
  return importsOf(source)
    .filter((name) =>
      name.startsWith('.')
        ? !posix.join(dirname(source.path), name).startsWith(`${home}/`)
        : name.startsWith('@lab/') && !allowed.includes(name.split('/')[1] ?? ''),
    )
    .map((name) => `${source.path} imports ${name}: that is another deployable`);
};

/** shared/ knows no architecture; its tests start targets. */
export const sharedRule: Rule = (source) => {
  const { path } = source;
  if (!path.startsWith('shared/') || isTest(path)) return [];
  return importsOf(source)
    .filter((name) =>
      name.startsWith('.')
        ? !posix.join(dirname(path), name).startsWith('shared/')
        : name.startsWith('@lab/'),
    )
    .map((name) => `${path} imports ${name}: shared/ knows nobody else`);
};

/** Hashing is arithmetic; every other module of Node reaches the world outside. */
export const pureRule: Rule = (source) => {
  if (!/^shared\/(contract|domain)\//.test(source.path) || isTest(source.path)) return [];
  return importsOf(source)
    .filter(
      (name) => (name.startsWith('node:') && name !== 'node:crypto') || /runtime\//.test(name),
    )
    .map((name) => `${source.path} imports ${name}: contract and domain do no I/O`);
};

export const environmentRule: Rule = ({ path, text }) => {
  const deployed = deployableOf(path) !== undefined || path.startsWith('shared/');
  if (!deployed || isTest(path) || basename(path) === 'config.ts') return [];
  return /process\.env\b/.test(text) ? [`${path} reads process.env: only config.ts does`] : [];
};

export const sqlRule: Rule = ({ path, text }) => {
  if (basename(path) !== 'routes.ts') return [];
  const sql = /\b(SELECT\b.+\bFROM|INSERT INTO|UPDATE\b.+\bSET|DELETE FROM)\b/s;
  return sql.test(text) ? [`${path} writes SQL: that is the model's`] : [];
};

/** A file of SQL belongs to one deployable, and has a number there; tables of columns have their own. */
export const migrationRule: Rule = ({ path }) => {
  const home =
    /^(monolith|microservices\/[a-z]+)\/migrations\/((columns|clickhouse)\/)?\d{4}-[a-z0-9-]+\.sql$/;
  return !path.endsWith('.sql') || home.test(path)
    ? []
    : [`${path} is no migration: name it <deployable>/migrations/0001-what.sql`];
};

/** `monolith`, `microservices/orders`, … or undefined for what is not deployed. */
function deployableOf(path: string): string | undefined {
  return /^(monolith|microservices\/[^/]+)\//.exec(path)?.[1];
}

/** Static imports, exports from elsewhere and import('…') with a plain text. */
export function importsOf(source: Source): string[] {
  return parse(source).nodes.flatMap((node) => {
    if (!/^(Import|Export).*Declaration$|^ImportExpression$/.test(node.type)) return [];
    const { source: from } = node as Span & { source?: { value?: unknown } | null };
    return typeof from?.value === 'string' ? [from.value] : [];
  });
}
