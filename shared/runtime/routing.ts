// runtime/routing.ts: what to say where nothing is routed: 404, or 405 with the methods that are.
// Called by the not-found handler of every process.
import type { Operation } from '../contract/operation.ts';
import { type Problem, problem } from '../domain/problems.ts';

/** @returns NO_SUCH_ROUTE (404), or METHOD_NOT_ALLOWED (405) with an Allow header */
export function unrouted(
  operations: readonly Pick<Operation, 'method' | 'path'>[],
  method: string,
  url: string,
): Problem {
  const path = url.split('?', 1)[0] ?? '/';
  const allowed = operations.filter((row) => matches(row.path, path)).map((row) => row.method);
  if (allowed.length === 0) return problem('noSuchRoute', `Nothing answers at ${path}.`);
  const methods = allowed.includes('GET') ? ['HEAD', ...allowed] : allowed;
  const allow = [...new Set(methods)].sort().join(', ');
  const refusal = problem('methodNotAllowed', `${path} takes ${allow}, not ${method}.`, { allow });
  refusal.headers.allow = allow;
  return refusal;
}

/**
 * A request's target with the encodings undone that mean nothing (RFC 3986, 6.2.2.2): /%70roducts
 * is /products. Express compares paths as they were sent; Fastify does this by itself.
 * @throws URIError for a path with a percent sign that encodes nothing
 */
export function plainTarget(target: string): string {
  const [path = '', ...query] = target.split('?');
  if (!path.includes('%')) return target;
  decodeURIComponent(path);
  const plain = path.replace(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /^[\w.~-]$/.test(character) ? character : code;
  });
  return [plain, ...query].join('?');
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/');
  const given = path.split('/');
  return (
    expected.length === given.length &&
    expected.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]))
  );
}
