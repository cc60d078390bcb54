import type { Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import type { ParameterReference } from '../../reference/kinds.ts';
import { policiesText } from '../param/policies.ts';
import { describeTree } from '../param/read-parameters.ts';
import { sideBySide } from '../side-by-side.ts';
import { fromList } from '../tag/tags-of.ts';
import type { Details, DetailsByName } from './details.ts';
import { ownKey, tagDetails } from './secret-details.ts';

type Described = Awaited<ReturnType<typeof describeTree>>[number];

/** Of one parameter, or of all below a path. */
export async function parameterDetails(
  terminal: Terminal,
  ssm: Ssm,
  { name, tree }: ParameterReference,
): Promise<DetailsByName> {
  const found = tree ? await describeTree(ssm, terminal, { path: name }) : await describe(ssm, name);
  const details = await sideBySide(found, (one) => detailsOf(ssm, one).catch((error: Error) => error));
  return new Map(found.map(({ Name }, index) => [tree ? Name!.slice(name.length) : '', details[index]!]));
}

async function describe(ssm: Ssm, name: string): Promise<Described[]> {
  // DescribeParameters knows no ARNs.
  const { Parameter } = await ssm.getParameter({ Name: name });
  const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [Parameter!.Name!] }];
  return (await ssm.describeParameters({ ParameterFilters })).Parameters ?? [];
}

async function detailsOf(ssm: Ssm, { Name, Policies, ...known }: Described): Promise<Details> {
  const { TagList } = await ssm.listTagsForResource({ ResourceType: 'Parameter', ResourceId: Name });
  return {
    ...{ description: known.Description || undefined, key: ownKey(known.KeyId), type: known.Type, tier: known.Tier },
    ...{ 'data type': known.DataType, pattern: known.AllowedPattern || undefined, policies: policiesText(Policies) },
    ...tagDetails(fromList(TagList)),
  };
}
