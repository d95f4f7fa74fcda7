import type { Sentences } from '../types.ts';
import { codes } from './codes.ts';
import { errors } from './errors.ts';
import { miss, rule } from './rules.ts';
import { verdict } from './verdicts.ts';

export const en: Sentences = { language: 'en', codes, rule, miss, verdict, errors };
