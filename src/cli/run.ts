import type { Clients } from '../aws/services.ts';
import type { SessionFlags, Where } from '../aws/session.ts';
import type { Clock, Context, Environment, Terminal } from '../context.ts';
import { parse } from './program.ts';
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
    const request = await parse(argv);
    if ('text' in request) {
      await terminal.write(request.text);
      return 0;
    }
    const context = contextOf({ terminal, environment, clock }, request.options, opened);
    return (await request.verb.run(context, request.args, request.options)) ?? 0;
  } catch (error) {
    return report(error, terminal, Boolean(environment.LATCHKEY_DEBUG));
  } finally {
    for (const clients of opened) clients.close();
  }
}

type Given = Pick<Context, 'terminal' | 'environment' | 'clock'>;

function contextOf(given: Given, flags: SessionFlags, opened: Clients[]): Context {
  const known = new Map<string, Promise<Clients>>();

  async function session(where?: Where) {
    const { resolveSession } = await import('../aws/session.ts');
    return resolveSession(flags, given.environment, where);
  }

  async function open(where?: Where): Promise<Clients> {
    const { clientsOf } = await import('../aws/clients.ts');
    const clients = await clientsOf(await session(where), given);
    opened.push(clients);
    return clients;
  }

  function clients(where: Where = {}): Promise<Clients> {
    const place = JSON.stringify([where.vault, where.profile, where.region]);
    if (!known.has(place)) known.set(place, open(where));
    return known.get(place)!;
  }

  return { ...given, session: () => session(), clients };
}
