// commands/sdk.ts: `npm run sdk`: a client of a shop, generated from its OpenAPI document.
// Called by run.mjs.
import { relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { refuseForeign, type SdkFiles, writeWhole } from '../sdk/files.ts';
import { readDocument } from '../sdk/read-document.ts';
import { CannotStart } from '../targets/cannot-start.ts';
import { repoRoot } from '../targets/lab-folders.ts';
import { helpOf, readFlags } from './lib/flags.ts';
import { table } from './lib/format.ts';
import { interruptedExitCode, interruption } from './lib/interruption.ts';
import { during } from './lib/progress.ts';

const usage = {
  command: 'sdk',
  about: `Generates a client for Node and browsers from an OpenAPI document: a function
for each operation, its types, and a README with an example.`,
  flags: {
    from: { value: '<url|file>', about: 'a running shop, as http://127.0.0.1:3000, or a file' },
    out: { value: '<folder>', about: 'where to; default .lab/sdk' },
  },
} as const;

/** @returns the exit code @throws CannotStart for a document or a folder that will not do */
export async function main(argv: readonly string[]): Promise<number> {
  const given = readFlags(usage, argv);
  if (given.help) {
    console.log(helpOf(usage));
    return 0;
  }
  const from = given.text('from');
  if (from === undefined)
    throw new CannotStart(
      '--from is missing: name a shop, as --from http://127.0.0.1:3000, or a file.',
    );
  const folder = resolve(given.text('out') ?? `${repoRoot}/.lab/sdk`);
  refuseForeign(folder);
  const stop = interruption();
  const making = during(
    'Generating',
    () => make(from),
    ({ told }) => told,
  );
  const made = await Promise.race([making, stop.promise]);
  if (made === undefined) return interruptedExitCode;
  writeWhole(folder, made.files);
  console.log(`\n${sizes(made.files)}\n\n${nextSteps(relative(process.cwd(), folder) || '.')}`);
  return 0;
}

async function make(from: string) {
  const source = await readDocument(from);
  // Only now: it brings a compiler along, for which no mistake should have to wait.
  const { generateSdk } = await import('../sdk/generate.ts');
  const files = await generateSdk(source).catch((error: Error) => {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(`${from} cannot be made into a client: ${error.message}.`);
  });
  const { title, version } = source.document.info;
  return { files, told: `Generated a client of "${title}" ${version}, at ${source.baseUrl}` };
}

function sizes(files: SdkFiles): string {
  const rows = Object.entries(files).map(([name, text]) => [
    name,
    Buffer.byteLength(text).toLocaleString('en-US'),
    gzipSync(text).length.toLocaleString('en-US'),
  ]);
  return table([['file', 'bytes', 'gzipped'], ...rows], [1, 2]).replaceAll(/^/gm, '  ');
}

function nextSteps(folder: string): string {
  return `  in Node      npm install ./${folder}
  in a page    <script src="${folder}/shop-sdk.global.js"></script>
  an example   ${folder}/README.md`;
}
