import type { SessionFlags } from '../../../aws/session.ts';
import { UserError } from '../../../errors.ts';

export interface Options extends SessionFlags {
  port: number;
  account?: string;
  ephemeral?: boolean;
  allowUnsigned?: boolean;
  printEnv?: boolean;
  exec?: boolean;
  resetPath?: string;
}

export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw new UserError('usage', `expected a port, 0 to 65535, got "${text}"`);
}

export function readPath(text: string): string {
  if (/^\/[\w/.-]+$/.test(text)) return text;
  throw new UserError('usage', `expected a path like /reset, got "${text}"`);
}

export function checkTogether(command: string[], { exec, ephemeral, account, resetPath }: Options): void {
  if (exec && command.length === 0) {
    throw new UserError('usage', '--exec needs a command', { hints: ['latchkey vault serve --exec -- npm test'] });
  }
  if (!exec && command.length > 0) {
    throw new UserError('usage', `a command is run only with --exec: "${command[0]}"`);
  }
  if (ephemeral) return;
  if (resetPath) {
    throw new UserError('usage', '--reset-path would empty a vault that is kept', { hints: ['add --ephemeral'] });
  }
  if (account) {
    throw new UserError('usage', 'a vault that is kept has its account already', {
      hints: ['see it with "latchkey vault info"', 'or add --ephemeral'],
    });
  }
}
