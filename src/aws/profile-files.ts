import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../errors.ts';
import type { Environment } from '../surroundings.ts';
import { homeFolder } from './places.ts';

/** The settings of one profile, by their names in `~/.aws/config` and `~/.aws/credentials`. */
export type Profile = Readonly<Record<string, string>>;

/** The profile that is named, or `default`. Throws code `not-found` for a name that neither file has. */
export async function readProfile(
  name: string | undefined,
  environment: Environment,
  wanted: boolean,
): Promise<Profile> {
  if (!wanted) return {};
  const sections = profilesIn(environment);
  const found = sections.get(name ?? 'default');
  if (found || name === undefined) return found ?? {};
  const names = [...sections.keys()].map((one) => `"${one}"`).join(', ');
  throw new UserError('not-found', `there is no profile "${name}"`, {
    hints: [names ? `there is ${names}` : 'there are no profiles: make one with "aws configure sso"'],
  });
}

/** Of all profiles that either file has. */
export const profileNames = (environment: Environment): string[] => [...profilesIn(environment).keys()];

function profilesIn(environment: Environment): Map<string, Profile> {
  const sections = new Map<string, Profile>();
  for (const [file, prefix] of filesOf(environment)) {
    for (const [title, settings] of parseIni(readText(file))) {
      const profile = title === 'default' ? title : afterPrefix(title, prefix);
      if (profile !== undefined) sections.set(profile, { ...sections.get(profile), ...settings });
    }
  }
  return sections;
}

/** The credentials file comes second: where both have a setting, it wins. */
function filesOf(environment: Environment): [file: string, prefix: string][] {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = environment;
  const inHome = (name: string) => path.join(homeFolder(environment, 'AWS_CONFIG_FILE'), '.aws', name);
  return [
    [AWS_CONFIG_FILE || inHome('config'), 'profile '],
    [AWS_SHARED_CREDENTIALS_FILE || inHome('credentials'), ''],
  ];
}

const afterPrefix = (title: string, prefix: string) =>
  title.startsWith(prefix) ? title.slice(prefix.length).trim() : undefined;

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code!)) return '';
    throw new UserError('denied', `"${file}" cannot be read`, { cause });
  }
}

/** Sections of `name = value` lines; `#` and `;` begin comments; indented lines belong to the setting above and are left out. */
function parseIni(text: string): Map<string, Profile> {
  const sections = new Map<string, Record<string, string>>();
  let here: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const title = /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim();
    const setting = /^([^\s#;=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (title) {
      here = sections.get(title) ?? {};
      sections.set(title, here);
    } else if (setting) {
      here[setting[1]!.toLowerCase()] = setting[2]!.replace(/\s[#;].*$/, '');
    }
  }
  return sections;
}
