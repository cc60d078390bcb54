import path from 'node:path';
import { UserError } from '../errors.ts';
import type { Environment } from '../surroundings.ts';
import { type CredentialSource, credentialSourceOf } from './credential-source.ts';
import { defaultVault, isVaultName, namedVault } from './places.ts';
import { type Profile, readProfile } from './profile-files.ts';
import type { Proxies } from './proxy.ts';
import { checkRegion } from './region.ts';
import type { SessionFlags, Where } from './session-flags.ts';

export type { SessionFlags, Where } from './session-flags.ts';

/** Who, where and which endpoint: one resolved value, from which all clients come. */
export type Session = VaultSession | AwsSession;

export interface VaultSession {
  readonly kind: 'vault';
  /** Absolute path of the vault's file. */
  readonly file: string;
  readonly region: string;
  /** What decided it, for `doctor`: `--vault-file`, `LATCHKEY_VAULT`. */
  readonly chosenBy: string;
}

export interface AwsSession {
  readonly kind: 'aws';
  readonly region: string;
  readonly profile?: string;
  /** What decided it, for `doctor`. */
  readonly chosenBy: string;
  readonly credentials: CredentialSource;
  /** URLs of endpoints that are not AWS's own. */
  readonly endpoints: Endpoints;
  readonly fips: boolean;
  readonly dualstack: boolean;
  /** Path of a PEM file with certificates to trust besides Node's own. */
  readonly caBundle?: string;
  readonly proxies: Proxies;
}

type Endpoints = { readonly [Service in 'secretsManager' | 'ssm' | 'kms' | 'sts']?: string };

/** Region of a vault where nothing says another. */
const vaultRegion = 'us-east-1';

/**
 * Flag before environment before profile. Throws code `usage` where they contradict each other or no Region is known.
 * What a reference says of its place wins over all.
 */
export async function resolveSession(
  given: SessionFlags,
  environment: Environment,
  where: Where = {},
): Promise<Session> {
  const flags = atPlace(given, where);
  const vault = chosenVault(flags, environment);
  if (vault) return vaultSession(vault, flags, environment);
  const profile = flags.profile ?? (environment.AWS_PROFILE || undefined);
  // The files are read only for what flags and environment have left open.
  const settings = await readProfile(profile, environment, needsFiles(flags, environment));
  const endpoints = endpointsOf(flags, environment, settings);
  return {
    kind: 'aws',
    region: regionOf(flags, environment, settings, Object.keys(endpoints).length > 0),
    profile,
    chosenBy: chosenBy(flags, environment),
    credentials: credentialSourceOf(flags, environment, settings),
    endpoints,
    fips: flags.fips ?? isTrue(environment.AWS_USE_FIPS_ENDPOINT || settings.use_fips_endpoint),
    dualstack: isTrue(environment.AWS_USE_DUALSTACK_ENDPOINT || settings.use_dualstack_endpoint),
    caBundle: environment.AWS_CA_BUNDLE || settings.ca_bundle,
    proxies: proxiesOf(environment),
  };
}

/** A reference that names a vault or a profile leaves who the flags say; one that names a Region moves only that. */
function atPlace(flags: SessionFlags, { profile, region = flags.region, vault }: Where): SessionFlags {
  if (vault) return { vault, region };
  return profile ? { profile, region, endpointUrl: flags.endpointUrl, fips: flags.fips } : { ...flags, region };
}

interface ChosenVault {
  file: string;
  by: string;
}

/** Flags that speak of AWS: on a command line they leave the environment's vault, and contradict one of the flags. */
const ofAws = ['profile', 'endpointUrl', 'roleArn', 'accessKeyId', 'fips'] as const;

function chosenVault(flags: SessionFlags, environment: Environment): ChosenVault | undefined {
  const aws = ofAws.find((name) => flags[name] !== undefined);
  const given = vaultOfFlags(flags, environment);
  if (given) {
    if (!aws) return given;
    const flag = aws.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UserError('usage', `${given.by} and --${flag} name two places`, { hints: ['leave out one of them'] });
  }
  const { LATCHKEY_VAULT = '' } = environment;
  if (aws || flags.vault === false || LATCHKEY_VAULT === '' || LATCHKEY_VAULT === '0') return undefined;
  return { file: vaultOfEnvironment(LATCHKEY_VAULT, environment), by: 'LATCHKEY_VAULT' };
}

function vaultOfFlags(
  { vault, vaultFile, vaultName }: SessionFlags,
  environment: Environment,
): ChosenVault | undefined {
  if (vaultFile && vaultName) {
    throw new UserError('usage', '--vault-file and --vault-name name two vaults', { hints: ['leave out one of them'] });
  }
  if (vaultFile) return { file: path.resolve(vaultFile), by: '--vault-file' };
  if (vaultName) return { file: namedVault(vaultName, environment), by: '--vault-name' };
  return vault ? { file: namedVault(defaultVault, environment), by: '--vault' } : undefined;
}

/** `1`, a name, or a path. */
function vaultOfEnvironment(text: string, environment: Environment): string {
  if (text === '1') return namedVault(defaultVault, environment);
  return isVaultName(text) ? namedVault(text, environment) : path.resolve(text);
}

function vaultSession({ file, by }: ChosenVault, { region }: SessionFlags, environment: Environment): VaultSession {
  const here = vaultRegionOf({ region }, environment);
  return { kind: 'vault', file, region: here, chosenBy: by };
}

/** The Region of a vault that flags and environment name, or the one it has where they name none. */
export const vaultRegionOf = ({ region }: SessionFlags, environment: Environment): string =>
  checkRegion(region || environment.AWS_REGION || environment.AWS_DEFAULT_REGION || vaultRegion);

const needsFiles = (flags: SessionFlags, environment: Environment) =>
  Boolean(flags.profile || environment.AWS_PROFILE || flags.roleArn) ||
  !(flags.accessKeyId || environment.AWS_ACCESS_KEY_ID) ||
  !(flags.region || environment.AWS_REGION || environment.AWS_DEFAULT_REGION);

function regionOf(flags: SessionFlags, environment: Environment, profile: Profile, custom: boolean): string {
  const region = flags.region || environment.AWS_REGION || environment.AWS_DEFAULT_REGION || profile.region;
  if (region) return checkRegion(region, custom);
  throw new UserError('usage', 'no Region is known', {
    hints: [
      'to use AWS, name one: --region eu-west-1, AWS_REGION, or "region" in ~/.aws/config',
      'to use the vault, with no AWS account: "latchkey vault init", then --vault or LATCHKEY_VAULT=1',
    ],
  });
}

/** A flag is for all services; the environment may name one for each. */
function endpointsOf({ endpointUrl }: SessionFlags, environment: Environment, profile: Profile): Endpoints {
  if (!endpointUrl && isTrue(environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) return {};
  const all = endpointUrl || environment.AWS_ENDPOINT_URL || profile.endpoint_url;
  const urls = Object.entries(endpointVariables).map(([service, name]) => {
    return [service, checkUrl(endpointUrl || environment[name] || all)] as const;
  });
  return Object.fromEntries(urls.filter(([, url]) => url !== undefined));
}

const endpointVariables = {
  secretsManager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ssm: 'AWS_ENDPOINT_URL_SSM',
  kms: 'AWS_ENDPOINT_URL_KMS',
  sts: 'AWS_ENDPOINT_URL_STS',
};

function checkUrl(url: string | undefined): string | undefined {
  if (!url || (/^https?:\/\/./.test(url) && URL.canParse(url))) return url || undefined;
  throw new UserError('usage', `expected the URL of an endpoint, like http://localhost:4566, got "${url}"`);
}

const proxiesOf = (environment: Environment): Proxies => ({
  https: environment.HTTPS_PROXY || environment.https_proxy,
  http: environment.http_proxy || environment.HTTP_PROXY,
  none: environment.NO_PROXY || environment.no_proxy,
});

function chosenBy(flags: SessionFlags, environment: Environment): string {
  const flag = ofAws.find((name) => flags[name] !== undefined);
  if (flag) return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (environment.AWS_PROFILE) return 'AWS_PROFILE';
  return environment.AWS_ENDPOINT_URL ? 'AWS_ENDPOINT_URL' : 'default';
}

const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true' || text === '1';
