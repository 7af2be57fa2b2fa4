// Tests of zip.ts: what is compressed, what is stored, and what a damaged zip says.
import { expect, test } from 'vitest';
import { packFile, readZip, zipOf } from './zip.ts';

const large = Buffer.alloc((1 << 24) + 1, 'columns');
const small = Buffer.from('small '.repeat(1000));

test('a file above 16 MiB is stored as it is, a smaller one compressed; both are read back', async () => {
  const files = [
    { name: 'engine.so', content: large },
    { name: 'server.mjs', content: small },
  ];
  const zip = zipOf(await Promise.all(files.map(packFile)));
  expect(zip.length).toBeGreaterThan(large.length);
  expect(zip.length).toBeLessThan(large.length + small.length);
  const read = await readZip(zip);
  expect(read.map(({ name }) => name)).toEqual(['engine.so', 'server.mjs']);
  expect(Buffer.compare(Buffer.from(read[0]?.content ?? []), large)).toBe(0);
  expect(Buffer.from(read[1]?.content ?? []).toString()).toBe(small.toString());
});

test('a damaged byte is found in a stored file too', async () => {
  const zip = zipOf([await packFile({ name: 'engine.so', content: large })]);
  zip[1000] = (zip[1000] ?? 0) ^ 1;
  await expect(readZip(zip)).rejects.toThrow('engine.so is damaged');
});
