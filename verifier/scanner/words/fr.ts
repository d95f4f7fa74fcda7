import { rules } from './rules/fr.ts';
import { en } from './en.ts';
import type { Words } from './index.ts';

export const fr: Words = { ...en, rules };
