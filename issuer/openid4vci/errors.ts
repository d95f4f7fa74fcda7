// Telling the errors of the protocol from others.
import { ProtocolError } from '#server';

export const isProtocolError = (error: unknown): error is ProtocolError => error instanceof ProtocolError;
