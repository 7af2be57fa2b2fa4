// test/source/tree.ts: every source file of the repository, as text and parsed.
// Read by the tests that hold the code to its rules instead of running it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** Absolute, with a slash at its end. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** `path` is relative to the root, with forward slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Where a node or a comment of a parsed file begins and ends, as offsets into its text. */
export interface Span {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

export interface Parsed {
  /** The statements of the file, in order. */
  readonly statements: readonly Span[];
  readonly comments: readonly Span[];
  /** Every node below the statements, depth first. */
  readonly nodes: readonly Span[];
}

/** All files whose names end in one of `endings`, dependencies and generated folders left out. */
export function sourceFiles(...endings: string[]): Source[] {
  return filesBelow('')
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** @throws Error naming the file when it is no TypeScript */
export function parse({ path, text }: Source): Parsed {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const statements = program.body as readonly Span[];
  return { statements, comments, nodes: [...statements].flatMap(nodesOf) };
}

/** The line an offset lies in, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Is it a test, or a specification that every shape is held to? */
export function isTest(path: string): boolean {
  return /\.(test|contract|browser)\.ts$/.test(path) || path.startsWith('shared/test/');
}

const notOurs = new Set(['node_modules', 'results', 'coverage']);

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && !notOurs.has(name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

function nodesOf(value: unknown): Span[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (value === null || typeof value !== 'object') return [];
  const below = Object.values(value).flatMap(nodesOf);
  return 'type' in value && 'start' in value ? [value as Span, ...below] : below;
}
