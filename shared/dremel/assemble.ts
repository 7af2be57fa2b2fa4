// dremel/assemble.ts: stripes become records again, of all columns or only of those asked for.
// Called by the experiment on columns and its page.
import { type Automaton, automatonOf } from './automaton.ts';
import { ancestorAt, commonGroup, type Node, type Schema } from './schema.ts';
import type { Stripe } from './shred.ts';

type Group = Record<string, unknown>;

/** The groups that are open while a record is assembled, outermost first: the record itself is [0]. */
interface Open {
  readonly groups: Group[];
  readonly nodes: Node[];
}

/**
 * Reads only the stripes of the columns asked for; their groups are kept, empty ones too.
 * @param paths columns in whatever order; all when left out
 * @throws RangeError for a column that is not there, or whose stripe is cut short
 */
export function* assemble(
  schema: Schema,
  stripes: readonly Stripe[],
  paths: readonly string[] = schema.columns.map(({ path }) => path),
): Generator<Group> {
  const chosen = chosenStripes(schema, stripes, paths);
  const automaton = automatonOf(chosen.map(({ column }) => column));
  const positions = chosen.map(() => 0);
  const [first] = chosen;
  while (first !== undefined && (positions[0] as number) < first.values.length)
    yield assembleOne(schema.root, chosen, automaton, positions);
}

function chosenStripes({ columns }: Schema, stripes: readonly Stripe[], paths: readonly string[]) {
  const stranger = paths.find((path) => !columns.some((column) => column.path === path));
  if (stranger !== undefined) throw new RangeError(`There is no column "${stranger}".`);
  const wanted = columns.filter(({ path }) => paths.includes(path));
  return wanted.map((column) => {
    const stripe = stripes.find((one) => one.column.path === column.path);
    if (stripe === undefined) throw new RangeError(`There is no stripe of ${column.path}.`);
    return { ...stripe, column };
  });
}

function assembleOne(
  root: Node,
  stripes: readonly Stripe[],
  automaton: Automaton,
  positions: number[],
): Group {
  const record: Group = {};
  const open: Open = { groups: [record], nodes: [root] };
  for (let state = 0; state < stripes.length; ) {
    const stripe = stripes[state] as Stripe;
    const at = positions[state] as number;
    if (at >= stripe.values.length) throw new RangeError(`${stripe.column.path} is cut short.`);
    positions[state] = at + 1;
    place(open, stripe, at);
    const level = stripe.repetitions[at + 1] ?? 0;
    const next = automaton[state]?.[level] as number;
    closeBefore(open, stripe.column, stripes[next]?.column, next > state ? undefined : level);
    state = next;
  }
  return record;
}

/** Opens the groups that the entry defines, and sets its value where it is defined to the end. */
function place({ groups, nodes }: Open, { column, values, definitions }: Stripe, at: number): void {
  const definition = definitions[at] as number;
  for (let depth = nodes.length; depth <= column.depth; depth += 1) {
    const node = ancestorAt(column, depth);
    if (node.definitionLevel > definition) return;
    const parent = groups[depth - 1] as Group;
    if (node === column) set(parent, node, values[at]);
    else {
      const group: Group = {};
      set(parent, node, group);
      groups.push(group);
      nodes.push(node);
    }
  }
}

function set(parent: Group, { name, repetition }: Node, value: unknown): void {
  if (repetition !== 'repeated') parent[name] = value;
  else if (parent[name] === undefined) parent[name] = [value];
  else (parent[name] as unknown[]).push(value);
}

/** @param again the level at which a group begins anew; undefined when the machine goes forward */
function closeBefore(
  { groups, nodes }: Open,
  from: Node,
  to: Node | undefined,
  again: number | undefined,
): void {
  if (to === undefined) return;
  const kept = again === undefined ? commonGroup(from, to).depth : depthAbove(to, again);
  groups.length = Math.min(groups.length, kept + 1);
  nodes.length = groups.length;
}

/** Of the group around the one that repeats at this level. */
function depthAbove(node: Node, level: number): number {
  return node.repetition === 'repeated' && node.repetitionLevel === level
    ? node.depth - 1
    : depthAbove(node.parent as Node, level);
}
