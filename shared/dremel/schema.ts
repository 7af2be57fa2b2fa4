// dremel/schema.ts: the shape of nested records as a tree whose leaves are columns, with their levels.
// Read by everything in this folder; after Melnik et al., "Dremel", PVLDB 3 (2010).

export type Repetition = 'required' | 'optional' | 'repeated';

/** One field as it is declared: a group where it has fields, else a value. */
export interface Field {
  readonly name: string;
  readonly repetition: Repetition;
  readonly fields?: readonly Field[];
}

export interface Node extends Omit<Field, 'fields'> {
  /** From the root on: `Name.Language.Code`. */
  readonly path: string;
  /** 0 for the root. */
  readonly depth: number;
  /** Undefined for the root. */
  readonly parent: Node | undefined;
  /** Empty for a column. */
  readonly fields: readonly Node[];
  /** How many fields of the path are repeated: the highest repetition level of a value here. */
  readonly repetitionLevel: number;
  /** How many may be missing, because they are optional or repeated: a value's definition level. */
  readonly definitionLevel: number;
}

export interface Schema {
  readonly root: Node;
  /** The leaves, as declared. */
  readonly columns: readonly Node[];
}

/** @throws RangeError for a group without fields, and for a name that is empty, doubled or dotted */
export function schemaOf(fields: readonly Field[]): Schema {
  const columns: Node[] = [];
  const root = nodeOf({ name: '', repetition: 'required', fields }, undefined, columns);
  return { root, columns };
}

function nodeOf({ fields, ...field }: Field, parent: Node | undefined, columns: Node[]): Node {
  const { name, repetition } = field;
  const children: Node[] = [];
  const node: Node = {
    ...field,
    path: parent?.path ? `${parent.path}.${name}` : name,
    depth: parent === undefined ? 0 : parent.depth + 1,
    parent,
    fields: children,
    repetitionLevel: (parent?.repetitionLevel ?? 0) + (repetition === 'repeated' ? 1 : 0),
    definitionLevel: (parent?.definitionLevel ?? 0) + (repetition === 'required' ? 0 : 1),
  };
  if (fields === undefined) columns.push(node);
  else {
    checkNames(node, fields);
    for (const child of fields) children.push(nodeOf(child, node, columns));
  }
  return node;
}

function checkNames({ path }: Node, fields: readonly Field[]): void {
  const where = path || 'the record';
  if (fields.length === 0) throw new RangeError(`${where} is a group without fields.`);
  const names = fields.map(({ name }) => name);
  const bad = names.find((name, at) => !/^[^.]+$/.test(name) || names.indexOf(name) !== at);
  if (bad !== undefined) throw new RangeError(`${where} cannot have a field "${bad}".`);
}

/** The deepest group that holds both; a node is its own. */
export function commonGroup(one: Node, other: Node): Node {
  if (one === other) return one;
  return one.depth >= other.depth
    ? commonGroup(one.parent as Node, other)
    : commonGroup(one, other.parent as Node);
}

/** The ancestor of a node, or itself, at a depth that it has. */
export function ancestorAt(node: Node, depth: number): Node {
  return node.depth === depth ? node : ancestorAt(node.parent as Node, depth);
}
