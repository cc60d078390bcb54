import type { ParameterHistory, SecretsManager, Ssm } from '../../aws/services.ts';
import type { Where } from '../../aws/session.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { everyItem } from '../pages.ts';
import type { Tag } from '../tags.ts';
import { policiesAhead } from './policies.ts';
import { everyVersion } from './versions.ts';

/** A parameter as it was: its versions, the oldest first, and its tags. */
interface Copy {
  readonly versions: readonly KeptVersion[];
  readonly tags: readonly Tag[];
}

const described = ['Type', 'Tier', 'KeyId', 'Description', 'AllowedPattern', 'DataType', 'Policies'] as const;
const kept = ['Value', 'Labels', ...described] as const;
type KeptVersion = Pick<ParameterHistory, (typeof kept)[number]>;

/** Bytes that a secret holds, less what JSON puts around values. */
const room = 60_000;

/*
 * A copy is a secret of the local vault that waits for its deletion from the start: while its recovery window lasts it
 * can be brought back, and then it goes by itself.
 */
const folderOf = (region: string, name: string) => `latchkey-undo/param/${region}/${name.replace(/^\//, '')}/`;

interface Kept {
  readonly ssm: Ssm;
  readonly where?: Where;
  readonly names: readonly string[];
  readonly days: number;
}

/** Seals a copy of each parameter in the vault, before anything is deleted. Throws where there is no vault, or one is missing. */
export async function keepCopies(context: Context, { ssm, where, names, days }: Kept): Promise<void> {
  const { secretsManager } = await context.clients({ vault: true });
  const region = await regionOf(context, where);
  const copies: [name: string, copy: Copy][] = [];
  for (const name of names) copies.push([name, await copyOf(context, ssm, name)]);
  for (const [name, copy] of copies) {
    const Name = `${folderOf(region, name)}${context.clock().getTime()}`;
    const SecretString = JSON.stringify(copy);
    await secretsManager.createSecret({ Name, SecretString, Description: `parameter "${name}", deleted` });
    await secretsManager.deleteSecret({ SecretId: Name, RecoveryWindowInDays: days });
  }
}

const regionOf = async (context: Context, where: Where | undefined): Promise<string> =>
  where?.region ?? (await context.session()).region;

async function copyOf(context: Context, ssm: Ssm, name: string): Promise<Copy> {
  const all = await everyVersion(ssm, context.terminal, name, true);
  const { TagList = [] } = await ssm.listTagsForResource({ ResourceType: 'Parameter', ResourceId: name });
  const versions: KeptVersion[] = [];
  let size = 0;
  for (const version of all.toReversed()) {
    const one = Object.fromEntries(kept.map((member) => [member, version[member]])) as KeptVersion;
    size += Buffer.byteLength(JSON.stringify(one));
    if (size > room) break;
    versions.unshift(one);
  }
  return { versions, tags: TagList as Tag[] };
}

/** The newest copy of a deleted parameter, and how it is forgotten once it is back. Throws code `not-found`. */
export async function findCopy(
  context: Context,
  { name, where }: { name: string; where?: Where },
): Promise<{ copy: Copy; forget(): Promise<unknown> }> {
  const { secretsManager } = await context.clients({ vault: true });
  const region = await regionOf(context, where);
  const Name = await newestCopy(context, secretsManager, folderOf(region, name));
  if (!Name) {
    throw new UserError('not-found', `there is no copy of parameter "${name}" in the vault`, {
      hints: ['one is kept by "latchkey param delete NAME --keep-undo DAYS", for so many days'],
    });
  }
  const SecretId = Name;
  await secretsManager.restoreSecret({ SecretId });
  const { SecretString } = await secretsManager.getSecretValue({ SecretId });
  await secretsManager.deleteSecret({ SecretId, RecoveryWindowInDays: 7 });
  const forget = () => secretsManager.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
  return { copy: JSON.parse(SecretString!) as Copy, forget };
}

async function newestCopy(context: Context, client: SecretsManager, folder: string): Promise<string | undefined> {
  const found = await everyItem(
    context.terminal,
    (NextToken) =>
      client.listSecrets({
        ...{ NextToken, MaxResults: 100, IncludePlannedDeletion: true },
        Filters: [{ Key: 'name', Values: [folder] }],
      }),
    (page) => page.SecretList,
  );
  const names = found.map(({ Name }) => Name!).filter((name) => /^\d+$/.test(name.slice(folder.length)));
  return names.sort().at(-1);
}

/** Stores what a copy holds as a new parameter, version for version: all of them, or nothing stays. */
export async function putBack(context: Context, ssm: Ssm, name: string, copy: Copy): Promise<number> {
  let version = 0;
  try {
    for (const one of copy.versions) {
      version = await putVersion(context, ssm, { name, version: one, before: version, copy });
      const { Labels = [] } = one;
      if (Labels.length > 0) await ssm.labelParameterVersion({ Name: name, ParameterVersion: version, Labels });
    }
    return version;
  } catch (error) {
    if (version > 0) await takeAway(ssm, name, version);
    throw error;
  }
}

const takeAway = (ssm: Ssm, Name: string, version: number) =>
  ssm.deleteParameter({ Name }).catch((cause: Error) => {
    const message = `parameter "${Name}" is back only to its version ${version}, and cannot be deleted: ${cause.message || cause.name}`;
    throw new UserError('partial', message, {
      hints: [`the copy is still there: delete the parameter, then "latchkey param restore ${Name}"`],
      cause,
    });
  });

interface Next {
  readonly name: string;
  readonly version: KeptVersion;
  /** The number of the version before it; 0 for the first. */
  readonly before: number;
  readonly copy: Copy;
}

async function putVersion(context: Context, ssm: Ssm, { name, version, before, copy }: Next): Promise<number> {
  const { Labels: _, Policies, Value, ...details } = version;
  const isNewest = version === copy.versions.at(-1);
  const { Version } = await ssm.putParameter({
    ...{ Name: name, Value: Value!, ...details, Overwrite: before > 0 },
    Tags: before === 0 && copy.tags.length > 0 ? [...copy.tags] : undefined,
    Policies: isNewest ? policiesAhead(Policies, context.clock()) : undefined,
  });
  return Version!;
}
