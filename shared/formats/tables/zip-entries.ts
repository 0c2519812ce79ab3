import { BadTable } from "./bad-table.ts";

/** A file of a ZIP archive. */
export interface ZipEntry {
  /** How it is packed: 0 not at all, 8 deflated. */
  method: number;
  packed: Uint8Array;
  /** Its size, as the archive says. */
  size: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const MOST_ENTRIES = 5_000;
/** The most bytes that a file may unpack to. */
const MOST_UNPACKED = 96 * 1024 * 1024;

const damaged = () => new BadTable("Is a damaged file.");

/** The files of a ZIP archive by their names, none unpacked yet. Throws BadTable. */
export function zipEntries(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return entriesIn(bytes, view);
  } catch (error) {
    // What leads out of the archive.
    throw error instanceof RangeError ? damaged() : error;
  }
}

function entriesIn(bytes: Uint8Array, view: DataView): Map<string, ZipEntry> {
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw new BadTable("Has too many files in it.");
  const entries = new Map<string, ZipEntry>();
  let at = view.getUint32(end + 16, true);
  for (let n = 0; n < count; n++) {
    if (view.getUint32(at, true) !== ENTRY) throw damaged();
    if ((view.getUint16(at + 8, true) & 1) !== 0) {
      throw new BadTable("Is protected by a password.");
    }
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, entryAt(bytes, view, at));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw damaged();
}

function entryAt(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const length = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  if (view.getUint32(local, true) !== LOCAL) throw damaged();
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + length > bytes.byteLength) throw damaged();
  return {
    method: view.getUint16(at + 10, true),
    packed: bytes.subarray(start, start + length),
    size: view.getUint32(at + 24, true),
  };
}

/**
 * The content of a file, as it is unpacked. It ends with BadTable where it is more, or less, than the archive
 * says; nothing is unpacked of one that says too much.
 */
export function unpacked({ method, packed, size }: ZipEntry): ReadableStream<Uint8Array> {
  if (size > MOST_UNPACKED) {
    throw new BadTable(`Unpacks to more than ${MOST_UNPACKED / 1024 / 1024} MB.`);
  }
  const source = new Blob([Uint8Array.from(packed)]).stream();
  if (method !== 0 && method !== 8) throw new BadTable("Is packed in a way that is not read.");
  return (method === 0 ? source : source.pipeThrough(inflating())).pipeThrough(measured(size));
}

function inflating(): ReadableWritablePair<Uint8Array, Uint8Array> {
  return new DecompressionStream("deflate-raw") as ReadableWritablePair<Uint8Array, Uint8Array>;
}

function measured(size: number): TransformStream<Uint8Array, Uint8Array> {
  const lies = () => new BadTable("Says that it has another size than it has.");
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > size) throw lies();
      controller.enqueue(chunk);
    },
    flush() {
      if (seen < size) throw lies();
    },
  });
}
