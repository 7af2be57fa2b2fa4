// dremel/automaton.ts: the machine that assembles records: which column to read after which.
// Called by assemble.ts, and by the page that draws it; section 4.3 of the paper.
import { commonGroup, type Node } from './schema.ts';

/**
 * `automaton[column][level]`: where to go when the column's next entry has that repetition level.
 * The number of columns means: the record is whole. Fewer columns make a smaller machine.
 */
export type Automaton = readonly (readonly number[])[];

export function automatonOf(columns: readonly Node[]): Automaton {
  return columns.map((column, at) => {
    const following = columns[at + 1];
    // Up to this level the next entry belongs to a group that both share: the other has its turn.
    const barrier = following === undefined ? 0 : commonGroup(column, following).repetitionLevel;
    return Array.from({ length: column.repetitionLevel + 1 }, (_, level) =>
      level <= barrier ? at + 1 : firstOf(columns, column, level),
    );
  });
}

/** The first column of the group that repeats at this level: another one of it begins there. */
function firstOf(columns: readonly Node[], column: Node, level: number): number {
  return columns.findIndex((other) => commonGroup(other, column).repetitionLevel >= level);
}
