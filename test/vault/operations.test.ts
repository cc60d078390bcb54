import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { operations as kms } from '../../src/vault/kms/operations.ts';
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
