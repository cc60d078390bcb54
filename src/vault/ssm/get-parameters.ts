import { ApiError } from '../errors.ts';
import { type Call, reading } from '../operation.ts';
import { required } from '../shape.ts';
import { names, withDecryption } from './members.ts';
import { type Selected, select } from './names.ts';
import { parameterOf } from './values.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters = reading(
  { Names: required(names), WithDecryption: withDecryption },
  (call, { Names, WithDecryption }) => {
    const found = Names.map((name) => ({ name, selected: selectIfThere(call, name) }));
    return {
      Parameters: found.flatMap(({ selected }) => (selected ? [parameterOf(call, selected, WithDecryption)] : [])),
      InvalidParameters: found.filter(({ selected }) => !selected).map(({ name }) => name),
    };
  },
);

/** A version that is not there makes one name invalid, and not the whole request. */
function selectIfThere(call: Call, name: string): Selected | undefined {
  try {
    return select(call, name);
  } catch (error) {
    if (error instanceof ApiError && error.type === 'ParameterVersionNotFound') return undefined;
    throw error;
  }
}
