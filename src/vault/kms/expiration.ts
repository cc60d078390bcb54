import { ApiError } from '../errors.ts';

const longest = 365 * 24 * 60 * 60 * 1000;

/** When an imported material expires, in milliseconds since 1970; undefined: never. Throws ValidationException. */
export function expiryIn(now: Date, model = 'KEY_MATERIAL_EXPIRES', validTo?: Date): number | undefined {
  if (model === 'KEY_MATERIAL_EXPIRES') {
    if (!validTo) throw invalid('A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES');
    const left = validTo.getTime() - now.getTime();
    if (left <= 0) throw invalid('The validTo date must be in the future');
    if (left > longest) throw invalid('The validTo date must be within 365 days');
    return validTo.getTime();
  }
  if (validTo) throw invalid('A validTo date cannot be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE');
  return undefined;
}

/** The members of the API that tell when a material expires. */
export const expirationOf = (expires: number | null) =>
  expires === null
    ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
    : { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: new Date(expires) };

const invalid = (message: string) => new ApiError('ValidationException', message);
