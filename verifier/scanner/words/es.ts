import { rules } from './rules/es.ts';
import { en } from './en.ts';
import type { Words } from './index.ts';

export const es: Words = { ...en, rules };
