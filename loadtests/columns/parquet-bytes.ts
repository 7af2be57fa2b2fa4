// columns/parquet-bytes.ts: where the bytes of a Parquet file lie, by its own metadata.
// Called by the page of `npm run lab -- dremel`.
import { parquetMetadata } from 'hyparquet';

export interface ParquetBytes {
  /** By the column's path, without Parquet's own names for lists; of all row groups. */
  readonly columns: Readonly<Record<string, number>>;
  /** What is read whatever is asked: the footer that says where columns lie, and the marks at both ends. */
  readonly alwaysBytes: number;
}

/** `PAR1` at both ends, and the footer's length. */
const MARKS_BYTES = 12;

/**
 * A column of many pages has an index of them as well, counted nowhere: who reads it whole needs none.
 * @throws Error when the file is no Parquet file, or cut short
 */
export function bytesIn(file: ArrayBuffer): ParquetBytes {
  const { row_groups, metadata_length } = parquetMetadata(file);
  const columns: Record<string, number> = {};
  for (const { meta_data: chunk } of row_groups.flatMap((group) => group.columns)) {
    if (chunk === undefined) continue;
    const path = chunk.path_in_schema.join('.').replaceAll('.list.element', '');
    columns[path] = (columns[path] ?? 0) + Number(chunk.total_compressed_size);
  }
  return { columns, alwaysBytes: metadata_length + MARKS_BYTES };
}
