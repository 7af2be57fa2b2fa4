// targets/zip.ts: writes and reads plain zip files, the same bytes for the same content.
// Called by artefacts.ts (write) and releases.ts (read). node:zlib does its work off this thread.
import { promisify } from 'node:util';
import { crc32, deflateRaw, inflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Half a second faster for eight zips than the default 6, and a quarter larger. */
const deflateLevel = 2;
/** A larger file is stored as it is: docs/decisions/0013. */
const largestDeflatedBytes = 1 << 24;
/** Part of every fingerprint: other settings, other bytes. */
export const zipSettings = [deflateLevel, largestDeflatedBytes] as const;

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const localBytes = 30;
const centralBytes = 46;
const endBytes = 22;
const [stored, deflated] = [0, 8];
/** 1 January 1980, the first day a zip can name: a build must not depend on when it ran. */
const fixedDate = 0x0021;
const unixVersion20 = 0x0314;
const readableByAll = 0o100644;

/** One file; `name` is relative with forward slashes. */
export interface ZipFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** One file, already compressed or left as it is, so that several zips can share the work. */
export interface PackedFile {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly method: number;
  readonly crc: number;
  readonly contentBytes: number;
}

/** Compresses one file in the zlib thread pool, unless it is too large. */
export async function packFile({ name, content }: ZipFile): Promise<PackedFile> {
  const contentBytes = content.byteLength;
  const isLarge = contentBytes > largestDeflatedBytes;
  const packing = isLarge ? content : deflate(content, { level: deflateLevel });
  const crc = crc32(content);
  const method = isLarge ? stored : deflated;
  return { name, packed: await packing, method, crc, contentBytes };
}

/** A whole zip, entries sorted by name; under 4 GB and 65,535 files. */
export function zipOf(files: readonly PackedFile[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const locals: Uint8Array[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of sorted) {
    const header = localHeader(file);
    centrals.push(centralHeader(file, offset));
    locals.push(header, file.packed);
    offset += header.length + file.packed.length;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([...locals, directory, endRecord(sorted.length, directory.length, offset)]);
}

/** @throws Error saying what is broken, for a caller that knows the file's name */
export async function readZip(zip: Buffer): Promise<ZipFile[]> {
  const end = zip.lastIndexOf(littleEndian(endSignature));
  if (end === -1 || end + endBytes > zip.length) throw new Error('it has no end record');
  const files: Promise<ZipFile>[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + centralBytes > zip.length || zip.readUInt32LE(at) !== centralSignature)
      throw new Error('its directory is damaged');
    files.push(readEntry(zip, at));
    at += centralBytes + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30);
  }
  return Promise.all(files);
}

function localHeader(file: PackedFile): Buffer {
  const header = Buffer.alloc(localBytes);
  header.writeUInt32LE(localSignature, 0);
  writeCommon(header, 4, file);
  return Buffer.concat([header, Buffer.from(file.name)]);
}

function centralHeader(file: PackedFile, offset: number): Buffer {
  const header = Buffer.alloc(centralBytes);
  header.writeUInt32LE(centralSignature, 0);
  header.writeUInt16LE(unixVersion20, 4);
  writeCommon(header, 6, file);
  header.writeUInt32LE(readableByAll * 0x10000, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, Buffer.from(file.name)]);
}

/** The 26 bytes that both headers of a file have alike. */
function writeCommon(header: Buffer, at: number, file: PackedFile): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(file.method, at + 4);
  header.writeUInt16LE(fixedDate, at + 8);
  header.writeUInt32LE(file.crc, at + 10);
  header.writeUInt32LE(file.packed.length, at + 14);
  header.writeUInt32LE(file.contentBytes, at + 18);
  header.writeUInt16LE(Buffer.byteLength(file.name), at + 22);
}

function endRecord(count: number, directoryBytes: number, directoryAt: number): Buffer {
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryAt, 16);
  return end;
}

async function readEntry(zip: Buffer, at: number): Promise<ZipFile> {
  const nameEnd = at + centralBytes + zip.readUInt16LE(at + 28);
  const name = zip.toString('utf8', at + centralBytes, nameEnd);
  const local = zip.readUInt32LE(at + 42);
  if (local + localBytes > zip.length || zip.readUInt32LE(local) !== localSignature)
    throw new Error(`${name} is missing`);
  const start = local + localBytes + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
  const isStored = zip.readUInt16LE(at + 10) === stored;
  const content = isStored ? packed : await inflate(packed).catch(() => undefined);
  if (content === undefined || crc32(content) !== zip.readUInt32LE(at + 16))
    throw new Error(`${name} is damaged`);
  return { name, content };
}

function littleEndian(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
