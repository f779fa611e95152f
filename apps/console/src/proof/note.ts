// Signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature), read and verified in the browser with WebCrypto.

const ED25519_NOTE = 0x01;
const ED25519_COSIGNATURE = 0x04;
const KEY_ID_BYTES = 4;
const TIME_BYTES = 8;

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Bytes from base 64 that is written in the one canonical way; undefined for anything else. */
export const base64Bytes = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    return undefined;
  const raw = atob(text);
  return btoa(raw) === text ? Uint8Array.from(raw, (one) => one.charCodeAt(0)) : undefined;
};

/** A key that may have signed a note: `<name>+<key id>+<base64(type ‖ key)>`. */
export type NoteKey = {
  readonly name: string;
  readonly id: string;
  readonly type: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Reads a verifier key. @throws {Error} for anything else, and for an id that is not the key's own */
export const readNoteKey = async (text: string): Promise<NoteKey> => {
  const [name = '', id = '', ...rest] = text.split('+');
  const typed = base64Bytes(rest.join('+'));
  const type = typed?.[0];
  if (name === '' || typed === undefined || type === undefined)
    throw new Error('not a verifier key');
  const bound = new Uint8Array([...utf8(`${name}\n`), ...typed]);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bound));
  const own = Array.from(digest.slice(0, KEY_ID_BYTES), (one) =>
    one.toString(16).padStart(2, '0'),
  ).join('');
  if (own !== id) throw new Error('the id is another key’s');
  return { name, id, type, bytes: typed.slice(1) };
};

export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
};
type Signature = { readonly name: string; readonly id: string; readonly bytes: Uint8Array };
/** A note that nobody has verified yet. */
export type OpenNote = {
  readonly text: string;
  readonly checkpoint: Checkpoint;
  readonly signatures: readonly Signature[];
};

/** Reads a note whose text is a checkpoint; undefined for anything else. */
export const readNote = (note: string): OpenNote | undefined => {
  const end = note.lastIndexOf('\n\n');
  if (end === -1 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const hash = base64Bytes(root);
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || hash?.length !== 32) return undefined;
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line): Signature | undefined => {
      const [, name, base64 = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const bytes = base64Bytes(base64);
      if (name === undefined || bytes === undefined || bytes.length <= KEY_ID_BYTES)
        return undefined;
      const id = Array.from(bytes.slice(0, KEY_ID_BYTES), (one) =>
        one.toString(16).padStart(2, '0'),
      ).join('');
      return { name, id, bytes: bytes.slice(KEY_ID_BYTES) };
    });
  return signatures.every((one) => one !== undefined)
    ? { text, checkpoint: { origin, size: Number(size), root: hash }, signatures }
    : undefined;
};

/** What is found of one key in a note: nothing, a signature that holds or does not, or one that this browser cannot check. */
export type Finding = 'absent' | 'good' | 'bad' | 'unchecked';

const ed25519 = async (
  key: Uint8Array<ArrayBuffer>,
  signature: Uint8Array,
  text: Uint8Array<ArrayBuffer>,
): Promise<Finding> => {
  const imported = await crypto.subtle
    .importKey('raw', key, { name: 'Ed25519' }, false, ['verify'])
    .catch(() => undefined);
  if (imported === undefined) return 'unchecked';
  const holds = await crypto.subtle.verify('Ed25519', imported, signature.slice(), text);
  return holds ? 'good' : 'bad';
};

/** Whether a key has signed, or cosigned, exactly this note, and when a cosignature was made. */
export const signedBy = async (
  { text, signatures }: OpenNote,
  { name, id, type, bytes }: NoteKey,
): Promise<{ readonly found: Finding; readonly at?: number }> => {
  const own = signatures.filter((one) => one.name === name && one.id === id);
  const [signature] = own;
  if (signature === undefined) return { found: 'absent' };
  if (own.length > 1) return { found: 'bad' };
  if (type === ED25519_NOTE) return { found: await ed25519(bytes, signature.bytes, utf8(text)) };
  // Anything else, like ML-DSA, is for programs that can.
  if (type !== ED25519_COSIGNATURE) return { found: 'unchecked' };
  const at = Number(
    new DataView(signature.bytes.buffer, signature.bytes.byteOffset).getBigUint64(0),
  );
  const signed = utf8(`cosignature/v1\ntime ${at}\n${text}`);
  return { found: await ed25519(bytes, signature.bytes.slice(TIME_BYTES), signed), at };
};
