import { writing } from '../operation.ts';
import { integer, required } from '../shape.ts';
import { labels, labelsOf } from './labels.ts';
import { parameterName } from './members.ts';
import { findParameter, findVersion } from './names.ts';
import { deleteLabel } from './rows.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UnlabelParameterVersion.html */
export const unlabelParameterVersion = writing(
  { Name: required(parameterName), ParameterVersion: required(integer()), Labels: required(labels) },
  (call, { Name, ParameterVersion, Labels }) => {
    const row = findVersion(call, findParameter(call, Name).name, ParameterVersion);
    const there = labelsOf(call, row);
    const RemovedLabels = Labels.filter((label) => there.includes(label));
    for (const label of RemovedLabels) {
      deleteLabel.run(call.database, row.account, row.region, row.name, label, row.version);
    }
    return { RemovedLabels, InvalidLabels: Labels.filter((label) => !there.includes(label)) };
  },
);
