// commands/lib/flags.ts: reads a command's flags; a bad one ends in a sentence that names it.
// Called by every command before it does anything else.
import { parseArgs } from 'node:util';
import { CannotStart } from '../../targets/cannot-start.ts';

/** `value` is the placeholder the help shows; a flag without it is on or off. */
export interface Flag {
  readonly value?: string;
  readonly about: string;
}

/** What `--help` prints, and all that is accepted. */
export interface Usage {
  readonly command: string;
  /** The word after the command, for one that has several: `run` of `npm run lab -- run`. */
  readonly subcommand?: string;
  /** What the command does, in one sentence. */
  readonly about: string;
  /** Placeholder of the words after the command; undefined when it takes none. */
  readonly words?: string;
  readonly flags: Readonly<Record<string, Flag>>;
}

/** Flags that were given: a text for one with a value, else `true`. */
export interface Given {
  readonly help: boolean;
  readonly words: readonly string[];
  text(flag: string): string | undefined;
  on(flag: string): boolean;
}

/** @throws CannotStart naming the flag or word that does not fit */
export function readFlags(usage: Usage, argv: readonly string[]): Given {
  const flags = Object.entries(usage.flags);
  const options = Object.fromEntries([
    ['help', { type: 'boolean', short: 'h' } as const],
    ...flags.map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' }] as const),
  ]);
  const allowPositionals = usage.words !== undefined;
  const { values, positionals } = parsed(usage, () => {
    const found = parseArgs({ args: [...argv], options, allowPositionals });
    return { ...found, values: found.values as Record<string, string | boolean | undefined> };
  });
  return {
    help: values.help === true,
    words: positionals,
    text: (flag) => values[flag] as string | undefined,
    on: (flag) => values[flag] === true,
  };
}

/** @returns the text of `--help`, at most 80 columns wide */
export function helpOf({ command, subcommand, about, words, flags }: Usage): string {
  const rows = Object.entries({ ...flags, help: { about: 'print this' } as Flag }).map(
    ([name, { value, about }]) => [`--${name}${value ? ` ${value}` : ''}`, about] as const,
  );
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const parts = ['npm run', command, '--', subcommand, words, '[flags]'];
  const call = parts.filter(Boolean).join(' ');
  const lines = rows.map(([name, about]) => `  ${name.padEnd(width)}${about}`);
  return `${call}\n\n${about}\n\n${lines.join('\n')}`;
}

function parsed<T>({ command, subcommand }: Usage, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    // Node's first sentence is right; what follows explains `--`, which npm has eaten already.
    const [first = ''] = (error as Error).message.split(/\. |\n/);
    const sentence = first.replace('argument is ambiguous', 'takes no value that begins with -');
    const call = ['npm run', command, '--', subcommand, '--help'].filter(Boolean).join(' ');
    const remedy = `\`${call}\` lists the flags.`;
    throw new CannotStart(`${sentence.replace(/\.?$/, ':')} ${remedy}`);
  }
}
