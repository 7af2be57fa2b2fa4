// sdk/readme.ts: the README of an SDK: how to link it, and an example that can be run as it stands.
// Called by generate.ts; a test runs the example against a real shop.
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import type { ApiDocument, Row } from '../openapi/document.ts';
import { globalName } from './bundle-client.ts';
import { type SdkName, sdkName } from './files.ts';
import { sampleInput } from './sample.ts';

/** What the README says of the document. */
export interface About {
  readonly document: ApiDocument;
  readonly rows: readonly Row[];
  readonly baseUrl: string;
  readonly keyHeader: string | undefined;
}

const script: SdkName = 'shop-sdk.global.js';

export function readmeOf(about: About): string {
  const { title, version } = about.document.info;
  return `# ${sdkName}

A client of "${title}", version ${version}, for Node 20 and browsers. Generated: do not edit.

\`\`\`js
${exampleOf(about)}
\`\`\`

Link it with \`npm install <this folder>\`. A page takes one file instead:

\`\`\`html
<script src="${script}"></script>
<script>const api = ${globalName}.createClient(${optionsOf(about)});</script>
\`\`\`

The API must admit the page's origin (CORS), or the browser keeps the answers to itself.

| option | default |
| --- | --- |
| \`baseUrl\` | \`${about.baseUrl}\` |
| \`apiKey\` | none${about.keyHeader === undefined ? '' : `; sent as \`${about.keyHeader}\``} |
| \`fetch\` | the platform's |

A call takes \`path\`, \`query\`, \`header\`, \`body\` and \`signal\`, and \`idempotencyKey\` where one is
honoured. It answers \`{ data, response }\` or \`{ error, response }\`, and rejects when nobody answers.

| function | |
| --- | --- |
${about.rows.map(rowOf).join('\n')}
`;
}

function exampleOf(about: About): string {
  const { document, rows } = about;
  const row = rows.find(({ id }) => id === 'placeOrder') ?? (rows[0] as Row);
  const key = row.parameters.some(({ name }) => name === 'Idempotency-Key');
  const input = [
    ...(key ? ["idempotencyKey: 'my-first-call',"] : []),
    ...sampleInput(document, row),
  ];
  const call = input.length === 0 ? '()' : `({\n${input.map((line) => `  ${line}`).join('\n')}\n})`;
  return `import { createClient } from '${sdkName}';

const api = createClient(${optionsOf(about)});
const { data, error } = await api.${row.id}${call};
if (error) console.error(error);
else console.log(data);`;
}

/** The key is the demo's, which everybody may read in the source. */
function optionsOf({ keyHeader }: About): string {
  return keyHeader === undefined ? '' : `{ apiKey: '${DEMO_CUSTOMER_KEY}' }`;
}

function rowOf({ id, method, path, summary = '' }: Row): string {
  const about = String(summary).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  return `| \`${id}\` | ${about} (${method.toUpperCase()} ${path}) |`;
}
