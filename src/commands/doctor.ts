import { explain } from '../aws/errors.ts';
import type { AwsSession, Session } from '../aws/session.ts';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../output/list.ts';
import { version } from '../version.ts';
import { sqliteVersion } from './vault/sqlite-version.ts';
import type { Verb } from './verb.ts';

/** What one check found. */
interface Finding {
  Check: string;
  Result: 'ok' | 'problem';
  Detail: string;
  Hints?: string[];
}

/** Milliseconds that the endpoint is given to say who we are. */
const patience = 5000;
const oldestNode = [20, 19] as const;

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command).addHelpText(
      'after',
      '\nPrints no secret. Exit 1 where a check finds something.\n\nExample:\n  latchkey doctor --profile prod',
    ),

  async run(context, _args, options) {
    const findings = await findAll(context);
    await writeList(context.terminal, { columns: ['Check', 'Result', 'Detail'], items: findings }, options);
    for (const { Check, Hints = [] } of findings) {
      for (const hint of Hints) context.terminal.remark(`${Check}: ${hint}`);
    }
    return findings.some(({ Result }) => Result === 'problem') ? 1 : 0;
  },
};

async function findAll(context: Context): Promise<Finding[]> {
  const ours = [ok('latchkey', version), node(process.versions.node)];
  const resolving = context.session();
  const session = await check('session', async () => placeOf(await resolving));
  if (session.Result === 'problem') return [...ours, session];
  const where = await resolving;
  const means =
    where.kind === 'vault' ? await check('sqlite', async () => sqliteVersion()) : ok('credentials', sourceOf(where));
  return [...ours, session, means, await check('identity', () => whoAmI(context))];
}

const ok = (name: string, detail: string): Finding => ({ Check: name, Result: 'ok', Detail: detail });

async function check(name: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return ok(name, await look());
  } catch (error) {
    const known = error instanceof UserError ? error : explain(error);
    if (!known) throw error;
    return { Check: name, Result: 'problem', Detail: known.message, Hints: known.hints };
  }
}

/** Exported for its test: no test can change the Node it runs on. */
export function node(running: string): Finding {
  const [major = 0, minor = 0] = running.split('.').map(Number);
  const [oldest, minorOfOldest] = oldestNode;
  if (major > oldest || (major === oldest && minor >= minorOfOldest)) return ok('node', running);
  const wanted = oldestNode.join('.');
  return { Check: 'node', Result: 'problem', Detail: running, Hints: [`latchkey needs Node ${wanted} or later`] };
}

function placeOf(session: Session): string {
  const chosen = `chosen by ${session.chosenBy}`;
  if (session.kind === 'vault') return `the vault "${session.file}", Region ${session.region}, ${chosen}`;
  const urls = [...new Set(Object.values(session.endpoints))];
  const parts = [
    ...(urls.length > 0 ? urls : ['AWS']),
    `Region ${session.region}`,
    ...(session.profile ? [`profile "${session.profile}"`] : []),
    ...(session.fips ? ['FIPS endpoints'] : []),
    chosen,
  ];
  return parts.join(', ');
}

function sourceOf({ credentials: source }: AwsSession): string {
  switch (source.kind) {
    case 'static':
      return `an access key from the ${source.from}`;
    case 'typed':
      return 'the access key of the command line';
    case 'role':
      return `role "${source.arn}"`;
    case 'chain':
      return 'what the AWS SDK finds: SSO, a process, web identity, a container, an instance';
  }
}

/** Also whether the place can be reached and lets us in. */
async function whoAmI(context: Context): Promise<string> {
  const { sts } = await context.clients();
  const { Arn } = await within(patience, sts.getCallerIdentity({}));
  return Arn ?? 'nobody';
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(notInTime(milliseconds)), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const notInTime = (milliseconds: number) =>
  new UserError('unreachable', `no answer within ${milliseconds / 1000} seconds`, {
    hints: ['look at the network, at HTTPS_PROXY, and at the endpoint'],
  });
