import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import { everyItem } from '../../pages.ts';
import type { Verb } from '../../verb.ts';
import { findKey } from '../find-key.ts';
import { fromMarker } from '../pages.ts';

interface Options extends ListOptions {
  all?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('<key>', 'alias/NAME, id or ARN of a key')
      .option('--all', 'all its material: the first, and what is imported for the next rotation, too')
      .addHelpText('after', '\nExample:\n  latchkey key rotate history alias/app'),

  async run(context, [text], options) {
    const { kms, id } = await findKey(context, text!);
    const all = options.all ? { IncludeKeyMaterial: 'ALL_KEY_MATERIAL' as const } : {};
    const items = await everyItem(
      context.terminal,
      async (Marker) => fromMarker(await kms.listKeyRotations({ KeyId: id, Marker, Limit: 1000, ...all })),
      (page) => page.Rotations,
    );
    const material = ['KeyMaterialId', 'KeyMaterialState', 'ImportState', 'ValidTo'];
    const columns = ['RotationDate', 'RotationType', ...(options.all ? material : [])];
    await writeList(context.terminal, { columns, items }, options);
  },
};
