import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { parameterName, withDecryption } from './members.ts';
import { notFound, select } from './names.ts';
import { isSecretReference, secretParameter } from './secret-reference.ts';
import { parameterOf } from './values.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter = reading(
  { Name: required(parameterName), WithDecryption: withDecryption },
  (call, { Name, WithDecryption }) => {
    if (isSecretReference(Name)) return { Parameter: secretParameter(call, Name, WithDecryption) };
    const selected = select(call, Name);
    if (!selected) throw notFound();
    return { Parameter: parameterOf(call, selected, WithDecryption) };
  },
);
