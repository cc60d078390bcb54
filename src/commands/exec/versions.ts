import fs from 'node:fs';
import type { Clients, Ssm } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import {
  isSecretTree,
  type ParameterReference,
  parseReference,
  type SecretReference,
} from '../../reference/reference.ts';
import { listBelow } from '../entries/secret-tree.ts';
import { selectorName } from '../param/whole.ts';
import { sideBySide } from '../side-by-side.ts';

/**
 * Which versions references name now, as text to compare: another text means other values. No value is asked for, and no
 * key is used.
 */
export async function versionsOf(context: Context, references: readonly string[]): Promise<string> {
  const found = await sideBySide([...new Set(references)], (reference) => versionOf(context, reference));
  return JSON.stringify(found);
}

async function versionOf(context: Context, source: string): Promise<unknown> {
  const reference = parseReference(source);
  if (reference.kind === 'file') {
    const { mtimeMs, size } = fs.statSync(reference.path);
    return [mtimeMs, size];
  }
  if (reference.kind !== 'secret' && reference.kind !== 'param') return undefined;
  const clients = await context.clients(reference.where);
  return reference.kind === 'secret' ? ofSecret(context, clients, reference) : ofParameter(clients, reference);
}

async function ofSecret({ terminal }: Context, { secretsManager }: Clients, reference: SecretReference) {
  const { id, stage = 'AWSCURRENT', versionId } = reference;
  if (isSecretTree(reference)) {
    const below = await listBelow({ ...terminal, remark: () => {} }, secretsManager, id);
    return below.map(({ Name, SecretVersionsToStages }) => [Name, versionAt(SecretVersionsToStages, stage)]).sort();
  }
  if (versionId) return versionId;
  const { VersionIdsToStages } = await secretsManager.describeSecret({ SecretId: id });
  return versionAt(VersionIdsToStages, stage);
}

const versionAt = (versions: Readonly<Record<string, string[]>> = {}, stage: string) =>
  Object.keys(versions).find((version) => versions[version]!.includes(stage));

async function ofParameter({ ssm }: Clients, reference: ParameterReference): Promise<unknown> {
  if (reference.tree) return ofTree(ssm, reference.name.replace(/(?<=.)\/+$/, ''));
  const { Parameter } = await ssm.getParameter({ Name: selectorName(reference), WithDecryption: false });
  return Parameter!.Version;
}

async function ofTree(ssm: Ssm, Path: string): Promise<unknown> {
  const found: unknown[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await ssm.getParametersByPath({ Path, Recursive: true, WithDecryption: false, NextToken });
    found.push(...(page.Parameters ?? []).map(({ Name, Version }) => [Name, Version]));
    NextToken = page.NextToken;
  } while (NextToken);
  return found.sort();
}
