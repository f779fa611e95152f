/** One way of writing a text down as bytes. */
export type Written = { readonly as: string; readonly bytes: Buffer };

/** Shorter than this, bytes turn up by chance. */
const FEWEST = 6;

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** `\u0041`: every UTF-16 unit escaped, as a cautious JSON writer does with what is not ASCII. */
const escaped = (text: string, all: boolean): string =>
  Array.from({ length: text.length }, (_, at) => {
    const unit = text.charCodeAt(at);
    return !all && unit < 0x80
      ? JSON.stringify(text.charAt(at)).slice(1, -1)
      : `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');

/**
 * The part of a Base64 text that is the same whatever surrounds `bytes`, once for each of the three places in a group at
 * which they can begin: the characters that share bits with a neighbour are left off at both ends.
 */
const base64Cores = (bytes: Buffer, alphabet: 'base64' | 'base64url'): readonly Buffer[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString(alphabet)
      .replaceAll('=', '');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return Buffer.from(text.slice(first, last), 'latin1');
  });

/** Texts that say the same: as written, in either case, and without spaces, as search keys are. */
const spellings = (text: string): readonly string[] => {
  const joined = text.length <= 16 ? [text.replaceAll(/[\s-]/g, '')] : [];
  return [
    ...new Set([text, ...joined].flatMap((one) => [one, one.toLowerCase(), one.toUpperCase()])),
  ];
};

/** Every way in which a program may write bytes down. */
export const writtenBytes = (bytes: Buffer): readonly Written[] => {
  const hex = bytes.toString('hex');
  return [
    { as: 'bytes', bytes },
    { as: 'hex', bytes: Buffer.from(hex, 'latin1') },
    { as: 'hex', bytes: Buffer.from(hex.toUpperCase(), 'latin1') },
    ...(['base64', 'base64url'] as const).flatMap((as) =>
      base64Cores(bytes, as).map((core) => ({ as, bytes: core })),
    ),
  ];
};

/** Every way in which `text` may stand in a file, a table or a message; those too short to mean anything are left out. */
export const writtenForms = (text: string): readonly Written[] => {
  const forms: Written[] = [];
  const seen = new Set<string>();
  const add = (as: string, bytes: Buffer): void => {
    const key = bytes.toString('latin1');
    if (bytes.length < FEWEST || seen.has(key)) return;
    seen.add(key);
    forms.push({ as, bytes });
  };
  for (const spelling of spellings(text)) {
    const utf8 = Buffer.from(spelling, 'utf8');
    add('UTF-8', utf8);
    for (const [as, bytes] of [
      ['UTF-16LE', Buffer.from(spelling, 'utf16le')],
      ['UTF-16BE', utf16be(spelling)],
      ['JSON escapes', Buffer.from(escaped(spelling, false), 'latin1')],
      ['JSON escapes', Buffer.from(escaped(spelling, false).toUpperCase(), 'latin1')],
      ['JSON escapes', Buffer.from(escaped(spelling, true), 'latin1')],
      ['percent', Buffer.from(encodeURIComponent(spelling), 'latin1')],
    ] as const)
      add(as, bytes);
    for (const [inner, bytes] of [
      ['', utf8],
      [' of UTF-16LE', Buffer.from(spelling, 'utf16le')],
    ] as const) {
      for (const one of writtenBytes(bytes)) add(`${one.as}${inner}`, one.bytes);
    }
  }
  return forms;
};

/** Every way in which a UUID may stand somewhere: its text, and its 16 bytes as they are. */
export const writtenId = (id: string): readonly Written[] => [
  ...writtenForms(id),
  ...writtenForms(id.replaceAll('-', '')),
  { as: 'bytes', bytes: Buffer.from(id.replaceAll('-', ''), 'hex') },
];
