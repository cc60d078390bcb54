/**
 * Dollars a month: https://aws.amazon.com/secrets-manager/pricing/ (for each replica, too),
 * https://aws.amazon.com/systems-manager/pricing/, https://aws.amazon.com/kms/pricing/ (a key's first and second rotation
 * add a dollar each). Calls are extra.
 */
export const prices = { secret: 0.4, advanced: 0.05, key: 1, rotation: 1, mostRotations: 2 } as const;

export const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
