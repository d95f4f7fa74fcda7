import { rules } from './rules/hi.ts';
import { en } from './en.ts';
import type { Words } from './index.ts';

export const hi: Words = { ...en, rules };
