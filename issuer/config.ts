// What the stand-alone issuer reads from its environment.
import { z } from 'zod';
import { COMMON, httpUrl, meaning, oneOf, portNumber, SECRETS, STAND_ALONE } from '#server/variables.ts';

export const ISSUER_VARIABLES = {
  config: z.object({
    ...COMMON, ...STAND_ALONE,
    HEALTHPASS_ISSUER_PORT: meaning(portNumber().default(4100), 'port of the issuer; 0 takes any', '4100'),
    HEALTHPASS_ISSUER_URL: meaning(httpUrl().optional(), 'URL under which the issuer is reached, which its credentials name; it cannot change later', '`http://127.0.0.1:` and the port; production needs an https URL'),
    HEALTHPASS_ISSUER_DATA: meaning(z.string().default('.data/issuer-service'), 'folder of its keys, its journal and its database', '`.data/issuer-service`'),
    HEALTHPASS_ISSUER_CONSOLE: meaning(z.string().default('.build/faces/console'), 'folder of the built console (`npm run build`), served at `/console/` where it is there', '`.build/faces/console`'),
    HEALTHPASS_ISSUER_RECORDS: meaning(httpUrl().optional(), 'URL of the console of records that the console shows the way to', 'it shows none'),
    HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY: meaning(z.string().optional(), 'file of the certificate authority that certifies the issuer’s keys under its URL (`x5c` of SD-JWT VCs), PEM: its own certificate first, up to the root', 'in development one is made; in production SD-JWT VCs name the DID alone'),
    HEALTHPASS_ISSUER_WALLET_ATTESTERS: meaning(z.string().optional(), 'file of the wallet attesters that are believed: a JWKS of P-256 keys, each with the `iss` of its attestations', 'none are read'),
    HEALTHPASS_ISSUER_DPOP: meaning(oneOf('optional', 'required').default('optional'), '`required` gives tokens only to wallets that use DPoP, as HAIP has it', '`optional`'),
  }),
  secrets: z.object({ ...SECRETS, HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY_KEY: meaning(z.string().optional(), 'key of that authority, PKCS #8 in PEM', 'needed with it') }),
};
