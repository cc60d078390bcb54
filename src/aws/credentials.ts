import fs from 'node:fs/promises';
import { UserError } from '../errors.ts';
import type { Asked } from '../surroundings.ts';
import type { CredentialSource, Role, TypedKeys } from './credential-source.ts';
import { httpHandler } from './http-handler.ts';
import { explainNetwork } from './network-errors.ts';
import type { Identity } from './services.ts';
import type { AwsSession } from './session.ts';

/** Milliseconds an instance's metadata service is given: on a laptop there is none. */
const metadataTimeout = 1000;

/** Credentials that end within this many milliseconds are fetched again. */
const margin = 5 * 60_000;

/**
 * The credentials of a session, fetched when first needed and again when they are about to end. One fetch serves all
 * clients: an MFA code is good for one use, and of two prompts at once neither can be answered.
 */
export function credentialsOf(session: AwsSession, asked: Asked): () => Promise<Identity> {
  const provider = once(() => providerOf(session.credentials, session, asked));
  let kept: Promise<Identity> | undefined;
  const fetchOnce = async () => {
    try {
      return await (await provider())();
    } catch (error) {
      kept = undefined; // a retry asks again
      throw error;
    }
  };
  return async () => {
    const before = kept;
    if (before && isEnding(await before) && kept === before) kept = undefined;
    kept ??= fetchOnce();
    return kept;
  };
}

const isEnding = ({ expiration }: Identity) => expiration !== undefined && expiration.getTime() - Date.now() < margin;

async function providerOf(
  source: CredentialSource,
  session: AwsSession,
  asked: Asked,
): Promise<() => Promise<Identity>> {
  switch (source.kind) {
    case 'static':
      return async () => source;
    case 'typed':
      return once(() => typedKeys(source, asked));
    case 'chain':
      return chain(source.profile, session);
    case 'role':
      return assumed(source, session, asked);
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function typedKeys({ accessKeyId, secretFile, tokenFile }: TypedKeys, { terminal }: Asked): Promise<Identity> {
  if (!secretFile && !terminal.inIsTTY) {
    throw new UserError('usage', `the secret half of "${accessKeyId}" is missing, and nobody can be asked`, {
      hints: ['name a file that holds it: --secret-access-key-file FILE'],
    });
  }
  const secret = secretFile
    ? await readLine(secretFile)
    : await terminal.promptHidden(`Secret access key of ${accessKeyId}`);
  return { accessKeyId, secretAccessKey: secret, sessionToken: tokenFile && (await readLine(tokenFile)) };
}

async function readLine(file: string): Promise<string> {
  try {
    return (await fs.readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new UserError('not-found', `"${file}" cannot be read`, { cause });
  }
}

async function chain(profile: string | undefined, session: AwsSession): Promise<() => Promise<Identity>> {
  const { fromNodeProviderChain } = await import('./sdk/credentials.ts');
  const provide = fromNodeProviderChain({
    ...{ profile, timeout: metadataTimeout, maxRetries: 0 },
    // Not in clientConfig: there it would stand above the profile's sso_region.
    parentClientConfig: { region: async () => session.region },
    clientConfig: wayOut(session),
  });
  return async () => {
    try {
      return await provide();
    } catch (cause) {
      throw isAnswer(cause as Error) ? cause : noCredentials(cause as Error, profile);
    }
  };
}

/** What STS or the network said of credentials that there are; else a provider's own words for having found none. */
const isAnswer = (cause: Error) =>
  !/ProviderError$/.test(cause.name) && ('$metadata' in cause || explainNetwork(cause) !== undefined);

/** The SDK's own clients for SSO and STS go through the same proxies and trust the same certificates. */
const wayOut = ({ proxies, caBundle, fips, dualstack }: AwsSession) => ({
  requestHandler: httpHandler(proxies, caBundle) as object,
  streamCollector: async (body: Uint8Array) => body,
  useFipsEndpoint: fips,
  useDualstackEndpoint: dualstack,
});

async function assumed(role: Role, session: AwsSession, asked: Asked): Promise<() => Promise<Identity>> {
  const { fromTemporaryCredentials } = await import('./sdk/credentials.ts');
  const masterCredentials = await providerOf(role.by, session, asked);
  return fromTemporaryCredentials({
    masterCredentials,
    params: {
      RoleArn: role.arn,
      RoleSessionName: role.sessionName ?? 'latchkey',
      ExternalId: role.externalId,
      SerialNumber: role.mfaSerial,
    },
    mfaCodeProvider: (serial) => mfaCode(serial, asked),
    clientConfig: { ...wayOut(session), region: session.region, endpoint: session.endpoints.sts },
  });
}

async function mfaCode(serial: string, { terminal }: Asked): Promise<string> {
  if (terminal.inIsTTY) return terminal.promptHidden(`MFA code of ${serial}`);
  throw new UserError('denied', `the MFA code of "${serial}" is missing, and nobody can be asked`, {
    hints: ['run it in a terminal, or sign in first and set AWS_PROFILE'],
  });
}

/** The chain's own words name ten places it looked at; what helps is what to do. */
function noCredentials(cause: Error, profile: string | undefined): UserError {
  const expired = /expired|sso session/i.test(cause.message) && profile !== undefined;
  const login = profile ? `aws sso login --profile ${profile}` : 'aws sso login';
  const message = expired ? `the sign-in of profile "${profile}" has expired` : 'no AWS credentials were found';
  return new UserError('denied', message, {
    hints: [
      `to use AWS, sign in with "${login}", or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`,
      'to use the vault, with no AWS account: "latchkey vault init", then --vault or LATCHKEY_VAULT=1',
    ],
    cause,
  });
}
