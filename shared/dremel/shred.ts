// dremel/shred.ts: nested records become one stripe a column: values, each with its two levels.
// Called by the experiment on columns and its page.
import type { Node, Schema } from './schema.ts';

export type NestedRecord = Readonly<Record<string, unknown>>;

/** All entries of one column, in the order of the records; the three lists are equally long. */
export interface Stripe {
  readonly column: Node;
  /** Null where the path ends early. */
  readonly values: unknown[];
  /** Which repeated field of the path this value repeats; 0: it begins a record. */
  readonly repetitions: number[];
  /** How many fields of the path that may be missing are there. */
  readonly definitions: number[];
}

/**
 * An empty list and a missing one are the same here: neither has an entry of its own.
 * @throws TypeError naming the path of a required field that is missing, and of what is no list
 */
export function shred(schema: Schema, records: Iterable<NestedRecord>): Stripe[] {
  const stripes = new Map<Node, Stripe>();
  for (const column of schema.columns)
    stripes.set(column, { column, values: [], repetitions: [], definitions: [] });
  const emit: Emit = (column, value, repetition, definition) => {
    const stripe = stripes.get(column) as Stripe;
    stripe.values.push(value);
    stripe.repetitions.push(repetition);
    stripe.definitions.push(definition);
  };
  for (const record of records) shredGroup(schema.root, record, 0, emit);
  return [...stripes.values()];
}

/** Takes one entry. */
export type Emit = (column: Node, value: unknown, repetition: number, definition: number) => void;

/** One record, or one group of it, entry by entry: what `shred` does, for whoever wants to watch. */
export function shredGroup(
  group: Node,
  record: NestedRecord,
  repetition: number,
  emit: Emit,
): void {
  for (const field of group.fields) {
    const value = record[field.name];
    if (field.repetition === 'repeated') shredList(group, field, value, repetition, emit);
    else if (value != null) shredOne(field, value, repetition, emit);
    else if (field.repetition === 'optional')
      missing(field, repetition, group.definitionLevel, emit);
    else throw new TypeError(`${field.path} is required, and is missing.`);
  }
}

/** The first keeps the level it came with; the others repeat at the list's own. */
function shredList(group: Node, field: Node, list: unknown, repetition: number, emit: Emit) {
  const values = list ?? [];
  if (!Array.isArray(values)) throw new TypeError(`${field.path} is repeated, and is no list.`);
  if (values.length === 0) missing(field, repetition, group.definitionLevel, emit);
  for (const [at, value] of values.entries())
    shredOne(field, value, at === 0 ? repetition : field.repetitionLevel, emit);
}

function shredOne(field: Node, value: unknown, repetition: number, emit: Emit): void {
  if (field.fields.length === 0) emit(field, value, repetition, field.definitionLevel);
  else if (typeof value === 'object' && value !== null)
    shredGroup(field, value as NestedRecord, repetition, emit);
  else throw new TypeError(`${field.path} is a group, and is ${value}.`);
}

/** Every column below gets an entry that says how far its path goes: as far as the group above. */
function missing(field: Node, repetition: number, definition: number, emit: Emit): void {
  if (field.fields.length === 0) emit(field, null, repetition, definition);
  for (const child of field.fields) missing(child, repetition, definition, emit);
}
