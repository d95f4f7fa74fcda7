import type { Words } from './index.ts';

export const ar: Words = {
  name: 'healthpass console',
};
