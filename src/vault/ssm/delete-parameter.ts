import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { parameterName } from './members.ts';
import { findParameter } from './names.ts';
import { deleteParameterRow } from './rows.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export const deleteParameter = writing({ Name: required(parameterName) }, (call, { Name }) => {
  const { account, region, name } = findParameter(call, Name);
  deleteParameterRow.run(call.database, account, region, name);
  return {};
});
