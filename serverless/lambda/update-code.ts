// lambda/update-code.ts: UpdateFunctionCode: the zip in the request becomes the code of a function.
// Called by control-api.ts. Code that lies in a bucket is not offered: there are no buckets here.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { ApiRequest } from './api-server.ts';
import { invalidParameter, LambdaError } from './errors.ts';

/**
 * @param deploy takes the folder that the zip was unpacked to; it is gone afterwards
 * @throws RequestEntityTooLargeException (413), InvalidParameterValueException (400)
 */
export function withZip<Result>(
  { body, bytes }: Pick<ApiRequest, 'body' | 'bytes'>,
  deploy: (folder: string, publish: boolean) => Result,
): Result {
  if (bytes > 0 && body.length === 0)
    throw new LambdaError('RequestEntityTooLargeException', 413, `${bytes} bytes are too many.`);
  const { ZipFile, Publish = false } = parsed(body);
  if (typeof ZipFile !== 'string') throw invalidParameter('ZipFile is missing: base64 of a zip.');
  const files = filesOf(Buffer.from(ZipFile, 'base64'));
  const folder = mkdtempSync(join(tmpdir(), 'lab-function-'));
  try {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return deploy(folder, Publish === true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parsed(body: Buffer): { ZipFile?: unknown; Publish?: unknown } {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // As below.
  }
  throw invalidParameter('The body is no JSON object.');
}

function filesOf(zip: Buffer): [name: string, content: Uint8Array][] {
  let files: [string, Uint8Array][];
  try {
    files = Object.entries(unzipSync(zip)).filter(([name]) => !name.endsWith('/'));
  } catch {
    throw invalidParameter(
      'Could not unzip uploaded file. Please check your file, then try again.',
    );
  }
  const outside = files.find(([name]) => isAbsolute(name) || name.split('/').includes('..'));
  if (outside !== undefined) throw invalidParameter(`${outside[0]} lies outside of the zip.`);
  if (files.length === 0) throw invalidParameter('The zip is empty.');
  return files;
}
