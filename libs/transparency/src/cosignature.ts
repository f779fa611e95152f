const TIMESTAMP_BYTES = 8;

/** What a witness signs: when it saw the checkpoint, in seconds since 1970, and the checkpoint's text. */
export const cosignedMessage = (time: number, text: string): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);

/** The time as it stands in front of the Ed25519 signature. */
export const formatTimestamp = (time: number): Buffer => {
  const bytes = Buffer.alloc(TIMESTAMP_BYTES);
  bytes.writeBigUInt64BE(BigInt(time));
  return bytes;
};

/** Takes a cosignature apart; undefined when it is too short or its time is beyond safe integers. */
export const splitCosignature = (
  bytes: Uint8Array,
): { readonly time: number; readonly signature: Uint8Array } | undefined => {
  if (bytes.length < TIMESTAMP_BYTES) return undefined;
  const time = Number(Buffer.from(bytes).readBigUInt64BE());
  return Number.isSafeInteger(time)
    ? { time, signature: bytes.subarray(TIMESTAMP_BYTES) }
    : undefined;
};
