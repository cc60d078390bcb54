/** The date alone, in UTC, as AWS counts its days. */
export const day = (date: Date): string => date.toISOString().slice(0, 10);
