// test/source/rules.ts: the house rules of size, headers and names, as functions from file to complaints.
// Called by architecture.test.ts, on the real files and on planted faults.
import { basename } from 'node:path';
import { isTest, lineAt, type Parsed, parse, type Source, type Span } from './tree.ts';

/** @returns one sentence a breach, empty when the file keeps the rule */
export type Rule = (source: Source) => string[];

const mostLines = 200;
const mostTestLines = 300;
const mostColumns = 110;
const mostFunctionLines = 40;
const mostTestFunctionLines = 60;

export const sizeRule: Rule = ({ path, text }) => {
  const limit = isTest(path) ? mostTestLines : mostLines;
  const lines = lineCount(text);
  return lines <= limit ? [] : [`${path} has ${lines} lines: at most ${limit}`];
};

/** Only what Biome cannot break is looked at, and of that, only what a person can: comments. */
export const widthRule: Rule = ({ path, text }) =>
  text.split('\n').flatMap((line, index) => {
    const columns = [...line].length;
    const comment = /^\s*(\/\/|\*|\/\*)/.test(line);
    if (!comment || columns <= mostColumns || /https?:|DIFFERS:/.test(line)) return [];
    return [`${path}:${index + 1} has ${columns} columns: at most ${mostColumns}`];
  });

export const functionRule: Rule = (source) => {
  const functions = functionsOf(parse(source));
  const limit = isTest(source.path) ? mostTestFunctionLines : mostFunctionLines;
  return functions.flatMap((one) => {
    const lines = ownLines(source.text, one, functions);
    if (lines <= limit) return [];
    const line = lineAt(source.text, one.start);
    return [`${source.path}:${line} has ${lines} lines: a function has at most ${limit}`];
  });
};

/** Line counts of every function, for the median. */
export function functionSizes(source: Source): number[] {
  const functions = functionsOf(parse(source));
  return functions.map((one) => ownLines(source.text, one, functions));
}

/** Two lines; one will do for a test, which nobody calls. */
export const headerRule: Rule = ({ path, text }) => {
  const [first = '', second = ''] = text.split('\n').filter((line) => !line.startsWith('#!'));
  const isComment = (line: string) => line.startsWith('// ');
  if (isComment(first) && (isComment(second) || isTest(path))) return [];
  return [`${path} wants a header of two lines: what it is, and who calls it`];
};

export const exportRule: Rule = (source) => {
  if (/(^|\/)vitest\.config\.ts$/.test(source.path)) return [];
  const { statements } = parse(source);
  return statements.some(({ type }) => type === 'ExportDefaultDeclaration')
    ? [`${source.path} has a default export: name it`]
    : [];
};

/** A barrel hides where a name comes from. */
export const barrelRule: Rule = ({ path }) =>
  basename(path) === 'index.ts' ? [`${path} is a barrel: import from the file itself`] : [];

/** @returns how many lines hold a comment */
export function commentLines(source: Source): number {
  return parse(source).comments.reduce(
    (sum, { start, end }) => sum + lineCount(source.text.slice(start, end)),
    0,
  );
}

export function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function functionsOf({ nodes }: Parsed): Span[] {
  return nodes.filter(({ type }) => /Function(Declaration|Expression)$/.test(type));
}

/** Lines of a function without those of the functions in it: a factory or a suite only holds them. */
function ownLines(text: string, whole: Span, functions: readonly Span[]): number {
  const inside = functions.filter(({ start, end }) => start > whole.start && end <= whole.end);
  const outermost = inside.filter(
    (one) => !inside.some(({ start, end }) => start < one.start && one.end <= end),
  );
  const spanned = ({ start, end }: Span) => lineCount(text.slice(start, end));
  return spanned(whole) - outermost.reduce((sum, one) => sum + spanned(one) - 1, 0);
}
