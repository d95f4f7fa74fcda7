import type { Words } from './index.ts';

export const fr: Words = {
  name: 'healthpass scanner',
};
