// targets/zip.test.ts: what is compressed and what is stored, as another reader of zips sees it too.
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { packFile, readZip, zipOf } from './zip.ts';

const limitBytes = 1 << 24;
const files = [
  { name: 'engine.so', content: Buffer.alloc(limitBytes + 1, 'columns') },
  { name: 'largest.mjs', content: Buffer.alloc(limitBytes, 'compressed') },
  { name: 'server.mjs', content: Buffer.from('small '.repeat(1000)) },
];

test('a file above 16 MiB is stored as it is, others compressed; all are read back', async () => {
  const packed = await Promise.all(files.map(packFile));
  expect(packed.map((file) => file.packed.length < file.contentBytes)).toEqual([false, true, true]);
  const zip = zipOf(packed);
  const elsewhere = unzipSync(zip);
  const here = await readZip(zip);
  expect(here.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  for (const [index, { name, content }] of files.entries()) {
    expect(content.equals(here[index]?.content ?? Buffer.of())).toBe(true);
    expect(content.equals(elsewhere[name] ?? Buffer.of())).toBe(true);
  }
});

test('a damaged byte is found in a stored file too', async () => {
  const zip = zipOf([await packFile(files[0] as (typeof files)[0])]);
  zip[1000] = (zip[1000] ?? 0) ^ 1;
  await expect(readZip(zip)).rejects.toThrow('engine.so is damaged');
});
