// Words of this app; English is the source of the others.
import type { Catalog } from '#faces/words/words.ts';

export const en = {
  name: 'healthpass',
} as const satisfies Catalog;
