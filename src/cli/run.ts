import type { Clients } from '../aws/services.ts';
import type { SessionFlags, Where } from '../aws/session.ts';
import type { Clock, Context, Environment, Terminal } from '../context.ts';
import { type Call, parse } from './program.ts';
import { report } from './report.ts';

/** One command, from its words to its exit code. Catches everything. */
export async function run(
  argv: readonly string[],
  terminal: Terminal,
  environment: Environment,
  clock: Clock = () => new Date(),
): Promise<number> {
  const opened: Clients[] = [];
  try {
    if (argv[0] === '__complete')
      return await writeCompletions(argv.slice(1), { terminal, environment, clock }, opened);
    const request = await parse(argv);
    if ('text' in request) {
      await terminal.write(request.text);
      return 0;
    }
    const context = contextOf({ terminal, environment, clock }, request.options, opened);
    if (request.options.showPolicy) return await showPolicy(context, request);
    return (await request.verb.run(context, request.args, request.options)) ?? 0;
  } catch (error) {
    return report(error, terminal, Boolean(environment.LATCHKEY_DEBUG));
  } finally {
    for (const clients of opened) clients.close();
  }
}

/** Milliseconds that somebody at TAB is kept waiting. */
const mostWait = 3000;

async function writeCompletions(words: readonly string[], given: Given, opened: Clients[]): Promise<number> {
  const { complete } = await import('./complete.ts');
  const found = complete(words, (flags) => contextOf(given, flags, opened)).catch(() => []);
  const late = new Promise<string[]>((resolve) => setTimeout(resolve, mostWait, []).unref());
  const lines = await Promise.race([found, late]);
  await given.terminal.write(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

/** Who may run it, instead of running it. */
async function showPolicy(context: Context, { path, verb, args, options }: Call): Promise<number> {
  const { policyFor } = await import('../commands/iam/policy.ts');
  const elsewhere = await verb.elsewhere?.(context, args, options);
  const policy = await policyFor(context, { verb: path.join(' '), args, options, elsewhere });
  await context.terminal.write(`${JSON.stringify(policy, null, 2)}\n`);
  return 0;
}

type Options = SessionFlags & { showCalls?: boolean };
type Given = Pick<Context, 'terminal' | 'environment' | 'clock'>;

function contextOf(given: Given, options: Options, opened: Clients[]): Context {
  const known = new Map<string, Promise<Clients>>();

  async function session(where?: Where) {
    const { resolveSession } = await import('../aws/session.ts');
    return resolveSession(options, given.environment, where);
  }

  async function open(where?: Where): Promise<Clients> {
    const { clientsOf } = await import('../aws/clients.ts');
    const clients = await clientsOf(await session(where), given);
    opened.push(clients);
    if (!options.showCalls) return clients;
    const { sayingCalls } = await import('./show-calls.ts');
    return sayingCalls(clients, given.terminal);
  }

  function clients(where: Where = {}): Promise<Clients> {
    const place = JSON.stringify([where.vault, where.profile, where.region]);
    if (!known.has(place)) known.set(place, open(where));
    return known.get(place)!;
  }

  return { ...given, session: () => session(), clients };
}
