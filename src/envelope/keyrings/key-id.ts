/** How a message says which raw key it is for: both are in its header, in the open. */
export interface KeyId {
  /** Where the name means something; the provider of what the key wraps. UTF-8, at most 65,535 bytes. */
  readonly namespace: string;
  /** Which key it is. UTF-8. */
  readonly name: string;
}

/** The namespace of keys that latchkey made. */
export const ownNamespace = 'latchkey';

/** @throws RangeError where a part is empty or too long, or the namespace would pass for KMS */
export function mustBeRaw({ namespace, name }: KeyId): void {
  if (namespace.startsWith('aws-kms')) throw new RangeError('a raw key cannot have the namespace "aws-kms"');
  for (const [what, text] of [['namespace', namespace] as const, ['name', name] as const]) {
    if (text === '') throw new RangeError(`a raw key needs a ${what}`);
    if (Buffer.from(text).toString() !== text) throw new RangeError(`the ${what} of a raw key is not valid Unicode`);
    if (Buffer.byteLength(text) > 65_000) throw new RangeError(`the ${what} of a raw key is longer than 65,000 bytes`);
  }
}
