import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { operations as kms } from '../../src/vault/kms/operations.ts';
import { algorithmsOf, type KeySpec, specs, unsupportedSpecs } from '../../src/vault/kms/specs.ts';
import { operations as secretsManager } from '../../src/vault/secretsmanager/operations.ts';
import { operations as ssm } from '../../src/vault/ssm/operations.ts';
import { operations as sts } from '../../src/vault/sts/operations.ts';

const readme = fs.readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
const registries = { secretsmanager: secretsManager, ssm, kms, sts };

/** README's tables are in the order of the registries. */
const tables = readme.split('### Operations')[1]!.split('\n## ')[0]!.split('|---|---|---|').slice(1);
const marked = (index: number) => [...tables[index]!.matchAll(/✓ (\w+)/g)].map(([, name]) => name!);

it.each(Object.entries(registries).map(([service, registry], index) => [service, registry, index] as const))(
  'README marks what the vault answers, and tests call it: %s',
  (service, registry, index) => {
    const supported = Object.keys(registry);
    expect(marked(index)).toEqual(supported.toSorted());
    const folder = path.join(import.meta.dirname, service);
    const tests = fs.readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const text = tests.map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n');
    const untested = supported.filter((name) => !text.includes(`.${name.charAt(0).toLowerCase()}${name.slice(1)}(`));
    expect(untested).toEqual([]);
  },
);

/** What `kms/specs.test.ts` makes, one by one, and `kms/openssl.test.ts` uses. */
it('README marks every kind of key that the vault makes, and names those that it does not', () => {
  const made = Object.entries(specs).flatMap(([spec, { usages }]) =>
    usages.map((usage) => {
      const algorithms = Object.values(algorithmsOf(spec as KeySpec, usage)).flat();
      return `| ✓ ${spec} | ${usage} | ${algorithms.join(', ')} |`;
    }),
  );
  expect(tables[4]!.split('\n').filter((line) => line.startsWith('| ✓'))).toEqual(made);
  expect(tables[4]).toContain(`| ✗ ${unsupportedSpecs.join(', ')} | |`);
});
