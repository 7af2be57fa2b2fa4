// targets/build-cache.ts: work that the builds of several components share: hashes, packed assets.
// Created by artefacts.ts for one round of builds, so it never sees a file change.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asset } from './assets.ts';
import { type PackedFile, packFile, type ZipFile } from './zip.ts';

export interface BuildCache {
  /** One hash over the content of all inputs and the settings; a missing input counts as one. */
  fingerprint(root: string, inputs: readonly string[], settings: string): Promise<string>;
  /** The file as it is, for its place in the zip. */
  read(asset: Asset): Promise<ZipFile>;
  pack(asset: Asset): Promise<PackedFile>;
}

export function createBuildCache(): BuildCache {
  const hashOf = remember(async (path) => hashOfFile(path) ?? 'missing');
  const contentOf = remember((path: string) => readFile(path));
  const packed = remember((path: string) => contentOf(path).then((content) => pack(content)));
  return {
    async fingerprint(root, inputs, settings) {
      const hashes = await Promise.all(inputs.map((input) => hashOf(join(root, input))));
      const lines = inputs.map((input, index) => `${input} ${hashes[index]}`);
      return createHash('sha256')
        .update([settings, ...lines].join('\n'))
        .digest('hex');
    },
    async read({ root, from, name }) {
      return { name, content: await contentOf(join(root, from)) };
    },
    async pack(asset) {
      return { ...(await packed(join(asset.root, asset.from))), name: asset.name };
    },
  };
}

function pack(content: Buffer): Promise<PackedFile> {
  return packFile({ name: '', content });
}

/** One buffer for all: a thousand files read at once would stay in memory long after. */
const window = Buffer.allocUnsafe(1 << 18);

/** @returns the SHA-256 in hex; undefined for a file that cannot be read */
export function hashOfFile(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  const hash = createHash('sha256');
  for (let bytes = 1; bytes > 0; ) {
    bytes = readSync(file, window);
    hash.update(window.subarray(0, bytes));
  }
  closeSync(file);
  return hash.digest('hex');
}

function remember<T>(work: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const done = new Map<string, Promise<T>>();
  return (path) => {
    const known = done.get(path) ?? work(path);
    done.set(path, known);
    return known;
  };
}
