import { rules } from './rules/ar.ts';
import { en } from './en.ts';
import type { Words } from './index.ts';

export const ar: Words = { ...en, rules };
