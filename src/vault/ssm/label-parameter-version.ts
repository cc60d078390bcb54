import { writing } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { isLabel, labels, putLabels } from './labels.ts';
import { parameterName } from './members.ts';
import { findParameter, findVersion } from './names.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html */
export const labelParameterVersion = writing(
  { Name: required(parameterName), ParameterVersion: integer(), Labels: required(labels) },
  (call, { Name, ParameterVersion, Labels }) => {
    const parameter = findParameter(call, Name);
    const row = findVersion(call, parameter.name, ParameterVersion ?? parameter.version);
    putLabels(call, row, Labels.filter(isLabel));
    return { InvalidLabels: Labels.filter((label) => !isLabel(label)), ParameterVersion: row.version };
  },
);
