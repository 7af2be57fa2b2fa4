// test/source/twin-drift.ts: what differs between two twins without a DIFFERS line that says why.
// Called by twins.test.ts, on the real twins and on planted faults.
import { parse, type Source, type Span } from './tree.ts';

/** A top-level declaration, or a route: the unit that a DIFFERS line excuses. */
export interface Declaration {
  readonly name: string;
  readonly exported: boolean;
  /** Its code without comments and layout. */
  readonly code: string;
  /** A DIFFERS line stands in it or directly above it. */
  readonly marked: boolean;
}

/**
 * Imports, comments and layout never count. A declaration that both twins have must be the same, or
 * carry a DIFFERS line in one of them; those that only one twin has need one line a run of them.
 * @returns one sentence a difference that nothing explains
 */
export function undocumentedDrift(monolith: Source, service: Source): string[] {
  const [left, right] = [declarationsOf(monolith), declarationsOf(service)];
  return [
    ...changed(left, right, service.path),
    ...added(left, right, monolith.path),
    ...added(right, left, service.path),
    ...reordered(left, right, service.path),
  ];
}

/** Declarations in the order they stand in; of routes.ts, the routes: the frameworks differ. */
export function declarationsOf(source: Source): Declaration[] {
  if (source.path.endsWith('/routes.ts')) return routesOf(source);
  const { statements, comments } = parse(source);
  let from = 0;
  return statements.flatMap((statement) => {
    const whole = source.text.slice(from, statement.end);
    from = statement.end;
    const name = nameOf(statement);
    if (name === undefined) return [];
    const exported = statement.type.startsWith('Export');
    const code = codeOf(source.text, statement, comments);
    return [{ name, exported, code, marked: whole.includes('// DIFFERS: ') }];
  });
}

/** `.get('/products', handle(…))`: path and handler are to be alike in Express and in Fastify. */
function routesOf(source: Source): Declaration[] {
  const { nodes, comments } = parse(source);
  const routes = nodes.flatMap((node) => {
    const { callee, arguments: [path, handler] = [] } = node as CallNode;
    const method = callee?.property?.name ?? '';
    if (!/^(get|post|put|delete)$/.test(method) || path?.value === undefined) return [];
    return handler === undefined ? [] : [{ method, path, handler }];
  });
  let from = 0;
  return [...routes]
    .sort((one, other) => one.path.start - other.path.start)
    .map(({ method, path, handler }) => {
      const before = source.text.slice(from, handler.end);
      from = handler.end;
      return {
        name: `${method} ${path.value}`,
        exported: true,
        code: codeOf(source.text, handler, comments),
        marked: before.includes('// DIFFERS: '),
      };
    });
}

interface CallNode extends Span {
  readonly callee?: { readonly property?: { readonly name?: string } };
  readonly arguments?: readonly (Span & { readonly value?: string })[];
}

function changed(left: Declaration[], right: Declaration[], path: string): string[] {
  return left.flatMap((one) => {
    const twin = right.find(({ name }) => name === one.name);
    const alike = twin === undefined || twin.code === one.code;
    if (alike || one.marked || twin.marked) return [];
    return [`${path}: ${one.name} differs from its twin: make it the same or say DIFFERS`];
  });
}

/** `other` lacks them. The first of a run carries the line, or follows a declaration that does. */
function added(own: Declaration[], other: Declaration[], path: string): string[] {
  const complaints: string[] = [];
  let covered = false;
  for (const { name, marked } of own) {
    covered = marked || (covered && !other.some((twin) => twin.name === name));
    if (!covered && !other.some((twin) => twin.name === name))
      complaints.push(`${path}: only this twin has ${name}: say DIFFERS`);
  }
  return complaints;
}

function reordered(left: Declaration[], right: Declaration[], path: string): string[] {
  const shared = (one: Declaration[], other: Declaration[]) =>
    one
      .filter(({ name, exported }) => exported && other.some((twin) => twin.name === name))
      .map(({ name }) => name)
      .join(', ');
  return shared(left, right) === shared(right, left)
    ? []
    : [`${path} exports ${shared(right, left)}: its twin has them in another order`];
}

function nameOf(statement: Span): string | undefined {
  type Named = { id?: { name?: string }; declarations?: { id?: { name?: string } }[] };
  const { declaration, ...self } = statement as Span & Named & { declaration?: Named | null };
  const { id, declarations } = declaration ?? self;
  return id?.name ?? declarations?.[0]?.id?.name;
}

function codeOf(text: string, { start, end }: Span, comments: readonly Span[]): string {
  let code = '';
  let from = start;
  for (const comment of comments.filter((one) => one.start >= start && one.end <= end)) {
    code += text.slice(from, comment.start);
    from = comment.end;
  }
  return (code + text.slice(from, end)).replace(/[\s,]+/g, '');
}
