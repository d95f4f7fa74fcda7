// What the routes of patients and of the register take and give alike.
import { z } from 'zod';

export const seconds = z.int().meta({ description: 'Unix seconds' });
export const wholeNumber = (most: number) => z.string().regex(/^\d{1,15}$/).transform(Number).pipe(z.int().max(most));
export const cursor = wholeNumber(Number.MAX_SAFE_INTEGER).optional().meta({ description: 'Where an earlier answer ended' });
export const limit = wholeNumber(200).pipe(z.int().min(1)).optional().meta({ description: 'How many at most; 50 where it says nothing' });
export const id = z.object({ id: z.string().regex(/^[\x21-\x7e]{1,64}$/) });
export const nextCursor = z.string().optional().meta({ description: 'What to ask for the next page with; absent after the last' });
export const cursorOf = ({ cursor: at }: { readonly cursor?: number }) => (at === undefined ? {} : { cursor: String(at) });
