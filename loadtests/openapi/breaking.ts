// openapi/breaking.ts: every change of an API that breaks a program which relied on it, by name.
// Pure; called by `npm run openapi` and by the test of the contract against what was released.
import {
  type Answer,
  type ApiDocument,
  type Content,
  type Parameter,
  type Row,
  rowsOf,
  type Security,
} from './document.ts';
import { schemaBreaks } from './schema-breaks.ts';

/** What both documents are known to the comparison of one operation. */
interface Both {
  readonly before: ApiDocument;
  readonly after: ApiDocument;
}

/** @returns a sentence a change, as in `listProducts: the parameter q is now required`; [] for none */
export function breakingChanges(before: ApiDocument, after: ApiDocument): string[] {
  const rows = rowsOf(after);
  return rowsOf(before).flatMap((old) => {
    const now = rows.find((row) => placeOf(row) === placeOf(old));
    const broken = now === undefined ? [goneOf(old, rows)] : rowBreaks({ before, after }, old, now);
    return broken.map((what) => `${old.id ?? placeOf(old)}: ${what}`);
  });
}

/** Method and path; what a parameter in it is called makes no other path. */
function placeOf({ method, path }: Row): string {
  return `${method.toUpperCase()} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

function goneOf(old: Row, rows: readonly Row[]): string {
  const elsewhere = rows.find(({ id }) => id !== undefined && id === old.id);
  const was = `${old.method.toUpperCase()} ${old.path}`;
  if (elsewhere === undefined) return `${was} is gone`;
  return `moved from ${was} to ${elsewhere.method.toUpperCase()} ${elsewhere.path}`;
}

function rowBreaks(both: Both, old: Row, now: Row): string[] {
  return [
    // The name of a function in every SDK that was generated.
    ...(old.id === now.id ? [] : [`is now called ${now.id}`]),
    ...parameterBreaks(both, old.parameters, now.parameters),
    ...bodyBreaks(both, old, now),
    ...answerBreaks(both, old.answers, now.answers),
    ...securityBreaks(both, old.security, now.security),
  ];
}

function parameterBreaks(
  both: Both,
  before: readonly Parameter[],
  after: readonly Parameter[],
): string[] {
  const same = (one: Parameter) => (other: Parameter) =>
    other.in === one.in && spelling(other) === spelling(one);
  const kept = before.flatMap((old) => {
    const now = after.find(same(old));
    return now === undefined ? [`the parameter ${old.name} is gone`] : keptBreaks(both, old, now);
  });
  const added = after.filter((now) => now.required && !before.some(same(now)));
  return [...kept, ...added.map(({ name }) => `the parameter ${name} is new and required`)];
}

/** Names of headers have no case. */
function spelling(parameter: Parameter): string {
  return parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
}

const compared = ['name', 'in', 'required', 'schema'];
const words = ['description', 'example', 'examples', 'deprecated'];

function keptBreaks(both: Both, old: Parameter, now: Parameter): string[] {
  const root = `the parameter ${old.name}`;
  const others = Object.keys({ ...old, ...now }).filter(
    (key) =>
      ![...compared, ...words].includes(key) &&
      JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  );
  return [
    ...(now.required && !old.required ? [`${root} is now required`] : []),
    ...others.map((key) => `${root}: ${key} has changed, and what that breaks is not known`),
    ...schemaBreaks({ ...both, side: 'sent' }, old.schema, now.schema, root),
  ];
}

function bodyBreaks(both: Both, { body: old }: Row, { body: now }: Row): string[] {
  if (old === undefined) return now?.required ? ['the body is new and required'] : [];
  if (now === undefined) return ['the body is gone'];
  const needed = now.required && !old.required ? ['the body is now required'] : [];
  return [...needed, ...contentBreaks(both, 'sent', old.content, now.content, 'the body')];
}

function contentBreaks(
  both: Both,
  side: 'sent' | 'read',
  before: Content,
  after: Content,
  root: string,
): string[] {
  return Object.entries(before).flatMap(([type, { schema }]) => {
    const now = after[type];
    if (now === undefined) return [`${root} is no longer ${type}`];
    return schemaBreaks({ ...both, side }, schema, now.schema, root);
  });
}

type Answers = Readonly<Record<string, Answer>>;

function answerBreaks(both: Both, before: Answers, after: Answers): string[] {
  const kept = Object.entries(before).flatMap(([status, old]) => {
    const root = `the answer ${status}`;
    const now = after[status];
    if (now === undefined) return [`${root} is gone`];
    const lost = Object.keys(old.headers ?? {}).filter((name) => !(name in (now.headers ?? {})));
    return [
      ...lost.map((name) => `${root} has lost the header ${name}`),
      ...contentBreaks(both, 'read', old.content ?? {}, now.content ?? {}, root),
    ];
  });
  // A program that looks at `data` alone would take it for the answer that it knows.
  const added = Object.keys(after).filter(
    (status) => /^2/.test(status) && !(status in before) && !isPreferred(after[status]),
  );
  return [...kept, ...added.map((status) => `the answer ${status} is new`)];
}

/** It is given only to a program that asked for it (RFC 7240), and what was released never did. */
function isPreferred(answer: Answer | undefined): boolean {
  return Object.keys(answer?.headers ?? {}).some((name) => /^preference-applied$/i.test(name));
}

function securityBreaks(
  { before, after }: Both,
  old: readonly Security[],
  now: readonly Security[],
): string[] {
  const nobody = [{}];
  const [were, are] = [old, now].map((list) => (list.length === 0 ? nobody : list));
  const shut = (were ?? []).filter((way) => !(are ?? []).some((other) => isWithin(other, way)));
  const names = [...new Set(old.flatMap((way) => Object.keys(way)))];
  const scheme = ({ components }: ApiDocument, name: string) =>
    JSON.stringify(components?.securitySchemes?.[name]);
  return [
    ...shut.map(
      (way) => `is no longer open to who has ${Object.keys(way).join(' and ') || 'no key'}`,
    ),
    ...names
      .filter((name) => scheme(before, name) !== scheme(after, name))
      .map((name) => `${name} is no longer sent as before`),
  ];
}

function isWithin(way: Security, other: Security): boolean {
  return Object.keys(way).every((name) => name in other);
}
