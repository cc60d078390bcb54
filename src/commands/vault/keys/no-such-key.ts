import { UserError } from '../../../errors.ts';

export const noSuchKey = (id: string) =>
  new UserError('not-found', `the vault has no access key "${id}"`, {
    hints: ['see them: "latchkey vault keys list"'],
  });
