import type { ReplicaRegionType } from '../../../aws/services.ts';
import { UserError } from '../../../errors.ts';

/** Regions as they are written: `eu-west-1`, or with a key of that Region, `eu-west-1=alias/app`. Throws code `usage`. */
export const readRegions = (texts: readonly string[]): ReplicaRegionType[] =>
  texts.map((text) => {
    const [, Region, KmsKeyId] = /^([a-z]{2}(?:-[a-z]+)+-\d)(?:=(.+))?$/.exec(text) ?? [];
    if (Region) return KmsKeyId ? { Region, KmsKeyId } : { Region };
    throw new UserError('usage', `expected a Region, or REGION=KEY, got "${text}"`);
  });
