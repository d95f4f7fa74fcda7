import type { Words } from './index.ts';

export const hi: Words = {
  name: 'healthpass scanner',
};
