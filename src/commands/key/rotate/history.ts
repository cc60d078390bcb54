import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import { everyItem } from '../../pages.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';
import { fromMarker } from '../pages.ts';

export const verb: Verb<ListOptions> = {
  words: (command) =>
    addListOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .addHelpText('after', '\nExample:\n  latchkey key rotate history alias/app'),

  async run(context, [text], options) {
    const { kms, id } = await findKey(context, text!);
    const items = await everyItem(
      context.terminal,
      async (Marker) => fromMarker(await kms.listKeyRotations({ KeyId: id, Marker, Limit: 1000 })),
      (page) => page.Rotations,
    );
    await writeList(context.terminal, { columns: ['RotationDate', 'RotationType'], items }, options);
  },
};
