import { type Trouble, UserError } from '../errors.ts';
import type { VaultError } from '../vault/errors.ts';
import type { ServiceError } from './by-operation.ts';
import { explainKey } from './key-trouble.ts';
import { explainNetwork } from './network-errors.ts';
import { type Subject, subjectOf } from './subject.ts';
import { explainVault } from './vault-errors.ts';

/** Words, hints and the kind of trouble for what a service, the vault or the network threw; undefined for a bug. */
export function explain(error: unknown): UserError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'VaultError') return explainVault(error as VaultError);
  const network = explainNetwork(error);
  if (network) return network;
  return 'operation' in error ? explainService(error as ServiceError) : undefined;
}

/** The words of an error that stands behind another, to put behind its own; none where they are not known. */
export function because(cause: unknown): string {
  const known = cause instanceof UserError ? cause : explain(cause);
  return known ? `: ${known.message}` : '';
}

/** By AWS's error type: the kind of trouble, and what it means for the thing that was named. */
const meanings: [types: RegExp, trouble: Trouble, say: (subject: Subject, message: string) => string | undefined][] = [
  [/^(ResourceNotFoundException|ParameterNotFound|InvalidResourceId|NotFoundException)$/, 'not-found', notThere],
  [/^ParameterVersionNotFound$/, 'not-found', () => undefined],
  [
    /^(ResourceExistsException|ParameterAlreadyExists|AlreadyExistsException)$/,
    'conflict',
    ({ what }, message) => (/ClientRequestToken/.test(message) ? undefined : `${what} exists already`),
  ],
  [
    /^(DisabledException|KMSInvalidStateException|InvalidKeyId|ParameterMaxVersionLimitExceeded)$/,
    'conflict',
    () => undefined,
  ],
  [/^(InvalidCiphertextException|IncorrectKeyException)$/, 'integrity', cannotDecrypt],
  [/^(DecryptionFailure|EncryptionFailure)$/, 'denied', () => undefined],
  [
    /AccessDenied|NotAuthorized|OptInRequired|UnauthorizedOperation/,
    'denied',
    (_, message) => `not allowed: ${message}`,
  ],
  [
    /UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|MissingAuthenticationToken/,
    'denied',
    (_, message) =>
      /^Signature (expired|not yet current)/.test(message)
        ? 'AWS does not accept the time of this machine'
        : 'AWS does not accept these credentials',
  ],
  [/ExpiredToken|RequestExpired/, 'denied', () => 'these credentials have expired'],
  [
    /Throttl|TooManyRequests|RequestLimitExceeded|TooManyUpdates/,
    'unreachable',
    ({ service }) => `${service} kept throttling`,
  ],
  [
    /Internal(Server|Service|Error|Failure|Exception)|ServiceUnavailable|KeyUnavailable|DependencyTimeout/,
    'unreachable',
    ({ service }, message) => `${service} failed: ${message}`,
  ],
];

function explainService(error: ServiceError): UserError | undefined {
  const subject = subjectOf(error);
  const { message } = error;
  if (/scheduled for deletion|marked for deletion/.test(message) && error.name === 'InvalidRequestException') {
    return new UserError('conflict', `${subject.what} is scheduled for deletion`, {
      hints: [`bring it back with "latchkey secret restore ${subject.name}"`],
      cause: error,
    });
  }
  const key = explainKey(error, subject);
  if (key) return key;
  const [, trouble, say] = meanings.find(([types]) => types.test(error.name)) ?? [];
  const code = trouble ?? (isRefusal(error) ? 'usage' : undefined);
  if (!code) return notLikeAws(error);
  const said = say?.(subject, message) ?? withoutValue(wordsOf(error), error);
  return new UserError(code, said, { hints: hintsFor(code, subject, error), cause: error });
}

/** An answer came, but of no type that AWS has: a proxy's page, another program's port. */
function notLikeAws(error: Answered): UserError | undefined {
  const { httpStatusCode } = error.$metadata ?? {};
  if (httpStatusCode === undefined) return undefined;
  return new UserError('unreachable', `what answers does not speak like AWS (HTTP ${httpStatusCode})`, {
    hints: ['see where commands go: "latchkey doctor"'],
    cause: error,
  });
}

type Answered = ServiceError & { readonly $metadata?: { readonly httpStatusCode?: number } };

/** Types that AWS gives what it cannot do, or what is written wrongly: nothing that a retry or a report would mend. */
function isRefusal({ name, $metadata }: Answered): boolean {
  const status = $metadata?.httpStatusCode;
  return /Exception$|^Invalid|Parameter|Policy|Tag|Unsupported|LimitExceeded/.test(name) && (status ?? 400) < 500;
}

/** Where the secret is there, but not the version. */
const ofVersion = /staging label|VersionId/;

function notThere({ what, kind }: Subject, message: string): string | undefined {
  if (ofVersion.test(message)) {
    const version = /(staging label|VersionId): (\S+)/.exec(message);
    return `${what} has no version ${version?.[1] === 'VersionId' ? '' : 'with stage '}"${version?.[2]}"`;
  }
  return kind === 'none' ? undefined : `there is no ${what}`;
}

function cannotDecrypt(_: Subject, message: string): string {
  if (message.includes('key ID')) return 'another key than this one encrypted it';
  return 'it does not decrypt: it was changed or cut off, its encryption context is another, or its key is elsewhere';
}

/** What AWS said, or the name of its error: the SDK has "UnknownError" where some have no words. */
const wordsOf = ({ message, name }: ServiceError): string =>
  message === 'UnknownError' ? name : withoutOrigin(message) || name;

/** Which request of whose client it was, as Parameter Store writes behind what KMS said: nobody's business. */
const withoutOrigin = (message: string) => message.replace(/ \(Service: \w+; Status Code: [^)]*\)$/, '');

/** Of what was asked only names may be shown: AWS's texts can quote the value of a member. */
const withoutValue = (message: string, { input }: ServiceError): string =>
  ['SecretString', 'Value'].reduce((text, member) => {
    const value = input[member];
    if (typeof value !== 'string' || value === '') return text;
    // A short one may be part of any word; quoted, it is the value.
    return value.length > 3 ? text.replaceAll(value, '...') : text.replaceAll(`'${value}'`, "'...'");
  }, message);

function hintsFor(code: Trouble, subject: Subject, error: ServiceError): string[] {
  const { kind, name, list } = subject;
  if (code === 'not-found' && kind === 'secret' && ofVersion.test(error.message))
    return [`see what there is: "latchkey secret versions ${name}"`];
  if (code === 'not-found' && list) return [`see what there is: "${list}"`, ...asAlias(subject)];
  if (code === 'denied') return ['see who you are and where: "latchkey doctor"', ...askCiphertext(error)];
  if (code === 'unreachable') return ['try again in a while; "latchkey doctor" says where this went'];
  if (code === 'integrity') return [cureOf(error), ...askCiphertext(error)];
  if (code === 'conflict' && kind === 'secret') return ['to store a new version: "latchkey secret put"'];
  if (error.name === 'InvalidKeyUsageException') return [`see what it can do: "latchkey key explain ${name}"`];
  return code === 'usage' ? ['see "--help" for what is expected'] : [];
}

/** A name for a key is told from an id by what stands before it, which is easily left out. */
const asAlias = ({ kind, name }: Subject) =>
  kind === 'key' && /^[\w/-]+$/.test(name) && !/^alias\/|^[0-9a-f]{8}-|^mrk-/.test(name)
    ? [`names of keys begin with "alias/": alias/${name}`]
    : [];

const cureOf = ({ name }: ServiceError) =>
  name === 'IncorrectKeyException'
    ? 'leave out --key: the ciphertext knows its key'
    : 'the context must be the one it was encrypted with: --context NAME=VALUE';

/** KMS does not say why it will not decrypt; the ciphertext tells more. */
const askCiphertext = ({ operation }: ServiceError) =>
  operation === 'Decrypt' || operation === 'ReEncrypt'
    ? ['see what it says of itself, and why: "latchkey key explain"']
    : [];
