import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verb as retire } from '../../../src/commands/key/grant/retire.ts';
import { contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { newVault } from './latchkey.ts';

let vault: Awaited<ReturnType<typeof newVault>>;
beforeEach(async () => {
  vault = await newVault();
  await key('create', '--alias', 'app');
});
afterEach(() => vault.remove());

const key = (...argv: string[]) => vault.latchkey(['key', ...argv]);
const grantee = 'arn:aws:iam::000000000000:role/web';

async function grant(...more: string[]): Promise<{ GrantId: string; GrantToken: string }> {
  const { stdout } = await key(
    'grant',
    'create',
    'alias/app',
    '--grantee',
    grantee,
    '--operations',
    'Decrypt',
    ...more,
  );
  return JSON.parse(stdout);
}

const count = async () => JSON.parse((await key('grant', 'list', 'alias/app')).stdout).length;

describe('a grant ends', () => {
  it('revoked, after its plan', async () => {
    const { GrantId } = await grant('--name', 'web');
    const planned = await key('grant', 'revoke', 'alias/app', GrantId, '--dry-run');
    expect(planned.said).toEqual([
      expect.stringMatching(new RegExp(`^revoke grant "${GrantId}" \\(web\\) on key "[^"]+" \\(alias/app\\)$`)),
      `"${grantee}" may no longer do by it: Decrypt`,
    ]);
    expect(await count()).toBe(1);
    expect(await key('grant', 'revoke', 'alias/app', GrantId, '--yes')).toMatchObject({ exit: 0, said: [] });
    expect(await count()).toBe(0);
    expect((await key('grant', 'revoke', 'alias/app', GrantId, '--yes')).exit).toBe(3);
  });

  it('retired, by key and id', async () => {
    const { GrantId } = await grant();
    expect(await key('grant', 'retire', 'alias/app', GrantId, '--yes')).toMatchObject({ exit: 0, said: [] });
    expect(await count()).toBe(0);
  });

  it('retired, by its token', async () => {
    const { GrantToken } = await grant();
    expect(await key('grant', 'retire', '--token', GrantToken, '--yes')).toMatchObject({ exit: 0, said: [] });
    expect(await count()).toBe(0);
  });

  it('retired by somebody who may not list', async () => {
    const { kms } = await memoryClients();
    const { KeyId } = (await kms.createKey({})).KeyMetadata!;
    const { GrantId } = await kms.createGrant({ KeyId, GranteePrincipal: grantee, Operations: ['Decrypt'] });
    const { context } = contextOver({ kms: instead(kms, { listGrants: refused('AccessDeniedException') }) });
    await retire.run(context, [KeyId!, GrantId!], { yes: true });
    expect((await kms.listGrants({ KeyId })).Grants).toEqual([]);
  });
});

it('a token that is none is refused', async () => {
  const { exit, said } = await key('grant', 'retire', '--token', 'nonsense', '--yes');
  expect([exit, said[0]]).toEqual([2, expect.stringMatching(/^latchkey: error: /)]);
});
