import type { PutParameterRequest, Ssm } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addPlanOptions, confirmPlan, type PlanOptions } from '../../input/plan.ts';
import type { ParameterReference } from '../../reference/kinds.ts';
import { parseParameter } from '../../reference/reference.ts';
import { doEach } from '../fates.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Tag } from '../tags.ts';
import type { Verb } from '../verb.ts';
import { policiesText } from './policies.ts';
import { describeTree, readParameters, readTree } from './read-parameters.ts';
import { overwrite, putParameter } from './store.ts';

interface Options extends PlanOptions {
  overwrite?: boolean;
  kmsKey?: string;
}

const words = `
One parameter, or all below a path: values, types, descriptions, patterns, tiers and tags. Between paths, and between
Regions, profiles, the vault and AWS, which stand in front of the names. Run again it writes only what is missing or
different.

Examples:
  latchkey param copy /prod/app/url /test/app/url
  latchkey param copy profile=prod:param:/app/ vault:param:/app/ --overwrite`;

export const verb: Verb<Options> = {
  words: (command) =>
    addPlanOptions(command)
      .argument('<from>', 'a parameter, or a path that ends with a slash')
      .argument('<to>', 'a name, or a path that ends with a slash')
      .option('--overwrite', 'where there is another value already')
      .option('--kms-key <key>', 'the key that encrypts SecureStrings there (default: alias/aws/ssm)')
      .addHelpText('after', words),

  async run(context, [one, other], options) {
    const [from, to] = [parseParameter(one!), parseParameter(other!)];
    requireAlike(from, to);
    const target = (await context.clients(to.where)).ssm;
    const copies = await copiesOf(context, from, to);
    const { found } = await readParameters(
      target,
      copies.map(({ request }) => request.Name!),
    );
    const states = copies.map((copy) => ({ ...copy, state: stateOf(copy, found) }));
    const items = states.filter(({ state }) => state !== 'same');
    const different = items.filter(({ state }) => state === 'different');
    if (different.length > 0 && !options.overwrite) throw taken(different.map(({ request }) => request.Name!));
    if (items.length === 0) {
      context.terminal.remark('all of it is there already');
      return undefined;
    }
    const lines = items.map(
      ({ source, request, state }) => `${state === 'new' ? 'copy' : 'overwrite'} "${source}" to "${request.Name}"`,
    );
    const yes = options.yes || (items.length === 1 && different.length === 0);
    if (!(await confirmPlan(context, { lines, question: `Copy ${items.length}?` }, { ...options, yes })))
      return undefined;
    await doEach(context.terminal, {
      items,
      said: ({ request }) => `"${request.Name}"`,
      work: ({ request, tags }) => put(target, { ...request, KeyId: keyFor(request, options) }, tags),
    });
    context.terminal.remark(`copied ${items.length}; ${copies.length - items.length} were there already`);
    return undefined;
  },
};

function requireAlike(from: ParameterReference, to: ParameterReference): void {
  if (from.tree === to.tree && to.version === undefined && from.key === undefined && to.key === undefined) return;
  throw new UserError('usage', 'expected two names, or two paths that end with a slash', {
    hints: ['latchkey param copy /prod/app/ /test/app/'],
  });
}

interface Copy {
  readonly source: string;
  readonly request: PutParameterRequest;
  readonly tags: Tag[];
}

async function copiesOf(context: Context, from: ParameterReference, to: ParameterReference): Promise<Copy[]> {
  const { ssm } = await context.clients(from.where);
  const { terminal } = context;
  const [values, details] = from.tree
    ? await Promise.all([
        readTree(ssm, terminal, { path: from.name }),
        describeTree(ssm, terminal, { path: from.name }),
      ])
    : await one(ssm, from);
  if (values.length === 0) throw new UserError('not-found', `there is no parameter below "${from.name}"`);
  return sideBySide(values, async ({ Name, Value, Type, DataType }) => {
    const known = details.find((one) => one.Name === Name);
    const { TagList = [] } = await ssm.listTagsForResource({ ResourceType: 'Parameter', ResourceId: Name });
    const { Description, AllowedPattern, Tier, Policies } = known ?? {};
    const request = {
      ...{ Name: from.tree ? to.name + Name!.slice(from.name.length) : to.name, Value, Type, DataType },
      ...{ Description, AllowedPattern, Tier: Tier === 'Advanced' ? Tier : undefined },
      Policies: policiesText(Policies),
    };
    return { source: Name!, request, tags: TagList as Tag[] };
  });
}

async function one(ssm: Ssm, { name, version }: ParameterReference) {
  const { Parameter } = await ssm.getParameter({ Name: version ? `${name}:${version}` : name, WithDecryption: true });
  const filter = { Key: 'Name', Option: 'Equals', Values: [Parameter!.Name!] };
  const { Parameters = [] } = await ssm.describeParameters({ ParameterFilters: [filter] });
  return [[Parameter!], Parameters] as const;
}

type There = Awaited<ReturnType<typeof readParameters>>['found'];

function stateOf({ request }: Copy, there: There): 'new' | 'same' | 'different' {
  const found = there.find(({ Name }) => Name === request.Name);
  if (!found) return 'new';
  return found.Value === request.Value && found.Type === request.Type ? 'same' : 'different';
}

/** A key of one place is no key of another, so it is not copied. */
const keyFor = ({ Type }: PutParameterRequest, { kmsKey }: Options) => (Type === 'SecureString' ? kmsKey : undefined);

async function put(ssm: Ssm, request: PutParameterRequest, tags: Tag[]): Promise<void> {
  try {
    await putParameter(ssm, { ...request, Tags: tags.length > 0 ? tags : undefined });
  } catch (error) {
    if ((error as Error).name !== 'ParameterAlreadyExists') throw error;
    await overwrite(ssm, request, tags);
  }
}

const taken = (names: readonly string[]) =>
  new UserError('conflict', `another value is there already: ${names.map((name) => `"${name}"`).join(', ')}`, {
    hints: ['nothing was copied; to write over it: --overwrite'],
  });
