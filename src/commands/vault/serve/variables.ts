import type { Environment } from '../../../context.ts';

/** Where a server is, and what opens it. */
export interface Door {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The variables that lead every AWS SDK, the AWS CLI and latchkey to the server. */
const variablesOf = ({ url, region, accessKeyId, secretAccessKey }: Door): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
});

/** Variables that would lead elsewhere. */
const elsewhere = [
  'AWS_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  'AWS_ENDPOINT_URL_SSM',
  'AWS_ENDPOINT_URL_KMS',
  'AWS_ENDPOINT_URL_STS',
  'LATCHKEY_VAULT',
];

/** The environment of a command that is to find the server, past any proxy, and no other. */
export function environmentFor(door: Door, environment: Environment): Environment {
  const kept = Object.entries(environment).filter(([name]) => !elsewhere.includes(name));
  const direct = [environment.NO_PROXY || environment.no_proxy, new URL(door.url).hostname].filter(Boolean).join(',');
  return { ...Object.fromEntries(kept), ...variablesOf(door), NO_PROXY: direct, no_proxy: direct };
}

/** What goes past the proxy already still does. */
const pastProxy = (name: string, host: string, isWindows: boolean) =>
  isWindows ? `$env:${name} = '${host},' + $env:${name}` : `export ${name}="${host},\${${name}:-}"`;

/** Lines to `eval`: for PowerShell on Windows, for a POSIX shell elsewhere. No value holds a quote. */
export function exportsOf(door: Door, platform = process.platform): string {
  const isWindows = platform === 'win32';
  const set = Object.entries(variablesOf(door)).map(([name, value]) =>
    isWindows ? `$env:${name} = '${value}'` : `export ${name}='${value}'`,
  );
  const unset = isWindows
    ? elsewhere.map((name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`)
    : [`unset ${elsewhere.join(' ')}`];
  const direct = ['NO_PROXY', 'no_proxy'].map((name) => pastProxy(name, new URL(door.url).hostname, isWindows));
  return `${[...set, ...unset, ...direct].join('\n')}\n`;
}
