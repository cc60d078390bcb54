import { UserError } from '../errors.ts';
import type { Environment } from '../surroundings.ts';
import type { Profile } from './profile-files.ts';
import type { SessionFlags } from './session-flags.ts';

/** Where credentials come from. Static ones are here already; for the others the SDK is asked when first needed. */
export type CredentialSource = StaticKeys | TypedKeys | Chain | Role;

interface StaticKeys {
  readonly kind: 'static';
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** For `doctor`: `environment`, `profile`. */
  readonly from: string;
}

/** The id was on the command line; the secret half is asked for, or in a file. */
export interface TypedKeys {
  readonly kind: 'typed';
  readonly accessKeyId: string;
  readonly secretFile?: string;
  readonly tokenFile?: string;
}

/** The SDK's own chain: SSO, process, web identity, container, instance. */
interface Chain {
  readonly kind: 'chain';
  readonly profile?: string;
}

export interface Role {
  readonly kind: 'role';
  readonly arn: string;
  readonly externalId?: string;
  readonly mfaSerial?: string;
  readonly sessionName?: string;
  /** Who assumes it. */
  readonly by: CredentialSource;
}

export function credentialSourceOf(flags: SessionFlags, environment: Environment, profile: Profile): CredentialSource {
  const by = ownSource(flags, environment, profile);
  const { roleArn, externalId, mfaSerial, roleSessionName } = flags;
  if (roleArn) {
    checkRole(roleArn);
    return { kind: 'role', arn: roleArn, externalId, mfaSerial, sessionName: roleSessionName, by };
  }
  const lost = externalId
    ? '--external-id'
    : mfaSerial
      ? '--mfa-serial'
      : roleSessionName
        ? '--role-session-name'
        : undefined;
  if (!lost) return by;
  throw new UserError('usage', `${lost} needs a role`, {
    hints: ['name it: --role-arn arn:aws:iam::ACCOUNT:role/NAME'],
  });
}

/** A profile that was named on the command line wins over keys in the environment. */
function ownSource(flags: SessionFlags, environment: Environment, profile: Profile): CredentialSource {
  const { accessKeyId, secretAccessKeyFile, sessionTokenFile } = flags;
  if (accessKeyId) return { kind: 'typed', accessKeyId, secretFile: secretAccessKeyFile, tokenFile: sessionTokenFile };
  const named = flags.profile ?? (environment.AWS_PROFILE || undefined);
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!flags.profile && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return keys('environment', AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN);
  }
  const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token, role_arn: role } = profile;
  if (id && secret && !role) return keys('profile', id, secret, token);
  return { kind: 'chain', profile: named };
}

const keys = (from: string, accessKeyId: string, secretAccessKey: string, sessionToken?: string): StaticKeys => ({
  ...{ kind: 'static', from, accessKeyId, secretAccessKey },
  sessionToken: sessionToken || undefined,
});

function checkRole(arn: string): void {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn)) return;
  throw new UserError('usage', `expected the ARN of a role, like arn:aws:iam::123456789012:role/NAME, got "${arn}"`);
}
