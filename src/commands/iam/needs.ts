/**
 * What each verb may call, as IAM spells it. "kms" stands for the calls that the service makes of KMS for a key of
 * one's own: reading needs Decrypt, writing GenerateDataKey and Decrypt. Behind "@" are the options without which a
 * call is not made: `@a|b` is made with either, `@no-a` with `--no-a` alone, `@a` not with it, and `@!a` without `--a`
 * alone; `@secretTree` stands for a path of secrets among the references, and `@argument` for any argument. Behind "?"
 * are calls that only make an error clearer, something faster, or tidy up.
 */
const sm = (names: string, kms = '') => [...names.split(' ').map((name) => `secretsmanager:${name}`), ...via(kms)];
const ssm = (names: string, kms = '') => [...names.split(' ').map((name) => `ssm:${name}`), ...via(kms)];
const kms = (names: string) => names.split(' ').map((name) => `kms:${name}`);

function via(use: string): string[] {
  if (use === 'reads') return ['via:Decrypt'];
  return use === 'writes' ? ['via:GenerateDataKey', 'via:Decrypt'] : [];
}

const carrying = sm(
  'DescribeSecret GetSecretValue GetResourcePolicy? CreateSecret PutSecretValue UpdateSecret UpdateSecretVersionStage TagResource',
  'writes',
);

const readingTags = [...sm('DescribeSecret'), ...ssm('ListTagsForResource'), ...kms('ListResourceTags DescribeKey')];

const findingTags = [
  ...sm('ListSecrets'),
  ...ssm('DescribeParameters ListTagsForResource'),
  ...kms('ListKeys ListAliases DescribeKey ListResourceTags'),
];

const query = '@where|name|kind';
/** What is named is read; only a query looks for things. */
const tagging = [
  ...readingTags,
  ...['secretsmanager:ListSecrets', 'ssm:DescribeParameters', 'kms:ListKeys', 'kms:ListAliases'].map(
    (call) => `${call}${query}`,
  ),
];

/** Options that say what a password is made of. */
const rules =
  '@length|excludeCharacters|excludePunctuation|excludeNumbers|excludeUppercase|excludeLowercase|includeSpace|no-requireEachIncludedType';

/** What every rotation may come to. */
const rotating = sm(
  'DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage GetRandomPassword',
  'writes',
);

/** What the execution role of a function of Lambda needs that rotates a secret, in a VPC, too. */
export const functionNeeds: readonly string[] = [
  ...rotating,
  ...['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeNetworkInterfaces'].map((call) => `ec2:${call}`),
  ...['CreateLogGroup', 'CreateLogStream', 'PutLogEvents'].map((call) => `logs:${call}`),
];

export const needs: Readonly<Record<string, readonly string[]>> = {
  'secret create': sm(
    'CreateSecret TagResource@tag ReplicateSecretToRegions@replica GetRandomPassword@generate GetRandomPassword@template RestoreSecret@replaceDeleted UpdateSecret@replaceDeleted DescribeSecret?',
    'writes',
  ),
  'secret get': sm('GetSecretValue BatchGetSecretValue? DescribeSecret?', 'reads'),
  'secret put': sm(
    'PutSecretValue GetRandomPassword@generate UpdateSecretVersionStage@ifVersion DescribeSecret?',
    'writes',
  ),
  'secret set': sm(
    'GetSecretValue PutSecretValue UpdateSecretVersionStage GetRandomPassword@generate DescribeSecret?',
    'writes',
  ),
  'secret unset': sm('GetSecretValue PutSecretValue UpdateSecretVersionStage DescribeSecret?', 'writes'),
  'secret edit': sm('GetSecretValue PutSecretValue UpdateSecretVersionStage DescribeSecret?', 'writes'),
  'secret copy': carrying,
  'secret move': [...carrying, 'secretsmanager:DeleteSecret'],
  'secret list': sm('ListSecrets'),
  'secret describe': sm('DescribeSecret'),
  'secret versions': sm('ListSecretVersionIds'),
  'secret rollback': sm('DescribeSecret UpdateSecretVersionStage'),
  'secret stage move': sm('DescribeSecret UpdateSecretVersionStage'),
  'secret stage remove': sm('DescribeSecret UpdateSecretVersionStage'),
  'secret delete': sm('DescribeSecret DeleteSecret RemoveRegionsFromReplication@replicas'),
  'secret restore': sm('RestoreSecret'),
  'secret replicate add': sm('ReplicateSecretToRegions', 'writes'),
  'secret replicate remove': sm('RemoveRegionsFromReplication'),
  'secret replicate promote': sm('StopReplicationToReplica'),
  'secret replicate status': sm('DescribeSecret'),
  'secret policy get': sm('GetResourcePolicy'),
  'secret policy set': sm('GetResourcePolicy PutResourcePolicy'),
  'secret policy validate': sm('ValidateResourcePolicy'),
  'secret policy delete': sm('DeleteResourcePolicy'),
  'secret random': sm('GetRandomPassword'),
  'secret unused': sm('ListSecrets'),

  'rotate now': [
    ...sm('DescribeSecret RotateSecret@lambda'),
    'lambda:InvokeFunction@lambda',
    ...rotating.map((need) => `${need}@no-lambda`),
  ],
  'rotate status': sm('DescribeSecret ListSecrets ListSecretVersionIds?'),
  'rotate recover': rotating,
  'rotate test': sm('DescribeSecret GetSecretValue', 'reads'),
  'rotate policy': sm(
    `DescribeSecret GetSecretValue UntagResource@none TagResource${rules} GetRandomPassword${rules}`,
    'reads',
  ),
  'rotate rollback': sm('DescribeSecret GetSecretValue UpdateSecretVersionStage', 'reads'),
  'rotate schedule': [...sm('DescribeSecret TagResource RotateSecret UntagResource'), 'lambda:InvokeFunction@function'],
  'rotate unschedule': sm('DescribeSecret UntagResource CancelRotateSecret'),
  'rotate due': [...sm('ListSecrets ListSecretVersionIds'), ...rotating],

  'param put': ssm('PutParameter AddTagsToResource@tag LabelParameterVersion@label GetParameter@ifVersion', 'writes'),
  'param tree': ssm('DescribeParameters GetParametersByPath@reveal GetParameters@reveal', 'reads'),
  'param find': ssm('DescribeParameters'),
  'param label': ssm('LabelParameterVersion'),
  'param unlabel': ssm('GetParameterHistory UnlabelParameterVersion'),
  'param rollback': ssm('GetParameterHistory GetParameter PutParameter', 'writes'),
  'param edit': ssm('GetParameter PutParameter', 'writes'),
  'param get': ssm('GetParameter GetParameters GetParametersByPath DescribeParameters?', 'reads'),
  'param list': ssm('DescribeParameters'),
  'param history': ssm('GetParameterHistory', 'reads'),
  'param delete': ssm('DeleteParameter DeleteParameters GetParameterHistory@keepUndo ListTagsForResource@keepUndo'),
  'param restore': ssm('GetParameter PutParameter AddTagsToResource LabelParameterVersion DeleteParameter?', 'writes'),
  'param copy': ssm(
    'GetParameter GetParameters GetParametersByPath DescribeParameters ListTagsForResource PutParameter AddTagsToResource',
    'writes',
  ),

  'key create': [...kms('CreateKey TagResource@tag'), 'kms:CreateAlias@alias', 'kms:DescribeKey@alias'],
  'key list': kms('ListKeys ListAliases DescribeKey?'),
  'key describe': kms('DescribeKey'),
  'key update': kms('DescribeKey UpdateKeyDescription'),
  'key enable': kms('DescribeKey EnableKey'),
  'key disable': kms('DescribeKey DisableKey'),
  'key delete': kms('DescribeKey ScheduleKeyDeletion ListAliases GetKeyLastUsage?'),
  'key restore': kms('DescribeKey CancelKeyDeletion EnableKey@enable'),
  'key alias set': kms('DescribeKey CreateAlias UpdateAlias'),
  'key alias remove': kms('DescribeKey DeleteAlias'),
  'key alias list': kms('ListAliases DescribeKey'),
  'key rotate on': kms('DescribeKey EnableKeyRotation GetKeyRotationStatus'),
  'key rotate off': kms('DescribeKey DisableKeyRotation'),
  'key rotate now': kms('DescribeKey RotateKeyOnDemand'),
  'key rotate status': kms('DescribeKey GetKeyRotationStatus'),
  'key rotate history': kms('DescribeKey ListKeyRotations'),
  'key policy get': kms('DescribeKey GetKeyPolicy'),
  'key policy set': kms('DescribeKey PutKeyPolicy'),
  'key encrypt': kms('Encrypt'),
  'key decrypt': kms('Decrypt'),
  // ReEncrypt is the one call that needs two permissions of other names, one of them on the key it comes from.
  'key re-encrypt': kms('ReEncryptFrom ReEncryptTo'),
  'key explain': kms('Decrypt@!argument DescribeKey@!argument? DescribeKey@argument ListAliases@argument?'),
  'key data-key': kms('GenerateDataKey@plaintext GenerateDataKeyWithoutPlaintext@no-plaintext'),
  'key data-key-pair': kms('GenerateDataKeyPair@plaintext GenerateDataKeyPairWithoutPlaintext@no-plaintext'),
  'key sign': kms('DescribeKey@!algorithm Sign'),
  'key verify': kms('DescribeKey@!algorithm Verify'),
  'key mac': kms('DescribeKey@!algorithm GenerateMac'),
  'key verify-mac': kms('DescribeKey@!algorithm VerifyMac'),
  'key public-key': kms('GetPublicKey'),
  'key derive': kms('DeriveSharedSecret'),
  'key import': kms('DescribeKey GetParametersForImport ImportKeyMaterial'),
  'key delete-material': kms('DescribeKey DeleteImportedKeyMaterial'),
  // The replica is made by CreateKey, of its own Region.
  'key replicate': kms('DescribeKey ReplicateKey CreateKey TagResource@tag'),
  'key primary': kms('DescribeKey UpdatePrimaryRegion'),
  'key grant create': kms('DescribeKey CreateGrant'),
  'key grant list': kms('DescribeKey@argument ListGrants@argument ListRetirableGrants@retirable'),
  'key grant revoke': kms('DescribeKey ListGrants RevokeGrant'),
  'key grant retire': kms('DescribeKey@argument ListGrants@argument? RetireGrant'),
  'key random': kms('GenerateRandom'),

  'tag list': readingTags,
  'tag add': [...tagging, ...sm('TagResource'), ...ssm('AddTagsToResource'), ...kms('TagResource')],
  'tag remove': [...tagging, ...sm('UntagResource'), ...ssm('RemoveTagsFromResource'), ...kms('UntagResource')],
  'tag set': [
    ...tagging,
    ...sm('TagResource UntagResource'),
    ...ssm('AddTagsToResource RemoveTagsFromResource'),
    ...kms('TagResource UntagResource'),
  ],
  'tag copy': [...readingTags, ...sm('TagResource'), ...ssm('AddTagsToResource'), ...kms('TagResource')],
  'tag find': findingTags,
  'tag check': findingTags,
  'tag cost': [...findingTags, 'kms:ListKeyRotations'],

  diff: [
    ...sm('GetSecretValue ListSecrets BatchGetSecretValue? DescribeSecret@meta DescribeSecret?', 'reads'),
    ...sm('GetResourcePolicy@meta'),
    ...ssm('GetParameter GetParameters GetParametersByPath DescribeParameters? DescribeParameters@meta'),
    'ssm:ListTagsForResource@meta',
    ...sm('CreateSecret@apply PutSecretValue@apply UpdateSecretVersionStage@apply DeleteSecret@prune'),
    ...ssm('PutParameter@apply DeleteParameters@prune'),
    'via:GenerateDataKey@apply',
  ],
  import: [
    ...sm(
      'GetSecretValue BatchGetSecretValue? ListSecrets CreateSecret PutSecretValue UpdateSecretVersionStage TagResource@tag DeleteSecret@prune DescribeSecret?',
      'writes',
    ),
    ...ssm(
      'GetParameter? GetParameters GetParametersByPath DescribeParameters? PutParameter AddTagsToResource@tag DeleteParameters@prune',
    ),
  ],
  exec: [
    ...sm(
      'GetSecretValue BatchGetSecretValue@secretTree? ListSecrets@secretTree DescribeSecret@watch DescribeSecret?',
      'reads',
    ),
    ...ssm('GetParameter GetParameters GetParametersByPath@envFrom DescribeParameters@envFrom?'),
  ],
  export: [
    ...sm('GetSecretValue BatchGetSecretValue@secretTree? ListSecrets@secretTree DescribeSecret?', 'reads'),
    ...ssm('GetParameter GetParameters GetParametersByPath DescribeParameters?'),
  ],
  render: [...sm('GetSecretValue DescribeSecret?', 'reads'), ...ssm('GetParameter GetParameters')],
  encrypt: kms('GenerateDataKey@kmsKey Encrypt@kmsKey'),
  decrypt: kms('Decrypt@kmsKey'),
  rewrap: kms('Decrypt@kmsKey Encrypt@kmsKey|addKmsKey'),
  doctor: ['sts:GetCallerIdentity'],
};
