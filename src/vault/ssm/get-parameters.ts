import { ApiError } from '../errors.ts';
import { type Call, reading } from '../operation.ts';
import { required } from '../shape.ts';
import { names, withDecryption } from './members.ts';
import { select } from './names.ts';
import { isSecretReference, secretParameter } from './secret-reference.ts';
import { parameterOf } from './values.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = reading(
  { Names: required(names), WithDecryption: withDecryption },
  (call, { Names, WithDecryption }) => {
    const found = Names.map((name) => ({ name, parameter: readIfThere(call, name, WithDecryption) }));
    return {
      Parameters: found.flatMap(({ parameter }) => parameter ?? []),
      InvalidParameters: found.filter(({ parameter }) => !parameter).map(({ name }) => name),
    };
  },
);

const missing = ['ParameterNotFound', 'ParameterVersionNotFound'];

/** A parameter or version that is not there makes one name invalid, and not the whole request. */
function readIfThere(call: Call, name: string, decrypt: boolean | undefined) {
  try {
    if (isSecretReference(name)) return secretParameter(call, name, decrypt);
    const selected = select(call, name);
    return selected && parameterOf(call, selected, decrypt);
  } catch (error) {
    if (error instanceof ApiError && missing.includes(error.type)) return undefined;
    throw error;
  }
}
