import type { ParameterHistory, Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { ParameterReference } from '../../reference/kinds.ts';
import { everyItem } from '../pages.ts';

/** Every version that there still is, the oldest first. */
export const everyVersion = (ssm: Ssm, terminal: Terminal, Name: string, WithDecryption: boolean) =>
  everyItem(
    terminal,
    (NextToken) => ssm.getParameterHistory({ Name, WithDecryption, MaxResults: 50, NextToken }),
    (page) => page.Parameters,
  );

/** A parameter, or one version of it by its number. Throws code `usage` for a tree, a key or a label. */
export function requireNumber({ where, name, version, key, tree }: ParameterReference, text: string) {
  const number = version === undefined ? undefined : Number(version);
  if (!tree && key === undefined && (number === undefined || Number.isSafeInteger(number))) {
    return { where, name, version: number };
  }
  throw new UserError('usage', `expected a parameter, or NAME:VERSION, got "${text}"`);
}

/** The version that has this number or this label. Throws code `not-found`, with the labels there are. */
export function versionOf(versions: readonly ParameterHistory[], selector: string, name: string): ParameterHistory {
  const found = versions.find(({ Version, Labels = [] }) => String(Version) === selector || Labels.includes(selector));
  if (found) return found;
  const labels = versions.flatMap(({ Labels = [] }) => Labels);
  const numbers = `versions ${versions[0]?.Version} to ${versions.at(-1)?.Version}`;
  throw new UserError('not-found', `parameter "${name}" has no version "${selector}"`, {
    hints: [`it has ${[numbers, ...labels.map((label) => `"${label}"`)].join(', ')}`],
  });
}
