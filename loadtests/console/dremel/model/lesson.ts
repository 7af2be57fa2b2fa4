// dremel/model/lesson.ts: all that the page knows of one example; made on the server, shown in the browser.
// Read by everything in this folder; plain JSON, since it travels inside the page.
import type { Field } from '@lab/shared/dremel/schema.ts';
import type { NestedRecord } from '@lab/shared/dremel/shred.ts';

export interface Lesson {
  readonly title: string;
  readonly about: string;
  readonly fields: readonly Field[];
  /** Stepped through and assembled, each with its name. */
  readonly records: readonly { readonly name: string; readonly record: NestedRecord }[];
  readonly presets: readonly Preset[];
  readonly stored: Stored;
}

export interface Preset {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface Stored {
  /** What was stored, in words: how many records, and which. */
  readonly what: string;
  readonly files: readonly StoredFile[];
  /** What has to be known to compare the files. */
  readonly note: string;
  /** Empty where nothing was timed. */
  readonly timings: readonly Timing[];
}

/** One way to store the records, with its real sizes. */
export interface StoredFile {
  readonly name: string;
  readonly about: string;
  /** Of the whole. */
  readonly bytes: number;
  /** Read as soon as anything is asked for. Of rows: everything. */
  readonly alwaysBytes: number;
  /** Of each column by its path; empty for rows. */
  readonly columns: Readonly<Record<string, number>>;
}

/** How long one way of reading took for one preset, each time that it was tried. */
export interface Timing {
  readonly how: string;
  readonly preset: string;
  readonly ms: readonly number[];
}
