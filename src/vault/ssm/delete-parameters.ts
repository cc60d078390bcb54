import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { names } from './members.ts';
import { lookUp } from './names.ts';
import { deleteParameterRow } from './rows.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
export const deleteParameters = writing({ Names: required(names) }, (call, { Names }) => {
  const there = Names.filter((name) => {
    const row = lookUp(call, name);
    if (row) deleteParameterRow.run(call.database, row.account, row.region, row.name);
    return row !== undefined;
  });
  return { DeletedParameters: there, InvalidParameters: Names.filter((name) => !there.includes(name)) };
});
