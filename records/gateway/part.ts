// A part of the gateway: what it adds to the database, to the routes, and to the work that goes on by itself. parts.ts lists them all.
import type { Migrations, Route } from '#server';
import type { GatewayDeps } from './deps.ts';

/** Work that is done over and over: `every` milliseconds; `says` is told, with the name of the error, when it fails. */
export type Work = { readonly every: number; readonly run: () => Promise<unknown>; readonly says: string };

export type OpenPart = { readonly routes: readonly Route[]; readonly work?: readonly Work[] };

export type Part = {
  readonly name: string;
  /** What the routes of each of its tags have in common. */
  readonly tags: Readonly<Record<string, string>>;
  readonly migrations: Migrations;
  readonly open: (deps: GatewayDeps) => OpenPart | Promise<OpenPart>;
};
