import { type EventId, type ExchangeId, type Instant } from '@tripoint/kernel';
import { createHash } from 'node:crypto';
import { type Frame } from '../envelope.js';
import { type CompartmentDraft, type Draft, type Random, type Recipient } from '../seal.js';
import { type TestAgency } from './agencies.js';

/** Bytes that look random and are the same for the same seed. */
export const seeded = (seed: string): Random => {
  let count = 0;
  return (length) => {
    const stream = createHash('shake256', { outputLength: length });
    return new Uint8Array(stream.update(`${seed}\0${count++}`).digest());
  };
};

/** A frame that says as little as a frame may. */
export const frame = (data: Frame['event']['data'] = {}): Frame => ({
  event: { type: 'RequestIssued', data },
  officer: 'officer-1',
  causation: null,
  correlation: null,
});

/** A compartment for these agencies, with marks that are none of the test's business. */
export const compartment = (
  name: string,
  to: readonly Recipient[],
  changes: Partial<CompartmentDraft> = {},
): CompartmentDraft => ({
  name,
  classification: 'R-UE/EU-R',
  handling: ['H2'],
  retention: 'P3Y',
  facts: {},
  frame: frame({ compartment: name }),
  to,
  ...changes,
});

/** An event by `issuer`. */
export const draft = (
  issuer: TestAgency,
  compartments: readonly CompartmentDraft[],
  changes: Partial<Draft> = {},
): Draft => ({
  id: '0b5a2c1e-7f7e-4d0f-9c39-3f1c0c1b7a01' as EventId,
  stream: '5d3f0a52-1c8b-4b69-8f0e-6a3b9d1e2f02' as ExchangeId,
  type: 'request',
  schema: 1,
  issuer: issuer.id,
  at: '2026-03-01T12:00:00.000Z' as Instant,
  compartments,
  ...changes,
});
