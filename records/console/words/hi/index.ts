import { account } from './account.ts';
import { body } from './body.ts';
import { care } from './care.ts';
import { emergency } from './emergency.ts';
import { frame } from './frame.ts';
import { membership } from './membership.ts';
import { names } from './names.ts';
import { opening } from './opening.ts';
import { patients } from './patients.ts';
import { prescriptions } from './prescriptions.ts';
import { record } from './record.ts';
import { writing } from './writing.ts';
import type { Words } from '../index.ts';

export const hi: Words = { ...frame, ...names, ...opening, ...account, ...membership, ...body, ...patients, ...record, ...writing, ...care, ...emergency, ...prescriptions };
