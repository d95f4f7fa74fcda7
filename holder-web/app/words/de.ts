import type { Words } from './index.ts';

export const de: Words = {
  name: 'healthpass',
};
