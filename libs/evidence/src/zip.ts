// One form of zip and no other: stored, in one pass, without dates, flags, comments or extra fields. Whoever wants to read a bundle by
// hand uses any unzip program; what is verified is read by nothing but this file's inverse, bundle.ts.
import { crc32 } from 'node:zlib';

/** One file of a bundle. */
export type BundleFile = { readonly name: string; readonly bytes: Uint8Array };

export const LOCAL_HEADER = 30;
const DIRECTORY_ENTRY = 46;
export const DIRECTORY_END = 22;
/** Version 1.0 is enough: nothing is compressed. */
const VERSION = 10;
/** The first day that a zip can name: a bundle must not depend on when it was written. */
const NO_DATE = 0x0021;

/** What stands before a file's content, `size` bytes of which the checksum is `crc`. */
export const localHeader = (name: string, size: number, crc: number): Buffer => {
  const header = Buffer.alloc(LOCAL_HEADER + name.length);
  header.writeUInt32LE(0x04034b50, 0);
  described(header, 4, name, size, crc);
  header.write(name, LOCAL_HEADER, 'latin1');
  return header;
};

const directoryEntry = (name: string, size: number, crc: number, offset: number): Buffer => {
  const entry = Buffer.alloc(DIRECTORY_ENTRY + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  described(entry, 6, name, size, crc);
  entry.writeUInt32LE(offset, 42);
  entry.write(name, DIRECTORY_ENTRY, 'latin1');
  return entry;
};

/** The part that a file's header and its entry in the directory have in common. */
const described = (at: Buffer, from: number, name: string, size: number, crc: number): void => {
  at.writeUInt16LE(VERSION, from);
  at.writeUInt16LE(NO_DATE, from + 8);
  at.writeUInt32LE(crc, from + 10);
  at.writeUInt32LE(size, from + 14);
  at.writeUInt32LE(size, from + 18);
  at.writeUInt16LE(name.length, from + 22);
};

const directoryEnd = (files: number, size: number, offset: number): Buffer => {
  const end = Buffer.alloc(DIRECTORY_END);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files, 8);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
};

/** The files as a zip, in the order given. The same files are the same bytes. */
export const writeZip = (files: readonly BundleFile[]): Buffer => {
  const contents: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const crc = crc32(bytes);
    const header = localHeader(name, bytes.length, crc);
    contents.push(header, bytes);
    directory.push(directoryEntry(name, bytes.length, crc, offset));
    offset += header.length + bytes.length;
  }
  const entries = Buffer.concat(directory);
  return Buffer.concat([...contents, entries, directoryEnd(files.length, entries.length, offset)]);
};

/** Which of the files the byte at `offset` of their zip belongs to, for people. */
export const placeOf = (
  files: readonly BundleFile[],
  offset: number,
): { readonly file: string; readonly part: 'header' | 'content' | 'directory' | 'end' } => {
  let end = 0;
  for (const { name, bytes } of files) {
    end += LOCAL_HEADER + name.length;
    if (offset < end) return { file: name, part: 'header' };
    end += bytes.length;
    if (offset < end) return { file: name, part: 'content' };
  }
  for (const { name } of files) {
    end += DIRECTORY_ENTRY + name.length;
    if (offset < end) return { file: name, part: 'directory' };
  }
  return { file: END_OF_ZIP, part: 'end' };
};

/** What belongs to no file. */
export const END_OF_ZIP = 'the end of the zip';
