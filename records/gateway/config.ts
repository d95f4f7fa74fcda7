// What the stand-alone gateway reads from its environment.
import { z } from 'zod';
import { COMMON, httpUrl, httpUrls, meaning, portNumber, SECRETS, STAND_ALONE } from '#server/variables.ts';

export const RECORDS_VARIABLES = {
  config: z.object({
    ...COMMON,
    HEALTHPASS_RPC: STAND_ALONE.HEALTHPASS_RPC,
    HEALTHPASS_LISTEN: STAND_ALONE.HEALTHPASS_LISTEN,
    HEALTHPASS_HOSTS: STAND_ALONE.HEALTHPASS_HOSTS,
    HEALTHPASS_TRUSTED_PROXIES: STAND_ALONE.HEALTHPASS_TRUSTED_PROXIES,
    HEALTHPASS_DRAIN: STAND_ALONE.HEALTHPASS_DRAIN,
    HEALTHPASS_CARE_DEPLOYMENT: meaning(z.string(), 'file that says where the contracts of care are, as `care-deployment.json` in the data folder', 'needed'),
    HEALTHPASS_RECORDS_PORT: meaning(portNumber().default(4500), 'port of the gateway of records; 0 takes any', '4500'),
    HEALTHPASS_RECORDS_URL: meaning(httpUrl().optional(), 'URL under which the gateway of records is reached', '`http://127.0.0.1:` and the port; production needs an https URL'),
    HEALTHPASS_RECORDS_DATA: meaning(z.string().default('.data/records-gateway'), 'folder of the gateway’s database, its keys and its journal', '`.data/records-gateway`'),
    HEALTHPASS_RECORDS_CONSOLE: meaning(z.string().default('.build/faces/records'), 'folder of the built console of members (`npm run build`), served at `/console/` where it is there', '`.build/faces/records`'),
    HEALTHPASS_RECORDS_STORAGE: meaning(httpUrl(), 'URL of the storage that clients keep records at', 'needed'),
    HEALTHPASS_RECORDS_RPC: meaning(httpUrls().default([]), 'JSON-RPC URLs, separated by commas, by which wallets check the gateway against the chain', 'those of `HEALTHPASS_RPC`'),
    HEALTHPASS_RECORDS_WALLET: meaning(httpUrl().optional(), 'URL of the wallet that requests of members open', 'members show a code that any wallet reads'),
  }),
  secrets: z.object(SECRETS),
};
