// test/source/documents.ts: what a document points at that is not there: links, anchors, commands, paths.
// Called by documents.test.ts, on the real documents and on planted faults.
import { dirname, posix } from 'node:path';
import type { Source } from './tree.ts';

/** What the repository has to offer, so that a test can plant less. */
export interface Repository {
  /** Of a path relative to the root, files and folders. */
  exists(path: string): boolean;
  /** The text of a document, to look for its headings. */
  read(path: string): string;
  /** The names under `scripts` in package.json. */
  readonly scripts: readonly string[];
}

/** @returns one sentence for each link that leads nowhere */
export function brokenLinks({ path, text }: Source, repository: Repository): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? path : posix.normalize(posix.join(dirname(path), file));
    if (!repository.exists(found)) return [`${path} links to ${target}: there is no ${found}`];
    if (anchor === undefined || anchorsOf(repository.read(found)).includes(anchor)) return [];
    return [`${path} links to ${target}: ${found} has no such heading`];
  });
}

/** @returns one sentence for each npm script that does not exist */
export function unknownScripts({ path, text }: Source, { scripts }: Repository): string[] {
  return [...text.matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)].flatMap(
    ([, run, short]) => {
      const name = run ?? short ?? '';
      return scripts.includes(name)
        ? []
        : [`${path} tells to run \`${name}\`: there is no such script`];
    },
  );
}

const ourFolders = /^(monolith|microservices|shared|loadtests|docs|\.ci)\//;

/** @returns one sentence for each path in backticks that does not exist; patterns are left alone */
export function unknownPaths({ path, text }: Source, repository: Repository): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, word = '']) => {
    if (!ourFolders.test(word) || /[\s<>*{}…$()]|NNNN/.test(word)) return [];
    const file = word.replace(/[:#].*$/, '').replace(/\/$/, '');
    // Decisions are named by number: the rest of the file name may be left out.
    if (/^docs\/decisions\/\d{4}$/.test(file) || repository.exists(file)) return [];
    return [`${path} names ${word}: there is no such file`];
  });
}

/** As GitHub makes them from headings: lower case, no punctuation, hyphens for spaces. */
export function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}
