import { writing } from '../operation.ts';
import { required } from '../shape.ts';
import { tags } from './members.ts';
import { setTags } from './rows.ts';
import { findResource, mergeTags, resource, tagsOf } from './tags.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export const addTagsToResource = writing({ ...resource, Tags: required(tags) }, (call, { Tags, ...named }) => {
  const row = findResource(call, named);
  setTags.run(call.database, JSON.stringify(mergeTags(tagsOf(row), Tags)), row.account, row.region, row.name);
  return {};
});
