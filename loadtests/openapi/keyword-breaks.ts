// openapi/keyword-breaks.ts: what the changed keywords of one schema break, for who sends or who reads it.
// Pure; called by schema-breaks.ts for each field. What it cannot judge counts as broken.
import { type ApiDocument, type Keywords, resolved } from './document.ts';

/** The two documents, and whether callers send what is compared or read it. */
export interface Comparison {
  readonly before: ApiDocument;
  readonly after: ApiDocument;
  readonly side: 'sent' | 'read';
}

/** @returns what to say of the place, each beginning with a space or a colon */
export function keywordBreaks(comparison: Comparison, old: Keywords, now: Keywords): string[] {
  return [typeBreaks, wordBreaks, boundBreaks, patternBreaks, defaultBreaks, otherBreaks].flatMap(
    (breaks) => breaks(comparison, old, now),
  );
}

/** Callers who send are hurt when less is taken, callers who read when more may come. */
function hurts({ side }: Comparison, narrower: boolean, wider: boolean): boolean {
  return side === 'sent' ? narrower : wider;
}

const allTypes = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

function typeBreaks(comparison: Comparison, old: Keywords, now: Keywords): string[] {
  const [before, after] = [typesOf(old), typesOf(now)];
  const within = (some: string[], all: string[]) =>
    some.every((type) => all.includes(type) || (type === 'integer' && all.includes('number')));
  if (!hurts(comparison, !within(before, after), !within(after, before))) return [];
  return [` was ${before.join(' or ')} and is ${after.join(' or ')}`];
}

function typesOf({ type = allTypes }: Keywords): string[] {
  return [type as string | string[]].flat();
}

/** Of a word that callers read, none may come or go: a program may have a branch for each. */
function wordBreaks({ side }: Comparison, old: Keywords, now: Keywords): string[] {
  const [before, after] = [wordsOf(old), wordsOf(now)];
  if (before === undefined) {
    return side === 'sent' && after !== undefined ? [` now takes only ${after.join(', ')}`] : [];
  }
  if (after === undefined) return side === 'read' ? [' may now be anything'] : [];
  const gone = before.filter((word) => !after.includes(word));
  const added = after.filter((word) => !before.includes(word));
  const verb = side === 'sent' ? 'no longer takes' : 'is never again';
  return [
    ...gone.map((word) => ` ${verb} ${word}`),
    ...(side === 'read' ? added.map((word) => ` may now be ${word}`) : []),
  ];
}

function wordsOf(schema: Keywords): string[] | undefined {
  const words = 'const' in schema ? [schema.const] : (schema.enum as unknown[] | undefined);
  return words?.map((word) => JSON.stringify(word));
}

const lowest = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const highest = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

function boundBreaks(comparison: Comparison, old: Keywords, now: Keywords): string[] {
  return [...lowest, ...highest].flatMap((bound) => {
    const sign = lowest.includes(bound) ? 1 : -1;
    const limit = (schema: Keywords) => sign * Number(schema[bound] ?? -sign * Infinity);
    const [before, after] = [limit(old), limit(now)];
    return hurts(comparison, after > before, after < before) ? [change(bound, old, now)] : [];
  });
}

/** One value that all others must fit: another one takes less and more at once. */
function patternBreaks(comparison: Comparison, old: Keywords, now: Keywords): string[] {
  return ['pattern', 'format', 'multipleOf', 'uniqueItems'].flatMap((keyword) => {
    const [before, after] = [old[keyword], now[keyword]].map((value) => value || undefined);
    if (before === after) return [];
    const hurt = hurts(comparison, after !== undefined, before !== undefined);
    return hurt ? [change(keyword, old, now)] : [];
  });
}

/** Whoever leaves it out now gets something else. */
function defaultBreaks({ side }: Comparison, old: Keywords, now: Keywords): string[] {
  const same = JSON.stringify(old.default) === JSON.stringify(now.default);
  return same || side === 'read' ? [] : [change('default', old, now)];
}

const judged = ['type', 'enum', 'const', 'default', 'items', 'properties', 'required'].concat(
  ['pattern', 'format', 'multipleOf', 'uniqueItems', 'additionalProperties'],
  [...lowest, ...highest],
);
const words = ['title', 'description', 'example', 'examples', 'deprecated', '$comment'];

/** Whatever else a schema may say (oneOf, not, …) must stay as it is; so must what it refers to. */
function otherBreaks(comparison: Comparison, old: Keywords, now: Keywords): string[] {
  const others = Object.keys({ ...old, ...now }).filter(
    (keyword) => ![...judged, ...words].includes(keyword) && !keyword.startsWith('x-'),
  );
  const changed = others.filter(
    (keyword) => spelt(comparison.before, old[keyword]) !== spelt(comparison.after, now[keyword]),
  );
  return [
    ...changed.map((keyword) => `: ${keyword} has changed, and what that breaks is not known`),
    ...openBreaks(comparison, old, now),
  ];
}

/** Fields without a name of their own; that more of them come is no surprise to who reads. */
function openBreaks({ before, after, side }: Comparison, old: Keywords, now: Keywords): string[] {
  const [was, is] = [old, now].map(({ additionalProperties: open = true }) => open);
  const same = spelt(before, was) === spelt(after, is);
  const harmless = side === 'sent' ? is === true : was === false || was === true;
  return same || harmless ? [] : [' takes or gives other fields than before'];
}

/** As text with every reference followed, so that a change behind one shows. */
function spelt(document: ApiDocument, value: unknown, trail: readonly string[] = []): string {
  return (
    JSON.stringify(value, (_, part) => {
      if (typeof part?.$ref !== 'string' || trail.includes(part.$ref)) return part;
      return spelt(document, resolved(document, part), [...trail, part.$ref]);
    }) ?? ''
  );
}

function change(keyword: string, old: Keywords, now: Keywords): string {
  return `: ${keyword} was ${old[keyword] ?? 'not set'} and is ${now[keyword] ?? 'not set'}`;
}
