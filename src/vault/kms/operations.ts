import { listKeys } from './list-keys.ts';

export const operations = { ListKeys: listKeys };
