// dremel/model/lines.ts: nested records as indented lines, one a field, also for what is missing.
// Called by the page's script; steps.ts finds an entry's line by its place.
import type { Node, Schema } from '@lab/shared/dremel/schema.ts';
import type { NestedRecord } from '@lab/shared/dremel/shred.ts';

export interface Line {
  /** The place, from the record's number on: `0.lines[1].category`. */
  readonly place: string;
  readonly depth: number;
  /** With a sign where the field may be missing: `note?`, `lines* [1]`. */
  readonly label: string;
  /** Undefined for a group. */
  readonly value?: string;
  readonly isMissing: boolean;
}

export interface NamedRecord {
  readonly name: string;
  readonly record: NestedRecord;
}

/** All records, the fields in the order of the schema. */
export function linesOf({ root }: Schema, records: readonly NamedRecord[]): Line[] {
  return records.flatMap(({ name, record }, at) => [
    { place: String(at), depth: 0, label: name, isMissing: false },
    ...groupLines(root, record, String(at)),
  ]);
}

const signs = { required: '', optional: '?', repeated: '*' } as const;

/** As the paper's readers know it from grammars: `?` at most once, `*` any number of times. */
export const signedName = ({ name, repetition }: Node): string => `${name}${signs[repetition]}`;

function groupLines(group: Node, record: NestedRecord, place: string): Line[] {
  return group.fields.flatMap((field) => {
    const value = record[field.name];
    const own = `${place}.${field.name}`;
    const label = signedName(field);
    const all = field.repetition === 'repeated' ? ((value ?? []) as unknown[]) : [value];
    const there = all.filter((one) => one != null);
    if (there.length === 0) return [{ place: own, depth: field.depth, label, isMissing: true }];
    if (field.repetition !== 'repeated') return fieldLines(field, value, own, label);
    return there.flatMap((one, at) => fieldLines(field, one, `${own}[${at}]`, `${label} [${at}]`));
  });
}

function fieldLines(field: Node, value: unknown, place: string, label: string): Line[] {
  const line = { place, depth: field.depth, label, isMissing: false };
  if (field.fields.length === 0) return [{ ...line, value: JSON.stringify(value) }];
  return [line, ...groupLines(field, value as NestedRecord, place)];
}
