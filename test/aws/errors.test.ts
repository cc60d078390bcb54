import { describe, expect, it } from 'vitest';
import { explain } from '../../src/aws/errors.ts';
import type { Trouble } from '../../src/errors.ts';
import { ApiError, VaultError } from '../../src/vault/errors.ts';

type Service = 'secretsManager' | 'ssm' | 'kms' | 'sts';

const failure = (name: string, message: string, service: Service, input: object, status?: number) =>
  Object.assign(new Error(message), {
    ...{ name, service, operation: 'Any', input },
    ...(status ? { $metadata: { httpStatusCode: status } } : {}),
  });

const secret = { SecretId: 'prod/db' };
const parameter = { Name: '/a/b' };
const tagged = { ResourceType: 'Parameter', ResourceId: '/a/b' };
const key = { KeyId: 'alias/app' };

describe('what a service refused', () => {
  it.each<[type: string, text: string, service: Service, input: object, code: Trouble, message: string, hint?: string]>(
    [
      [
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret.",
        ...(['secretsManager', secret, 'not-found', 'there is no secret "prod/db"', 'latchkey secret list'] as const),
      ],
      [
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
        ...([
          'secretsManager',
          secret,
          'not-found',
          'secret "prod/db" has no version with stage "AWSPENDING"',
          'latchkey secret versions prod/db',
        ] as const),
      ],
      [
        'ResourceNotFoundException',
        "Secrets Manager can't find the specified secret value for VersionId: 0123",
        ...(['secretsManager', secret, 'not-found', 'secret "prod/db" has no version "0123"'] as const),
      ],
      ['ParameterNotFound', '', 'ssm', parameter, 'not-found', 'there is no parameter "/a/b"', 'latchkey param list'],
      ['InvalidResourceId', '', 'ssm', tagged, 'not-found', 'there is no parameter "/a/b"', 'latchkey param list'],
      [
        'NotFoundException',
        'Alias x is not found.',
        'kms',
        key,
        'not-found',
        'there is no key "alias/app"',
        'key list',
      ],
      ['ParameterVersionNotFound', 'Version 9 not found.', 'ssm', parameter, 'not-found', 'Version 9 not found.'],
      [
        'InvalidRequestException',
        "You can't perform this operation on the secret because it was marked for deletion.",
        ...(['secretsManager', secret, 'conflict', 'secret "prod/db" is scheduled for deletion'] as const),
        'latchkey secret restore prod/db',
      ],
      [
        'InvalidRequestException',
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
        ...(['secretsManager', { Name: 'prod/db' }, 'conflict', 'secret "prod/db" is scheduled for deletion'] as const),
        'latchkey secret restore prod/db',
      ],
      [
        'ResourceExistsException',
        'The operation failed because the secret prod/db already exists.',
        ...([
          'secretsManager',
          { Name: 'prod/db' },
          'conflict',
          'secret "prod/db" exists already',
          'secret put',
        ] as const),
      ],
      ['ParameterAlreadyExists', 'It is.', 'ssm', parameter, 'conflict', 'parameter "/a/b" exists already'],
      ['AlreadyExistsException', 'x', 'kms', { AliasName: 'alias/x' }, 'conflict', 'key "alias/x" exists already'],
      [
        ...(['NotFoundException', 'Invalid keyId app', 'kms', { KeyId: 'app' }, 'not-found'] as const),
        ...(['there is no key "app"', 'alias/app'] as const),
      ],
      [
        ...(['DisabledException', 'arn:k is disabled.', 'kms', key, 'conflict'] as const),
        ...(['key "alias/app" is disabled', 'latchkey key enable alias/app'] as const),
      ],
      [
        ...(['KMSInvalidStateException', 'arn:k is pending deletion.', 'kms', {}, 'conflict'] as const),
        ...(['key "arn:k" is scheduled for deletion', 'latchkey key restore arn:k'] as const),
      ],
      [
        ...(['KMSInvalidStateException', 'arn:k is not pending deletion.', 'kms', key, 'conflict'] as const),
        ...(['key "alias/app" is not scheduled for deletion', 'latchkey key describe alias/app'] as const),
      ],
      [
        ...([
          'DecryptionFailure',
          'can not decrypt: arn:k is disabled.',
          'secretsManager',
          secret,
          'conflict',
        ] as const),
        ...(['the key of secret "prod/db" is disabled: "arn:k"', 'latchkey key enable arn:k'] as const),
      ],
      [
        ...(['InvalidKeyId', 'arn:k is disabled. (Service: AWSKMS)', 'ssm', parameter, 'conflict'] as const),
        ...(['the key of parameter "/a/b" is disabled: "arn:k"', 'latchkey key enable arn:k'] as const),
      ],
      ['InvalidCiphertextException', '', 'kms', {}, 'integrity', 'it does not decrypt', '--context'],
      ['IncorrectKeyException', 'The key ID in the', 'kms', key, 'integrity', 'another key than this one encrypted it'],
      [
        'AccessDeniedException',
        'Access to KMS is not allowed',
        'secretsManager',
        secret,
        'denied',
        'not allowed: Access to',
      ],
      [
        'AccessDenied',
        'not authorized: sts:AssumeRole',
        'ssm',
        parameter,
        'denied',
        'sts:AssumeRole',
        'latchkey doctor',
      ],
      ['UnrecognizedClientException', 'x', 'kms', key, 'denied', 'AWS does not accept these credentials'],
      [
        'InvalidSignatureException',
        'The request signature',
        'kms',
        key,
        'denied',
        'AWS does not accept these credentials',
      ],
      ['InvalidSignatureException', 'Signature expired: 1', 'kms', key, 'denied', 'the time of this machine'],
      ['ExpiredTokenException', 'x', 'sts', {}, 'denied', 'these credentials have expired'],
      ['ThrottlingException', 'Rate exceeded', 'ssm', parameter, 'unreachable', 'Parameter Store kept throttling'],
      ['KMSInternalException', 'boom', 'kms', key, 'unreachable', 'KMS failed: boom'],
      ['InternalServiceError', 'boom', 'secretsManager', secret, 'unreachable', 'Secrets Manager failed: boom'],
      ['InternalServerError', 'boom', 'ssm', parameter, 'unreachable', 'Parameter Store failed: boom'],
      ['ValidationException', 'Invalid name.', 'secretsManager', secret, 'usage', 'Invalid name.', '--help'],
      ['InvalidParameterException', 'x', 'secretsManager', secret, 'usage', 'x'],
    ],
  )('%s "%s" of %s', (type, text, service, input, code, message, hint = '') => {
    const told = explain(failure(type, text, service, input));
    expect(told).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(told!.hints.join()).toContain(hint);
    // The vault's own error is of another class and must read the same.
    const ofVault = explain(Object.assign(new ApiError(type, text), { service, operation: 'Any', input }))!;
    expect([ofVault.code, ofVault.message, ofVault.hints]).toEqual([told!.code, told!.message, told!.hints]);
  });

  it.each(['hunter2', 'pw'])('never shows the value %s that AWS quotes', (value) => {
    for (const member of ['SecretString', 'Value']) {
      const text = `1 validation error detected: Value '${value}' at 'it' failed`;
      const told = explain(failure('ValidationException', text, 'ssm', { ...parameter, [member]: value }))!;
      expect(told.message).toBe("1 validation error detected: Value '...' at 'it' failed");
    }
  });

  it.each(['', 'UnknownError'])('says the name of an error without words (%j)', (text) => {
    expect(explain(failure('UnsupportedOperationException', text, 'kms', {}))!.message).toBe(
      'UnsupportedOperationException',
    );
  });

  it('leaves out what Parameter Store writes of its own client behind what KMS said', () => {
    const text =
      'Alias x is not found. (Service: AWSKMS; Status Code: 400; Error Code: NotFoundException; Proxy: null)';
    expect(explain(failure('InvalidKeyId', text, 'ssm', parameter))!.message).toBe('Alias x is not found.');
  });

  it.each([403, 500])('says so when what answers HTTP %d is not AWS', (status) => {
    const told = explain(failure('UnknownError', '<html>', 'ssm', parameter, status));
    const message = `what answers does not speak like AWS (HTTP ${status})`;
    expect(told).toMatchObject({ code: 'unreachable', message });
  });
});

describe('the network', () => {
  it.each<[error: object, message: string]>([
    [{ code: 'ECONNREFUSED', address: '127.0.0.1', port: 9 }, '127.0.0.1:9 could not be reached: nobody answers'],
    [{ code: 'ENOTFOUND', hostname: 'x.test' }, 'x.test could not be reached: there is no such host'],
    [{ code: 'ETIMEDOUT' }, 'the endpoint could not be reached: no answer in time'],
    [{ code: 'EPROTO' }, 'the endpoint could not be reached: it does not speak TLS'],
    [
      { code: 'SELF_SIGNED_CERT_IN_CHAIN' },
      'the certificate of the endpoint is not trusted (SELF_SIGNED_CERT_IN_CHAIN)',
    ],
    [
      { code: 'ECONNREFUSED', errors: [{ code: 'ECONNREFUSED', address: '::1', port: 9 }] },
      '::1:9 could not be reached: nobody answers',
    ],
  ])('%o', (error, message) => {
    expect(explain(Object.assign(new Error('x'), error))).toMatchObject({ code: 'unreachable', message });
  });
});

describe('the vault file', () => {
  const codes: Record<VaultError['code'], [code: Trouble, hint: string]> = {
    missing: ['not-found', 'latchkey vault init'],
    exists: ['conflict', '--vault-file'],
    'not-a-vault': ['integrity', '--vault-file'],
    newer: ['integrity', 'newer one'],
    'wrong-key': ['integrity', 'latchkey doctor'],
    moved: ['conflict', 'see what opens it now: "latchkey vault info"'],
    damaged: ['integrity', 'from a copy'],
    busy: ['unreachable', 'try again'],
    full: ['unreachable', 'make room'],
    denied: ['denied', 'owns'],
    'no-sqlite': ['unreachable', 'npm install'],
  };

  it.each(Object.entries(codes))('%s', (code, [trouble, hint]) => {
    const told = explain(new VaultError(code as VaultError['code'], 'what happened'))!;
    expect(told).toMatchObject({ code: trouble, message: 'what happened' });
    expect(told.hints.join()).toContain(hint);
  });
});

it.each([[new TypeError('x is undefined')], ['text'], [undefined]])('leaves a bug a bug: %o', (error) => {
  expect(explain(error)).toBeUndefined();
});
