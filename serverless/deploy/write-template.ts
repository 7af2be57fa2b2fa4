// deploy/write-template.ts: writes serverless/template.yaml, and says what is wrong with it.
// Run by `npm run template`.
import { readFileSync, writeFileSync } from 'node:fs';
import { customerOperations } from '@lab/shared/contract/operations.ts';
import { lint } from './lint.ts';
import { templateText } from './template-text.ts';

const fileOf = (name: string) => new URL(`../${name}`, import.meta.url);

const text = templateText(readFileSync(fileOf('template.base.yaml'), 'utf8'), customerOperations);
writeFileSync(fileOf('template.yaml'), text);
const complaints = lint(text);
for (const complaint of complaints) console.error(complaint);
console.log(
  `serverless/template.yaml: ${Buffer.byteLength(text)} bytes, ${complaints.length} faults`,
);
process.exitCode = complaints.length === 0 ? 0 : 1;
