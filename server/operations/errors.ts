// What may be told of an error: the code of one of ours, the name of any other. Its message may hold anything.
import { isHealthpassError } from '#passport';

export const nameOfError = (error: unknown): string => (isHealthpassError(error) ? error.code : error instanceof Error ? error.name : typeof error);
