// sdk/generate.ts: an OpenAPI document as the files of a package: types, two bundles, a README.
// Called by `npm run sdk` and by tests; nothing is written here.
import { type ApiDocument, rowsOf } from '../openapi/document.ts';
import { bundleClient } from './bundle-client.ts';
import { callDeclarations, clientDeclarations, schemaDeclarations } from './declarations.ts';
import { factsOf } from './facts.ts';
import { type SdkFiles, sdkName } from './files.ts';
import type { Source } from './read-document.ts';
import { readmeOf } from './readme.ts';

/** @throws CannotStart with the first thing in the document that is not as OpenAPI has it */
export async function generateSdk({ document, baseUrl }: Source): Promise<SdkFiles> {
  const rows = rowsOf(document);
  const { version, title } = document.info;
  const notice = `${sdkName} ${version}, made from "${title}".`.replaceAll(/\s+|\*\//g, ' ');
  const facts = factsOf({ document, baseUrl });
  const [esm, iife] = [
    await bundleClient(facts, notice, 'esm'),
    await bundleClient(facts, notice, 'iife'),
  ];
  return {
    'README.md': readmeOf({ document, rows, baseUrl, keyHeader: facts.keyHeader }),
    'calls.d.ts': callDeclarations(),
    'index.d.ts': clientDeclarations(rows, notice),
    'package.json': `${JSON.stringify(packageOf(document), null, 2)}\n`,
    'schema.d.ts': await schemaDeclarations(document),
    'shop-sdk.global.js': iife.text,
    'shop-sdk.mjs': esm.text,
  };
}

const semantic = /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}([-+][0-9A-Za-z.+-]+)?$/;

/** npm takes three numbers; a document may call its version what it likes. */
function packageVersion(version: string): string {
  if (semantic.test(version)) return version;
  const [, major, minor = '0'] = /^v?(0|[1-9]\d*)(?:\.(0|[1-9]\d*))?$/.exec(version) ?? [];
  if (major !== undefined) return `${major}.${minor}.0`;
  return `0.0.0-v${version.replaceAll(/[^0-9A-Za-z]+/g, '-')}`;
}

function packageOf({ info: { title, version } }: ApiDocument) {
  return {
    name: sdkName,
    version: packageVersion(version),
    description: `A client of "${title}"`,
    private: true,
    type: 'module',
    sideEffects: false,
    types: './index.d.ts',
    exports: {
      '.': { types: './index.d.ts', default: './shop-sdk.mjs' },
      './global': './shop-sdk.global.js',
      './package.json': './package.json',
    },
  };
}
