import { randomUUID } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import type { Binding } from '../store/sealing.ts';
import type { Selected } from './names.ts';
import { arnOf } from './names.ts';
import type { VersionRow } from './rows.ts';

/** Where a value belongs. */
type Place = Pick<VersionRow, 'account' | 'region' | 'name' | 'version'>;

const bindingOf = ({ account, region, name, version }: Place): Binding => [
  ...[account, region, 'parameter', name],
  ...[String(version), 'value'],
];

/** Every value is sealed, whatever its type: a String under `aws/ssm`, a SecureString under the key it names. */
export function sealValue(call: Call, place: Place, keyId: string | null, value: string): Uint8Array {
  return withKmsErrors(() =>
    call.keys.seal(call.keys.resolve('ssm', keyId ?? undefined), bindingOf(place), Buffer.from(value)),
  );
}

export const openValue = (call: Call, row: VersionRow): string =>
  withKmsErrors(() => Buffer.from(call.keys.open(bindingOf(row), row.value)).toString());

/** A SecureString that is not to be decrypted is shown as what is stored, in base64. */
export const shownValue = (call: Call, row: VersionRow, decrypt: boolean | undefined): string =>
  row.type === 'SecureString' && !decrypt ? Buffer.from(row.value).toString('base64') : openValue(call, row);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Parameter.html */
export const parameterOf = (call: Call, { row, selector }: Selected, decrypt?: boolean) => ({
  Name: row.name,
  Type: row.type,
  Value: shownValue(call, row, decrypt),
  Version: row.version,
  Selector: selector,
  LastModifiedDate: new Date(row.modified),
  ARN: arnOf(row, row.name),
  DataType: row.data_type,
});

/** KMS's refusals become Parameter Store's, in the form its Java client gives them. */
function withKmsErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const from = `Service: AWSKMS; Status Code: 400; Error Code: ${error.type}; Request ID: ${randomUUID()}; Proxy: null`;
    const type = error.type === 'AccessDeniedException' ? error.type : 'InvalidKeyId';
    throw new ApiError(type, `${error.message} (${from})`);
  }
}
