// openapi/schema-breaks.ts: what a changed schema breaks, down to the last field.
// Pure; called by breaking.ts, once for each thing that is sent or read.
import { type ApiDocument, type Keywords, resolved, type Schema } from './document.ts';
import { type Comparison, keywordBreaks } from './keyword-breaks.ts';

/** A place, as in `lines[].quantity in the body`. */
interface Place {
  readonly root: string;
  readonly path: string;
  /** Pairs on the way here: a schema that contains itself is compared once. */
  readonly trail: readonly string[];
}

/** @param root what the schemas are of: `the body`, `the parameter q` @returns a sentence a break */
export function schemaBreaks(
  comparison: Comparison,
  before: Schema | undefined,
  after: Schema | undefined,
  root: string,
): string[] {
  return compare(comparison, before, after, { root, path: '', trail: [] });
}

function compare(
  comparison: Comparison,
  before: Schema | undefined,
  after: Schema | undefined,
  place: Place,
): string[] {
  const pair = JSON.stringify([before, after]);
  if (place.trail.includes(pair)) return [];
  const old = keywordsOf(comparison.before, before);
  const now = keywordsOf(comparison.after, after);
  const here = { ...place, trail: [...place.trail, pair] };
  const where = place.path === '' ? place.root : `${place.path} in ${place.root}`;
  return [
    ...keywordBreaks(comparison, old, now).map((what) => `${where}${what}`),
    ...fieldBreaks(comparison, old, now, here),
    ...itemBreaks(comparison, old, now, here),
  ];
}

/** `false` takes nothing, which no keyword of ours says: it is kept as one that is not judged. */
function keywordsOf(document: ApiDocument, schema: Schema | undefined): Keywords {
  if (schema === false) return { false: true };
  return typeof schema === 'object' ? resolved(document, schema) : {};
}

function fieldBreaks(comparison: Comparison, old: Keywords, now: Keywords, here: Place): string[] {
  const [before, after] = [old, now].map(fieldsOf) as [Fields, Fields];
  const sent = comparison.side === 'sent';
  const inside = (name: string) => (here.path === '' ? name : `${here.path}.${name}`);
  const known = Object.entries(before.properties).flatMap(([name, schema]) => {
    const place = { ...here, path: inside(name) };
    const where = `${place.path} in ${here.root}`;
    if (!Object.hasOwn(after.properties, name)) return [`${where} is gone`];
    const [was, is] = [before.required.includes(name), after.required.includes(name)];
    const needed = sent && is && !was ? [`${where} is now required`] : [];
    const missing = !sent && was && !is ? [`${where} may now be left out`] : [];
    const deeper = compare(comparison, schema, after.properties[name], place);
    return [...needed, ...missing, ...deeper];
  });
  const added = after.required.filter((name) => !Object.hasOwn(before.properties, name));
  return sent
    ? [...known, ...added.map((name) => `${inside(name)} in ${here.root} is new and required`)]
    : known;
}

interface Fields {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

function fieldsOf({ properties = {}, required = [] }: Keywords): Fields {
  return { properties, required } as Fields;
}

function itemBreaks(comparison: Comparison, old: Keywords, now: Keywords, here: Place): string[] {
  if (old.items === undefined && now.items === undefined) return [];
  const place = { ...here, path: `${here.path}[]` };
  return compare(comparison, old.items as Schema, now.items as Schema, place);
}
