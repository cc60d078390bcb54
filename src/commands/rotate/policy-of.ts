import type { SecretsManager } from '../../aws/services.ts';
import { UserError } from '../../errors.ts';
import { decodePolicy, policyTag } from '../../rotation/password-policy.ts';
import type { PasswordRules } from '../../rotation/rotator.ts';

/** What a secret's tag says; nothing where it has none. Throws code `usage` for one that holds no policy. */
export async function policyOf(client: SecretsManager, SecretId: string): Promise<PasswordRules> {
  const { Name, Tags = [] } = await client.describeSecret({ SecretId });
  const tag = Tags.find(({ Key }) => Key === policyTag)?.Value;
  const rules = tag === undefined ? {} : decodePolicy(tag);
  if (rules) return rules;
  throw new UserError('usage', `the tag "${policyTag}" of secret "${Name}" holds no policy for passwords`, {
    hints: [`write it again: "latchkey rotate policy ${Name} --length 32"`],
  });
}
