import type { ReplicationStatusType } from '../../../aws/services.ts';
import type { Terminal } from '../../../context.ts';
import { UserError } from '../../../errors.ts';

/** Says how far each replica is. Throws code `partial` where one has failed. */
export function report(terminal: Terminal, id: string, statuses: readonly ReplicationStatusType[] = []): void {
  for (const { Region, Status } of statuses) terminal.remark(`${Region}: ${Status}`);
  const failed = statuses.filter(({ Status }) => Status === 'Failed');
  if (failed.length === 0) return;
  const what = failed.map(({ Region, StatusMessage }) => `${Region}: ${StatusMessage ?? 'failed'}`).join('; ');
  throw new UserError('partial', `secret "${id}" is not replicated everywhere: ${what}`, {
    hints: [`mend what it says, then again: "latchkey secret replicate add ${id} REGION"`],
  });
}
