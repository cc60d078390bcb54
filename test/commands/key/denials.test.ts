import { beforeEach, describe, expect, it } from 'vitest';
import type { Kms } from '../../../src/aws/services.ts';
import { verb as explain } from '../../../src/commands/key/explain.ts';
import { verb as list } from '../../../src/commands/key/list.ts';
import { contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';

let kms: Kms;
let id: string;
beforeEach(async () => {
  ({ kms } = await memoryClients());
  id = (await kms.createKey({ Description: 'mine' })).KeyMetadata!.KeyId!;
});

const denied = refused('AccessDeniedException');

describe('what may not be asked is left out', () => {
  it('list names a key that it may not describe', async () => {
    const { context, terminal } = contextOver({ kms: instead(kms, { describeKey: denied }) });
    await list.run(context, [], { output: 'json' });
    const [key] = JSON.parse(terminal.stdout);
    expect([key.KeyId, key.KeySpec, key.Aliases]).toEqual([id, undefined, []]);
  });

  it('list fails for another reason than that', async () => {
    const { context } = contextOver({ kms: instead(kms, { describeKey: refused('ThrottlingException') }) });
    await expect(list.run(context, [], {})).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('explain goes without names', async () => {
    const { context, terminal } = contextOver({ kms: instead(kms, { listAliases: denied }) });
    expect(await explain.run(context, [id], { output: 'json' })).toBe(0);
    expect(JSON.parse(terminal.stdout)).toMatchObject({ Is: 'a symmetric key (AES-256-GCM)', Usable: true });
  });

  it('but a key that may not be described is not explained', async () => {
    const { context } = contextOver({ kms: instead(kms, { describeKey: denied }) });
    await expect(explain.run(context, [id], {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
