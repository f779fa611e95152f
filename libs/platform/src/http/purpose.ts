import { PURPOSES, type PurposeCode } from '@tripoint/contracts';
import { Problem } from '../problem/problem.js';
import { headerParameter, oneHeader } from './documented-parameter.js';

/** Why an officer reads content. It is recorded in the transaction that returns the content. */
export type Purpose = {
  readonly code: PurposeCode;
  /** The officer's own words. */
  readonly text?: string;
  readonly legalBasis?: string;
};

const LONGEST_TEXT = 500;
const LEGAL_BASIS = /^[\x20-\x7e]{1,200}$/;
// eslint-disable-next-line no-control-regex -- control characters are what is refused here
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

const isPurposeCode = (code: string): code is PurposeCode =>
  (PURPOSES as readonly string[]).includes(code);

/** Headers are bytes without a declared charset, so free text travels percent-encoded. */
const decodedText = (encoded: string): string => {
  const refused = new Problem(
    'purpose-invalid',
    `\`Tripoint-Purpose-Text\` is not percent-encoded UTF-8 of at most ${LONGEST_TEXT} characters`,
  );
  if (encoded.length > LONGEST_TEXT * 12 || !/^[\x21-\x7e ]*$/.test(encoded)) throw refused;
  let text: string;
  try {
    text = decodeURIComponent(encoded).normalize('NFC').trim();
  } catch {
    throw refused;
  }
  if (text === '' || text.length > LONGEST_TEXT || CONTROL.test(text)) throw refused;
  return text;
};

/** The purpose of a read, from its headers: `@CurrentPurpose() purpose: Purpose`. */
export const CurrentPurpose = headerParameter(
  (request): Purpose => {
    const code = oneHeader(request, 'tripoint-purpose');
    if (code === undefined || code === '')
      throw new Problem('purpose-required', 'reading content needs a purpose');
    if (!isPurposeCode(code))
      throw new Problem('purpose-unknown', 'the purpose is not in the list');
    const text = oneHeader(request, 'tripoint-purpose-text');
    const legalBasis = oneHeader(request, 'tripoint-legal-basis');
    if (legalBasis !== undefined && !LEGAL_BASIS.test(legalBasis))
      throw new Problem(
        'purpose-invalid',
        '`Tripoint-Legal-Basis` is not 1 to 200 visible ASCII characters',
      );
    return {
      code,
      ...(text !== undefined && { text: decodedText(text) }),
      ...(legalBasis !== undefined && { legalBasis }),
    };
  },
  [
    {
      name: 'Tripoint-Purpose',
      description: 'Why the content is read. Recorded with the read.',
      required: true,
      schema: { type: 'string', enum: PURPOSES, example: PURPOSES[0] },
    },
    {
      name: 'Tripoint-Purpose-Text',
      description:
        'The reason in the officer’s own words, percent-encoded UTF-8, at most 500 characters.',
      required: false,
      schema: { type: 'string', maxLength: LONGEST_TEXT * 12, example: 'check%20at%20lane%204' },
    },
    {
      name: 'Tripoint-Legal-Basis',
      description: 'The provision that the read rests on.',
      required: false,
      schema: { type: 'string', maxLength: 200, example: 'Dir. (EU) 2023/977 Art. 5' },
    },
  ],
);
