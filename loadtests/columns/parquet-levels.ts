// columns/parquet-levels.ts: the levels that are really in a Parquet file, page by page.
// Called by the tests: readers hide the levels, so this opens the pages itself (hyparquet is pinned).
import { type ColumnMetaData, type FileMetaData, parquetMetadata } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import {
  getMaxDefinitionLevel,
  getMaxRepetitionLevel,
  getSchemaPath,
} from 'hyparquet/src/schema.js';

/** One column of the file: what the paper calls a stripe, without the values. */
export interface FileLevels {
  /** With Parquet's own names for lists: `lines.list.element.category`. */
  readonly path: string;
  readonly repetitions: readonly number[];
  readonly definitions: readonly number[];
  readonly compressedBytes: number;
}

/** @throws Error when the file is no Parquet file, or cut short */
export function levelsIn(file: ArrayBuffer): FileLevels[] {
  const metadata = parquetMetadata(file);
  const byPath = new Map<string, FileLevels & { repetitions: number[]; definitions: number[] }>();
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data: chunk } of columns) {
      if (chunk === undefined) continue;
      const path = chunk.path_in_schema.join('.');
      const before = byPath.get(path);
      const { repetitions, definitions } = levelsOf(file, metadata, chunk);
      byPath.set(path, {
        path,
        repetitions: [...(before?.repetitions ?? []), ...repetitions],
        definitions: [...(before?.definitions ?? []), ...definitions],
        compressedBytes: (before?.compressedBytes ?? 0) + Number(chunk.total_compressed_size),
      });
    }
  }
  return [...byPath.values()];
}

function levelsOf(file: ArrayBuffer, { schema }: FileMetaData, chunk: ColumnMetaData) {
  const schemaPath = getSchemaPath(schema, chunk.path_in_schema);
  const element = schemaPath.at(-1)?.element;
  const from = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const view = new DataView(file, from, Number(chunk.total_compressed_size));
  const reader = { view, offset: 0 };
  const decoder = { ...chunk, element, schemaPath } as unknown as Parameters<
    typeof readDataPageV2
  >[2];
  const levels = { repetitions: [] as number[], definitions: [] as number[] };
  // Where every level is 0, or no value is missing, the reader leaves the list empty.
  const filled = (read: ArrayLike<number> | undefined, count: number, level: number) =>
    read === undefined || read.length === 0
      ? new Array<number>(count).fill(level)
      : Array.from(read);
  while (reader.offset < view.byteLength) {
    const header = parquetHeader(reader);
    const bytes = new Uint8Array(file, from + reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    if (header.type === 'DICTIONARY_PAGE') continue;
    const v1 = header.data_page_header;
    const size = Number(header.uncompressed_page_size);
    const page =
      v1 === undefined
        ? readDataPageV2(bytes, header, decoder)
        : readDataPage(decompressPage(bytes, size, chunk.codec, undefined), v1, decoder);
    const count = (v1 ?? header.data_page_header_v2)?.num_values ?? 0;
    const most = getMaxDefinitionLevel(schemaPath);
    if (getMaxRepetitionLevel(schemaPath) === 0) page.repetitionLevels.length = 0;
    levels.repetitions.push(...filled(page.repetitionLevels, count, 0));
    levels.definitions.push(...filled(page.definitionLevels, count, most));
  }
  return levels;
}
