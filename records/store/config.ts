// What the stand-alone storage reads from its environment.
import { z } from 'zod';
import { COMMON, STAND_ALONE, httpUrl, meaning, portNumber, wholeNumber } from '#server/variables.ts';

export const STORE_VARIABLES = {
  config: z.object({
    ...COMMON,
    HEALTHPASS_LISTEN: STAND_ALONE.HEALTHPASS_LISTEN,
    HEALTHPASS_HOSTS: STAND_ALONE.HEALTHPASS_HOSTS,
    HEALTHPASS_TRUSTED_PROXIES: STAND_ALONE.HEALTHPASS_TRUSTED_PROXIES,
    HEALTHPASS_DRAIN: STAND_ALONE.HEALTHPASS_DRAIN,
    HEALTHPASS_STORAGE_PORT: meaning(portNumber().default(4400), 'port of the storage of records; 0 takes any', '4400'),
    HEALTHPASS_STORAGE_URL: meaning(httpUrl().optional(), 'URL under which the storage is reached', '`http://127.0.0.1:` and the port; production needs an https URL'),
    HEALTHPASS_STORAGE_DATA: meaning(z.string().default('.data/storage'), 'folder of the chunks, which one process has to itself', '`.data/storage`'),
    HEALTHPASS_STORAGE_RESERVE: meaning(wholeNumber(1_000_000).default(256), 'MiB of the disk that the storage leaves free; beyond, it takes nothing more', '256'),
  }),
  secrets: z.object({}),
};
