import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import { enumeration, required, string } from '../shape.ts';
import { lookUp } from './names.ts';
import type { ParameterRow } from './rows.ts';

export interface Tag {
  Key: string;
  Value: string;
}

const mostTags = 50;

/** The members that say which resource; of those that AWS knows the vault has parameters. */
export const resource = {
  ResourceType: required(
    enumeration(
      ...(['Document', 'ManagedInstance', 'MaintenanceWindow', 'Parameter', 'PatchBaseline'] as const),
      ...(['OpsItem', 'OpsMetadata', 'Automation', 'Association'] as const),
    ),
  ),
  ResourceId: required(string()),
};

export const tagsOf = (row: ParameterRow): Tag[] => JSON.parse(row.tags);

export function findResource(
  call: Call,
  { ResourceType, ResourceId }: { ResourceType: string; ResourceId: string },
): ParameterRow {
  if (ResourceType !== 'Parameter') throw new ApiError('InvalidResourceType');
  const row = lookUp(call, ResourceId);
  if (!row) throw new ApiError('InvalidResourceId');
  return row;
}

/** The old tags and the new; where both have a key, the new value. Throws for reserved keys and beyond 50. */
export function mergeTags(before: Tag[], added: Tag[]): Tag[] {
  if (added.some(({ Key }) => /^aws:/i.test(Key))) {
    throw new ApiError('ValidationException', 'Tags beginning with aws: are reserved');
  }
  const merged = new Map([...before, ...added].map(({ Key, Value }) => [Key, Value]));
  if (merged.size > mostTags) throw new ApiError('TooManyTagsError');
  return Array.from(merged, ([Key, Value]) => ({ Key, Value }));
}
