// dremel/model/steps.ts: shredding entry by entry, each with the place it comes from and why its levels.
// Called by the page's script; the entries are those of shared/dremel/shred.ts.
import { ancestorAt, type Node, type Schema } from '@lab/shared/dremel/schema.ts';
import { shredGroup } from '@lab/shared/dremel/shred.ts';
import { type NamedRecord, signedName } from './lines.ts';

export interface Step {
  readonly column: Node;
  /** Which entry of its column it is, from 0 on. */
  readonly at: number;
  /** Null where only the levels are stored. */
  readonly value: unknown;
  readonly repetition: number;
  readonly definition: number;
  /** That of a line: what is there, or the first field of the path that is not. */
  readonly place: string;
  /** One sentence. */
  readonly why: string;
}

/** Where a column has got to. */
interface Progress {
  entries: number;
  /** Of each repeated field of the path, which of its values this is. */
  readonly indices: number[];
}

/** One step an entry, in the order in which they are written. */
export function stepsOf({ root, columns }: Schema, records: readonly NamedRecord[]): Step[] {
  const progress = new Map<Node, Progress>(
    columns.map((column) => [column, { entries: 0, indices: [] }]),
  );
  const steps: Step[] = [];
  for (const [number, { record }] of records.entries())
    shredGroup(root, record, 0, (column, value, repetition, definition) => {
      const own = progress.get(column) as Progress;
      advance(own.indices, column, repetition);
      const entry = { column, at: own.entries++, value, repetition, definition };
      const place = `${number}${placeOf(entry, own.indices)}`;
      steps.push({ ...entry, place, why: whyOf(entry, own.indices) });
    });
  return steps;
}

type Entry = Omit<Step, 'place' | 'why'>;

/** A level says which list goes on; all lists within it begin anew. */
function advance(indices: number[], { repetitionLevel }: Node, repetition: number): void {
  const goesOn = indices[repetition - 1];
  if (goesOn !== undefined) indices[repetition - 1] = goesOn + 1;
  indices.length = repetition;
  while (indices.length < repetitionLevel) indices.push(0);
}

const pathTo = (column: Node): Node[] =>
  Array.from({ length: column.depth }, (_, at) => ancestorAt(column, at + 1));

/** Told from the levels alone: they are all that a reader has. */
function placeOf({ column, definition }: Entry, indices: readonly number[]): string {
  const path = pathTo(column);
  const gap = path.findIndex(({ definitionLevel }) => definitionLevel > definition);
  const there = gap === -1 ? path : path.slice(0, gap);
  const names = there.map(({ name, repetition, repetitionLevel }) =>
    repetition === 'repeated' ? `.${name}[${indices[repetitionLevel - 1]}]` : `.${name}`,
  );
  return `${names.join('')}${gap === -1 ? '' : `.${path[gap]?.name}`}`;
}

function whyOf(entry: Entry, indices: readonly number[]): string {
  const { repetition, definition, value } = entry;
  const stored = value === null ? 'No value, only levels: ' : '';
  return `${stored}r = ${repetition}, as ${whyRepetition(entry, indices)}; d = ${definition}, as ${whyDefinition(entry)}.`;
}

function whyRepetition({ column, repetition }: Entry, indices: readonly number[]): string {
  if (column.repetitionLevel === 0) return 'no field of the path repeats';
  if (repetition === 0) return 'it is the first entry of its column in this record';
  const repeated = pathTo(column).filter((node) => node.repetition === 'repeated');
  const name = repeated[repetition - 1]?.name;
  const begins = `${name} no. ${(indices[repetition - 1] ?? 0) + 1} begins`;
  if (repeated.length === 1) return `${begins}, and ${name} is the one repeated field`;
  return `${begins}, and ${name} is the ${ordinal(repetition)} of ${repeated.length} repeated fields`;
}

function whyDefinition({ column, definition }: Entry): string {
  const open = pathTo(column).filter((node) => node.repetition !== 'required');
  const names = open.map(signedName);
  if (open.length === 0) return 'nothing in the path may be missing';
  if (definition === open.length)
    return open.length === 1
      ? `${names[0]} may be missing and is there`
      : `all ${open.length} that may be missing are there: ${names.join(', ')}`;
  const gap = names[definition];
  if (open.length === 1) return `${gap} may be missing and is`;
  if (definition === 0)
    return `none of the ${open.length} that may be missing is there: ${gap} is not`;
  const there = names.slice(0, definition).join(', ');
  return `of the ${open.length} that may be missing ${there} ${definition === 1 ? 'is' : 'are'} there, ${gap} is not`;
}

function ordinal(number: number): string {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th';
  return `${number}${Math.floor(number / 10) % 10 === 1 ? 'th' : ending}`;
}
