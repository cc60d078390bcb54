import { ApiError } from '../errors.ts';
import { type Call, writing } from '../operation.ts';
import { boolean, required, string } from '../shape.ts';
import { parameterName, parameterType, tags, tier } from './members.ts';
import { checkNewName, lookUp } from './names.ts';
import { checkPut, type Put, tierOf } from './put-rules.ts';
import { deleteVersionsUpTo, insertVersion, putParameterRow } from './rows.ts';
import { mergeTags } from './tags.ts';
import { sealValue } from './values.ts';

const versionsKept = 100;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter = writing(
  {
    Name: required(parameterName),
    Description: string({ max: 1024 }),
    Value: required(string({ min: 1, max: 32_768, sensitive: true })),
    Type: parameterType,
    KeyId: string({ min: 1, max: 256, pattern: '([a-zA-Z0-9:/_-]+)' }),
    Overwrite: boolean(),
    AllowedPattern: string({ max: 1024 }),
    Tags: tags,
    Tier: tier,
    Policies: string({ min: 1, max: 4096 }),
    DataType: string({ max: 128 }),
  },
  (call, input) => {
    checkNewName(call, input.Name);
    const before = lookUp(call, input.Name);
    if (before && !input.Overwrite) {
      throw new ApiError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const put = checkPut(input, before);
    const version = (before?.version ?? 0) + 1;
    const Tier = tierOf(input, before);
    store(call, { ...put, Name: input.Name, Tier }, version);
    return { Version: version, Tier };
  },
);

/** A version of its own for each write; of more than 100 the oldest goes. */
function store(call: Call, put: Put & { Name: string; Tier: string }, version: number): void {
  const { database, account, region, now, principal } = call;
  const place = { account, region, name: put.Name, version };
  const here = [account, region, put.Name] as const;
  putParameterRow.run(database, ...here, version, JSON.stringify(mergeTags([], put.Tags ?? [])));
  insertVersion.run(
    ...([database, ...here, version, put.Type] as const),
    sealValue(call, place, put.keyId, put.Value),
    ...([put.Tier, put.DataType, put.keyId, put.Description ?? null] as const),
    ...([put.AllowedPattern ?? null, put.Policies ?? null, now.getTime(), principal] as const),
  );
  deleteVersionsUpTo.run(database, ...here, version - versionsKept);
}
