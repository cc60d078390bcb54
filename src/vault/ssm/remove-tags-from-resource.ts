import { writing } from '../operation.ts';
import { list, required, string } from '../shape.ts';
import { setTags } from './rows.ts';
import { findResource, resource, tagsOf } from './tags.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html */
export const removeTagsFromResource = writing(
  { ...resource, TagKeys: required(list(string({ min: 1, max: 128 }))) },
  (call, { TagKeys, ...named }) => {
    const row = findResource(call, named);
    const left = tagsOf(row).filter(({ Key }) => !TagKeys.includes(Key));
    setTags.run(call.database, JSON.stringify(left), row.account, row.region, row.name);
    return {};
  },
);
