import { reading } from '../operation.ts';
import { findResource, resource, tagsOf } from './tags.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = reading(resource, (call, named) => ({ TagList: tagsOf(findResource(call, named)) }));
