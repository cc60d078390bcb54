import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import {
  deleteExpired,
  type ParameterRow,
  selectLabel,
  selectParameter,
  selectVersion,
  type VersionRow,
} from './rows.ts';

const mostLevels = 15;
const longestArn = 1011;

const badCharacters =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';
const badPath =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with \\"aws\\" or \\"ssm\\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.';

const refused = (message: string) => new ApiError('ValidationException', message);

/** Throws AWS's refusal of a name that no new parameter may have. */
export function checkNewName(call: Call, name: string): void {
  if (/^\/?aws/i.test(name))
    throw new ApiError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  checkName(name);
  if (name.split('/').filter(Boolean).length > mostLevels) {
    throw new ApiError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${mostLevels} levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.`,
    );
  }
  if (arnOf(call, name).length > longestArn) {
    throw refused(`The parameter name, with its ARN, can have at most ${longestArn} characters.`);
  }
}

function checkName(name: string): void {
  if (/^\/?ssm/i.test(name) || !/^\/?[\w.-]+(?:\/[\w.-]+)*$/.test(name)) throw refused(badCharacters);
  if (name.includes('/') && !name.startsWith('/')) throw refused('Parameter name must be a fully qualified name.');
}

/** Throws AWS's refusal of what is no path. One slash at its end is allowed. */
export function checkPath(path: string): void {
  if (!/^\/(?:[\w.-]+\/)*(?:[\w.-]+)?$/.test(path)) throw refused(badPath);
}

/** One slash behind `parameter`, whether or not the name begins with one. */
export const arnOf = ({ region, account }: Pick<Call, 'region' | 'account'>, name: string): string =>
  `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;

export const notFound = () => new ApiError('ParameterNotFound');

/** A parameter by name or ARN, if there is one. */
export function lookUp(call: Call, text: string): ParameterRow | undefined {
  const select = (name: string) => present(call, selectParameter.get(call.database, call.account, call.region, name));
  const own = arnOf(call, '');
  if (!text.startsWith('arn:')) return select(text);
  if (!text.startsWith(own)) return undefined;
  const name = text.slice(own.length);
  return select(`/${name}`) ?? select(name);
}

/** Nobody is there when a parameter expires, so the clock decides; its rows go afterwards. */
function present(call: Call, row: ParameterRow | undefined): ParameterRow | undefined {
  const { database, account, region, now, afterwards } = call;
  if (!row || row.expires === null || row.expires > now.getTime()) return row;
  afterwards(() => deleteExpired.run(database, account, region, now.getTime()));
  return undefined;
}

/** A parameter, by name or ARN. Throws ParameterNotFound, which has no message. */
export function findParameter(call: Call, text: string): ParameterRow {
  const found = lookUp(call, text);
  if (!found) throw notFound();
  return found;
}

/** What a name with its selector leads to. */
export interface Selected {
  readonly row: VersionRow;
  /** `:3` or `:label`, as it was given; absent where none was. */
  readonly selector?: string;
}

/** The version that `NAME`, `NAME:VERSION` or `NAME:LABEL` selects; undefined where there is no such parameter. */
export function select(call: Call, text: string): Selected | undefined {
  const { name, selector } = divide(text);
  checkGivenName(name);
  const newest = lookUp(call, name);
  if (!newest || selector === undefined) return newest && { row: newest };
  const { database, account, region } = call;
  const version = /^\d+$/.test(selector)
    ? Number(selector)
    : selectLabel.get(database, account, region, newest.name, selector)?.version;
  return { row: findVersion(call, newest.name, version, selector), selector: `:${selector}` };
}

/** Throws ParameterVersionNotFound, which names what was `wanted`. */
export function findVersion(
  { database, account, region }: Call,
  name: string,
  version: number | undefined,
  wanted = String(version),
): VersionRow {
  const row = version === undefined ? undefined : selectVersion.get(database, account, region, name, version);
  if (row) return row;
  throw new ApiError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${wanted} of ${name}. Verify the version and try again.`,
  );
}

/** An ARN has five colons of its own. */
function divide(text: string): { name: string; selector?: string } {
  const [, name = text, selector] = /^((?:arn:(?:[^:]*:){4})?[^:]+):([^:]+)$/.exec(text) ?? [];
  return { name, selector };
}

/** A name that could not be one gets AWS's sentence and not ParameterNotFound. */
function checkGivenName(name: string): void {
  if (!name.startsWith('arn:') && !/^\/?aws\//i.test(name)) checkName(name);
}
