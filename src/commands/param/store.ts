import type { PutParameterRequest, Ssm } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import type { Tag } from '../tags.ts';
import { explainSize } from './parameter-value.ts';

/** PutParameter, whose refusal of a size names the tier that holds it. */
export const putParameter = (ssm: Ssm, request: PutParameterRequest) =>
  ssm.putParameter(request).catch((error: Error) => {
    throw explainSize(error, request.Value!);
  });

/** Writes a new version over what is there; AWS refuses tags together with that, so they follow. Returns the version. */
export async function overwrite(ssm: Ssm, request: PutParameterRequest, tags?: Tag[]): Promise<number> {
  const { Version } = await putParameter(ssm, { ...request, Overwrite: true });
  if (!tags || tags.length === 0) return Version!;
  const tagging = { ResourceType: 'Parameter', ResourceId: request.Name, Tags: tags } as const;
  await ssm.addTagsToResource(tagging).catch((cause: Error) => {
    const message = `version ${Version} of parameter "${request.Name}" is stored, but not its tags: ${cause.message}`;
    throw new UserError('partial', message, { cause });
  });
  return Version!;
}

/**
 * Writes over one version and no other. There is no compare and set here: most lost races are seen before the write, the
 * others only by the new version's number. Throws code `conflict` for both.
 */
export async function replace(
  ssm: Ssm,
  request: PutParameterRequest,
  { ifVersion, tags }: { ifVersion: number; tags?: Tag[] },
): Promise<number> {
  const { Parameter } = await ssm.getParameter({ Name: request.Name });
  if (Parameter?.Version !== ifVersion) {
    const message = `parameter "${request.Name}" has moved on: expected version ${ifVersion}, and it is at ${Parameter?.Version}`;
    throw new UserError('conflict', message, {
      hints: [`nothing was changed; see "latchkey param history ${request.Name}"`],
    });
  }
  return overwriteVersion(ssm, request, { ifVersion, tags });
}

/** Writes over the version that was seen last. Throws code `conflict` where the new one's number shows a lost race. */
export async function overwriteVersion(
  ssm: Ssm,
  request: PutParameterRequest,
  { ifVersion, tags }: { ifVersion: number; tags?: Tag[] },
): Promise<number> {
  const version = await overwrite(ssm, request, tags);
  if (version === ifVersion + 1 || (await isOurOwn(ssm, request, version - 1))) return version;
  const message = `parameter "${request.Name}" was written by someone else meanwhile: this is version ${version}, expected ${ifVersion + 1}`;
  throw new UserError('conflict', message, {
    hints: [`this value is the current one now; see theirs with "latchkey param get ${request.Name}:${version - 1}"`],
  });
}

/** Whether the version before is the same: a request whose answer was lost is sent twice, and stored twice. */
async function isOurOwn(ssm: Ssm, { Name, Value }: PutParameterRequest, version: number): Promise<boolean> {
  const asked = { Name: `${Name}:${version}`, WithDecryption: true };
  const found = await ssm.getParameter(asked).catch(() => undefined);
  return found?.Parameter?.Value === Value;
}

/** A new parameter. Where there is one of its name, it is to hold the same: a request may have been sent twice. */
export async function createParameter(ssm: Ssm, request: PutParameterRequest): Promise<void> {
  try {
    await putParameter(ssm, request);
  } catch (cause) {
    if ((cause as Error).name !== 'ParameterAlreadyExists') throw cause;
    const found = await ssm.getParameter({ Name: request.Name, WithDecryption: true }).catch(() => undefined);
    if (found?.Parameter?.Value === request.Value) return;
    throw new UserError('conflict', `parameter "${request.Name}" exists already`, {
      hints: ['it was left as it is; run it again to see what is different now'],
      cause,
    });
  }
}
