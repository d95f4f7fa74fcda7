import type { Words } from './index.ts';

export const es: Words = {
  name: 'healthpass scanner',
};
