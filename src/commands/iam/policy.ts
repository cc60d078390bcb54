import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { functionNeeds, needs } from './needs.ts';
import { type Asked, isConcerned, namesSecretTree, type Resources, resourcesOf } from './resources.ts';

interface Statement extends Resources {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string[];
}

/** The least IAM policy that lets somebody run this command line. Throws code `usage` for a verb that calls nothing. */
export async function policyFor(context: Context, asked: Asked): Promise<object> {
  const listed = asked.options.functionRole ? functionNeeds : needs[asked.verb];
  if (!listed) throw new UserError('usage', `"latchkey ${asked.verb}" needs no permission of AWS`);
  const { region } = await context.session();
  const made = listed.filter((need) => isMade(need, asked)).map((need) => need.replace(/@[^?]*/, ''));
  const calls = made.filter((need) => !need.startsWith('via:'));
  const [needed, better] = [false, true].map((is) => calls.filter((call) => call.endsWith('?') === is));
  const Statement = [
    ...statementsOf('', needed!, (service) => resourcesOf(service, asked, region)),
    ...statementsOf('ButBetterWith', better!, (service) => resourcesOf(service, asked, region)),
    ...viaStatement(made, region),
  ];
  return { Version: '2012-10-17', Statement };
}

function isMade(need: string, asked: Asked): boolean {
  if (!isConcerned(need.split(':')[0]!, asked)) return false;
  const [, given] = need.replace('?', '').split('@');
  return given === undefined || given.split('|').some((option) => isGiven(option, asked));
}

function isGiven(option: string, asked: Asked): boolean {
  const { options } = asked;
  if (option.startsWith('!')) return !isGiven(option.slice(1), asked);
  if (option === 'argument') return asked.args.length > 0;
  if (option === 'secretTree') return namesSecretTree(asked);
  if (option.startsWith('no-')) return options[option.slice(3)] === false;
  return options[option] !== undefined && options[option] !== false;
}

const titles = {
  ...{ secretsmanager: 'Secrets', ssm: 'Parameters', kms: 'Keys', sts: 'Caller' },
  ...{ lambda: 'Function', ec2: 'Network', logs: 'Logs' },
};

/**
 * Actions that IAM knows for all of a service or not at all, and ReEncryptFrom: which key a ciphertext comes from is known
 * to nobody before it is read.
 */
const everywhere =
  /:(ReEncryptFrom|ListSecrets|ListKeys|ListAliases|BatchGetSecretValue|GetRandomPassword|DescribeParameters|CreateKey|ListRetirableGrants|GenerateRandom|GetCallerIdentity)$/;

function statementsOf(prefix: string, calls: string[], resources: (service: string) => Resources): Statement[] {
  const actions = calls.map((call) => call.replace('?', ''));
  return Object.entries(titles).flatMap(([service, title]) => {
    const own = actions.filter((action) => action.startsWith(`${service}:`));
    const [general, particular] = [true, false].map((is) => own.filter((action) => everywhere.test(action) === is));
    const allow = { Effect: 'Allow' } as const;
    return [
      { Sid: `${prefix}${title}`, ...allow, Action: particular!, ...resources(service) },
      { Sid: `${prefix}${title}Everywhere`, ...allow, Action: general!, Resource: ['*'] },
    ].filter(({ Action }) => Action.length > 0);
  });
}

/** For values under a key of one's own; AWS's own keys need none of it. */
function viaStatement(made: readonly string[], region: string): Statement[] {
  const Action = [...new Set(made.filter((need) => need.startsWith('via:')))].map((need) => need.replace('via', 'kms'));
  const services = ['secretsmanager', 'ssm'].filter((service) => made.some((need) => need.startsWith(`${service}:`)));
  if (Action.length === 0) return [];
  const Condition = {
    StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) },
  };
  return [{ Sid: 'KeysOfYourOwn', Effect: 'Allow', Action, Resource: [`arn:aws:kms:${region}:*:key/*`], Condition }];
}
