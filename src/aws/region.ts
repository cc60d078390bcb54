import { UserError } from '../errors.ts';

/** The geographies that Regions begin with (https://docs.aws.amazon.com/global-infrastructure/latest/regions/). */
const geographies = 'af|ap|ca|cn|eu|eusc-de|il|me|mx|sa|us|us-gov|us-iso|us-isob|us-isof|eu-isoe';
const directions = 'north|south|east|west|central|northeast|southeast|northwest|southwest';
const known = new RegExp(`^(${geographies})-(${directions})-[1-9]$`);

/**
 * A Region as it is written, checked before any network: a typing error would end at a host that does not exist.
 * Custom endpoints may have names of their own. Throws code `usage`.
 */
export function checkRegion(region: string, custom = false): string {
  if (known.test(region) || (custom && /^[a-z0-9-]{1,63}$/.test(region))) return region;
  throw new UserError('usage', `there is no Region "${region}"`, {
    hints: ['Regions are written like eu-west-1; see --region, AWS_REGION and ~/.aws/config'],
  });
}
