import { ApiError } from '../errors.ts';
import { type Call, writing } from '../operation.ts';
import { boolean, required, string } from '../shape.ts';
import { parameterName, parameterType, tags, tier } from './members.ts';
import { checkNewName, lookUp } from './names.ts';
import { checkPut, type Put, tierOf } from './put-rules.ts';
import { deleteExpired, deleteVersionsUpTo, insertVersion, putParameterRow, selectLabels } from './rows.ts';
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
    deleteExpired.run(call.database, call.account, call.region, call.now.getTime());
    const before = lookUp(call, input.Name);
    if (before && !input.Overwrite) {
      throw new ApiError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const put = checkPut(call, input, before);
    const version = (before?.version ?? 0) + 1;
    const Tier = tierOf(put, before);
    store(call, { ...put, Tier }, version);
    return { Version: version, Tier };
  },
);

/** A version of its own for each write; of more than 100 the oldest goes. */
function store(call: Call, put: Put & { Tier: string }, version: number): void {
  const { database, account, region, now, principal } = call;
  const place = { account, region, name: put.Name, version };
  const here = [account, region, put.Name] as const;
  putParameterRow.run(database, ...here, version, JSON.stringify(mergeTags([], put.Tags ?? [])), put.expires);
  insertVersion.run(
    ...([database, ...here, version, put.Type] as const),
    sealValue(call, place, put.keyId, put.Value),
    ...([put.Tier, put.DataType, put.keyId, put.Description ?? null] as const),
    ...([put.AllowedPattern ?? null, put.Policies ?? null, now.getTime(), principal] as const),
  );
  requireUnlabelled(call, put.Name, version - versionsKept);
  deleteVersionsUpTo.run(database, ...here, version - versionsKept);
}

/** A version that somebody has labelled must not go by itself. */
function requireUnlabelled({ database, account, region }: Call, name: string, version: number): void {
  if (selectLabels.all(database, account, region, name, version).length === 0) return;
  throw new ApiError(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
}
