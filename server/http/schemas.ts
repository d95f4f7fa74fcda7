// Schemas that many routes share.
import { z } from 'zod';

/** A whole number in a path: at most ten digits. */
export const wholeNumberText = z.string().regex(/^\d{1,10}$/).transform(Number).meta({ description: 'A whole number' });

/** The word that a service is up. */
export const healthSchema = z.strictObject({ status: z.literal('ok') });
