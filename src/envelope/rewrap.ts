import { randomBytes } from 'node:crypto';
import { type Authentic, authenticate } from './authenticate.ts';
import { deriveKeys, headerTag } from './derive.ts';
import { ivLength } from './frame.ts';
import { type Header, messageIdLength, writeHeader } from './header.ts';
import type { Keyring, WrappedKey } from './keyring.ts';
import { type OpenOptions, openBody } from './open.ts';
import { Reader } from './reader.ts';
import { type Change, type Fate, planRewrap } from './rewrap-plan.ts';
import { defaultFrameLength, type Prepared, sealMessage } from './seal.ts';
import { Signer, signed } from './signing.ts';

export interface RewrapOptions extends Change, Pick<OpenOptions, 'commitment' | 'context' | 'maxDataKeys'> {}

export interface Rewrapping {
  /** As it was. Authenticated. */
  readonly header: Header;
  /** What becomes of each of the header's wrapped keys, in their order. Where one is `lost`, there is no new message. */
  readonly fates: readonly { readonly wrapped: WrappedKey; readonly fate: Fate }[];
  /** The wrapped keys of the new message. */
  readonly wrapped: readonly WrappedKey[];
  /** Whether the bytes of the body stay as they are. */
  readonly keepsBody: boolean;
  /**
   * The new message; all of the old one is verified on the way. Throws EnvelopeError, and RangeError where a wrapped key is lost or none is left. Nothing is
   * final before the end. To be read once.
   */
  readonly message: AsyncIterable<Uint8Array>;
  /** Lets the source go where the message is not read. */
  close(): Promise<void>;
}

/**
 * Changes who can open a message. The keyrings open it, and wrap anew what cannot stay: a signed message gets another signature, whose public key stands in the
 * context, to which KMS and AES bind what they wrap. RSA binds nothing, and of an unsigned message all stays.
 *
 * The body stays where that is safe; otherwise its text is sealed anew in one pass, with a new data key where no wrapped key stays (and a single block in
 * frames). Who once opened the old message may still have its text: nothing that is done to the new one changes that.
 * @throws EnvelopeError; what a keyring threw
 */
export async function rewrap(
  source: AsyncIterable<Uint8Array>,
  keyrings: readonly Keyring[],
  options: RewrapOptions = {},
): Promise<Rewrapping> {
  const reader = new Reader(source);
  try {
    const old = await authenticate(reader, keyrings, options);
    const plan = await planRewrap(old, keyrings, options);
    const { fates, wrapped, keepsBody } = plan;
    const message = newMessage(reader, old, plan);
    return { header: old.sealed.header, fates, wrapped, keepsBody, message, close: () => reader.close() };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

type Plan = Awaited<ReturnType<typeof planRewrap>>;

async function* newMessage(reader: Reader, old: Authentic, plan: Plan): AsyncGenerator<Uint8Array> {
  try {
    refuseLosses(plan);
    yield* plan.keepsBody ? withBody(reader, old, plan) : sealedAnew(reader, old, plan);
  } finally {
    await reader.close();
  }
}

function refuseLosses({ fates, wrapped }: Plan): void {
  const lost = fates.filter(({ fate }) => fate === 'lost').length;
  if (lost > 0) throw new RangeError(`${lost} of the data keys cannot be kept without the keys that wrapped them`);
  if (wrapped.length === 0) throw new RangeError('nobody could open the message any more');
}

/** Another header before the same body, and another signature behind it. */
async function* withBody(reader: Reader, old: Authentic, plan: Plan): AsyncGenerator<Uint8Array> {
  const { suite } = old.sealed.header;
  const signer = signerOf(old, plan);
  const start = writeHeader({ ...old.sealed.header, context: storedOf(old, plan), wrapped: plan.wrapped });
  const iv = suite.version === 1 ? randomBytes(ivLength) : undefined;
  const head = Buffer.concat([start, headerTag(suite, old.contentKey, start, old.unstored, iv)]);
  yield* signed(head, bodyOf(reader, old), signer);
}

/** The body as it stands in the message. Its end is only given out when all is verified. */
async function* bodyOf(reader: Reader, old: Authentic): AsyncGenerator<Uint8Array> {
  const raw: Uint8Array[] = [];
  const witness = (bytes: Uint8Array) => void raw.push(Uint8Array.from(bytes));
  for await (const _ of openBody(reader, old, { unverified: true, witness })) yield* raw.splice(0);
  yield* raw;
}

async function* sealedAnew(reader: Reader, old: Authentic, plan: Plan): AsyncGenerator<Uint8Array> {
  const text = new Reader(openBody(reader, old, { unverified: true }));
  try {
    yield* sealMessage(text, preparedAnew(old, plan));
  } finally {
    await text.close();
  }
}

function preparedAnew(old: Authentic, plan: Plan): Prepared {
  const { suite, frameLength } = old.sealed.header;
  const messageId = randomBytes(messageIdLength[suite.version]);
  const { content, commit } = deriveKeys(suite, plan.dataKey, messageId);
  const framed = frameLength || defaultFrameLength;
  const context = storedOf(old, plan);
  const header: Header = { suite, messageId, context, wrapped: plan.wrapped, frameLength: framed, commitKey: commit };
  return { header, contentKey: content, unstored: old.unstored, signer: signerOf(old, plan) };
}

const signerOf = ({ sealed: { header } }: Authentic, { signer }: Plan) =>
  signer && new Signer(header.suite.signature!, signer);

const storedOf = ({ unstored }: Authentic, { context }: Plan) =>
  Object.fromEntries(Object.entries(context).filter(([key]) => !Object.hasOwn(unstored, key)));
