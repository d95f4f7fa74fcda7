// What a command is: its words, its options, and what it does.
import type { ParseArgsConfig } from 'node:util';
import type { ErrorCode } from '#passport';
import type { Terminal } from './terminal.ts';

export type Invocation = {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly terminal: Terminal;
};

export type Command = {
  readonly name: string;
  readonly synopsis: string;
  readonly says: string;
  /** How many words besides options, and what they are, for the complaint. */
  readonly least: number;
  readonly most: number;
  readonly takes: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** One line an option. */
  readonly about: Readonly<Record<string, string>>;
  /** @returns the exit code */
  readonly run: (invocation: Invocation) => Promise<number>;
};

/** Exit codes of errors: 3 unreadable input, 64 wrong use, 69 something needed is not there, 77 whoever asks may not; 1 for everything else. */
export const EXIT: Partial<Record<ErrorCode, number>> = {
  'text-malformed': 3, 'text-too-long': 3, 'image-unreadable': 3, 'json-malformed': 3, 'json-duplicate-key': 3, 'jwt-malformed': 3, 'sd-jwt-malformed': 3,
  'pass-malformed': 3, 'field-not-canonical': 3, 'point-invalid': 3, 'proof-malformed': 3, 'log-malformed': 3, 'receipt-invalid': 3,
  usage: 64, 'service-unavailable': 69, 'chain-unavailable': 69, 'chain-inconsistent': 69, 'not-authorised': 77,
};

/** The value of an option that has one. */
export const text = (options: Invocation['options'], name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};
