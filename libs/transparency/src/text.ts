/** A non-negative safe integer in its only decimal spelling, or undefined. */
export const parseDecimal = (text: string): number | undefined => {
  const value = Number(text);
  return /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(value) ? value : undefined;
};

/** What `text` encodes, if it is the only Base 64 spelling of it (RFC 4648 section 4), or undefined. */
export const parseBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
};

export const formatBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

// Without ignoreBOM the decoder would swallow a leading U+FEFF, and the signature would cover other bytes.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text that valid UTF-8 spells, or undefined. */
export const parseUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};

/** Whether `text` has no control character but the newline and no lone surrogate. */
export const isPlainText = (text: string): boolean =>
  !/[^\n -\u{d7ff}\u{e000}-\u{10ffff}]/u.test(text);
