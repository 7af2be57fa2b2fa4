// columns/parquet-file.ts: nested records as a Parquet file whose levels are those of the paper.
// Called by the tests and the experiment on columns.
import type { Node, Schema } from '@lab/shared/dremel/schema.ts';
import type { NestedRecord } from '@lab/shared/dremel/shred.ts';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';

/**
 * A list is three elements deep in Parquet; all but the middle one are required here, so that a list
 * adds one to each level, as a repeated field does. Writers that make everything optional stretch them.
 * @param wholeNumbers paths of columns whose values are whole numbers below 2³¹; the others hold text
 * @throws Error for a value that does not fit its column
 */
export function parquetFile(
  schema: Schema,
  records: readonly NestedRecord[],
  wholeNumbers: ReadonlySet<string>,
): ArrayBuffer {
  const isWhole = ({ path }: Node) => wholeNumbers.has(path);
  const fields = schema.root.fields;
  return parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: fields.length },
      ...fields.flatMap((field) => elementsOf(field, isWhole)),
    ],
    columnData: fields.map((field) => ({
      name: field.name,
      data: records.map((record) => completed(field, record[field.name])),
    })),
  });
}

function elementsOf(node: Node, isWhole: (node: Node) => boolean): SchemaElement[] {
  const { name, repetition } = node;
  if (repetition === 'repeated')
    return [
      { name, num_children: 1, repetition_type: 'REQUIRED', converted_type: 'LIST' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      ...ownElements(node, 'element', 'REQUIRED', isWhole),
    ];
  return ownElements(node, name, repetition === 'optional' ? 'OPTIONAL' : 'REQUIRED', isWhole);
}

function ownElements(
  node: Node,
  name: string,
  repetition_type: 'OPTIONAL' | 'REQUIRED',
  isWhole: (node: Node) => boolean,
): SchemaElement[] {
  const { fields } = node;
  if (fields.length > 0)
    return [
      { name, num_children: fields.length, repetition_type },
      ...fields.flatMap((field) => elementsOf(field, isWhole)),
    ];
  return [
    isWhole(node)
      ? { name, type: 'INT32', repetition_type }
      : { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type },
  ];
}

/** The same value, with a list where a required list has none. */
function completed(node: Node, value: unknown): unknown {
  if (node.repetition !== 'repeated') return completedOne(node, value);
  return ((value ?? []) as unknown[]).map((one) => completedOne(node, one));
}

function completedOne({ fields }: Node, value: unknown): unknown {
  if (fields.length === 0 || value == null) return value;
  const group = value as NestedRecord;
  return Object.fromEntries(
    fields.map((field) => [field.name, completed(field, group[field.name])]),
  );
}
