// api-gateway/resource-tree.ts: the paths of an API as a tree; the most specific one has a request.
// Filled by rest-api.ts, asked by answer-call.ts for every request.
import { badRequest } from './control-error.ts';
import type { Integration } from './integration.ts';

export interface Method {
  /** `ANY` stands for all that have no entry of their own. */
  readonly httpMethod: string;
  readonly operationName: string | undefined;
  readonly apiKeyRequired: boolean;
  readonly integration: Integration;
}

export interface Resource {
  readonly id: string;
  /** As in the document: `/orders/{orderId}`. */
  readonly path: string;
  readonly methods: ReadonlyMap<string, Method>;
}

export interface Match {
  readonly resource: Resource;
  /** As sent, still percent-encoded: that is how AWS hands them on. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface ResourceTree {
  /** @throws BadRequestException when the path is none, or has a sibling with another variable */
  add(resource: Resource): void;
  /** @param path a slash at its end does not count */
  find(path: string): Match | undefined;
}

interface Node {
  resource?: Resource;
  readonly statics: Map<string, Node>;
  variable?: Variable;
  greedy?: Variable;
}

interface Variable {
  readonly name: string;
  readonly node: Node;
}

export function createResourceTree(): ResourceTree {
  const root = createNode();
  return {
    add(resource) {
      let node = root;
      const parts = partsOf(resource.path);
      for (const [index, part] of parts.entries())
        node = childOf(node, part, index === parts.length - 1, resource.path);
      node.resource = resource;
    },
    find(path) {
      const found = search(root, partsOf(path), 0);
      return (
        found && { resource: found.resource, pathParameters: Object.fromEntries(found.values) }
      );
    },
  };
}

function createNode(): Node {
  return { statics: new Map() };
}

function partsOf(path: string): string[] {
  return path.replace(/\/+$/, '').split('/').slice(1);
}

function childOf(node: Node, part: string, isLast: boolean, path: string): Node {
  const [, name, plus] = /^\{([\w.:-]+)(\+?)\}$/.exec(part) ?? [];
  if (name === undefined) {
    if (/[{}]/.test(part) || part === '')
      throw badRequest(`Resource's path part of ${path} must be a name, {variable} or {greedy+}.`);
    const known = node.statics.get(part) ?? createNode();
    node.statics.set(part, known);
    return known;
  }
  if (plus === '+' && !isLast) throw badRequest(`${path}: nothing can follow a greedy variable.`);
  const kind = plus === '+' ? 'greedy' : 'variable';
  const known = node[kind] ?? { name, node: createNode() };
  node[kind] = known;
  if (known.name !== name)
    throw badRequest(
      `A sibling ({${known.name}}) of ${path} already has a variable path part -- only one unique ` +
        'variable path part is allowed',
    );
  return known.node;
}

interface Found {
  readonly resource: Resource;
  readonly values: readonly (readonly [string, string])[];
}

/** A name before a variable, a variable before a greedy one; back up when it leads nowhere. */
function search(node: Node, parts: readonly string[], from: number): Found | undefined {
  const part = parts[from];
  if (part === undefined) return node.resource && { resource: node.resource, values: [] };
  const { variable, greedy } = node;
  const named = node.statics.get(part);
  return (
    (named && search(named, parts, from + 1)) ??
    (variable && part !== ''
      ? within(variable, part, search(variable.node, parts, from + 1))
      : undefined) ??
    (greedy && within(greedy, parts.slice(from).join('/'), search(greedy.node, [], 0)))
  );
}

function within({ name }: Variable, value: string, found: Found | undefined): Found | undefined {
  return found && { ...found, values: [[name, value], ...found.values] };
}
