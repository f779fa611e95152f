/** The longest code or name that the rules look at; nothing in the vocabulary comes near it. */
const LONGEST_CODE = 64;
const MOST_CODES = 32;

/** What a closed plain object looks like; a member whose name ends in `?` may be missing. */
export type Shape =
  | 'boolean'
  | 'code'
  | 'codes'
  | 'text'
  | 'count'
  | { readonly [member: string]: Shape }
  | readonly [Shape];

const isCode = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= LONGEST_CODE;

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

/** Whether `value` has exactly this shape: no member more, none less, no other type. */
export const conforms = (shape: Shape, value: unknown): boolean => {
  switch (shape) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'code':
      return isCode(value);
    case 'codes':
      return Array.isArray(value) && value.length <= MOST_CODES && value.every(isCode);
    case 'text':
      return typeof value === 'string';
    case 'count':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  }
  if (isList(shape)) return Array.isArray(value) && value.every((one) => conforms(shape[0], one));
  if (!isPlain(value)) return false;
  let left = Object.keys(value).length;
  for (const [written, inner] of Object.entries(shape)) {
    const optional = written.endsWith('?');
    const name = optional ? written.slice(0, -1) : written;
    if (!Object.hasOwn(value, name)) {
      if (optional) continue;
      return false;
    }
    if (!conforms(inner, value[name])) return false;
    left -= 1;
  }
  return left === 0;
};

/** Freezes a tree of plain data, so that what is remembered stays what was decided. */
export const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
};
