// What the stand-alone verifier reads from its environment.
import { z } from 'zod';
import { COMMON, httpUrl, httpUrls, meaning, portNumber, SECRETS, STAND_ALONE } from '#server/variables.ts';

export const VERIFIER_VARIABLES = {
  config: z.object({
    ...COMMON, ...STAND_ALONE,
    HEALTHPASS_VERIFIER_PORT: meaning(portNumber().default(4200), 'port of the verifier; 0 takes any', '4200'),
    HEALTHPASS_VERIFIER_URL: meaning(httpUrl().optional(), 'URL under which the verifier is reached', '`http://127.0.0.1:` and the port; production needs an https URL'),
    HEALTHPASS_VERIFIER_DATA: meaning(z.string().default('.data/verifier-service'), 'folder of its database, its keys and its token', '`.data/verifier-service`'),
    HEALTHPASS_VERIFIER_SCANNER: meaning(z.string().default('.build/faces/scanner'), 'folder of the built scanner (`npm run build`), served at `/scanner/` where it is there', '`.build/faces/scanner`'),
    HEALTHPASS_VERIFIER_NAME: meaning(z.string().min(1).max(100).default('Verifier'), 'how wallets call the verifier when it asks', '`Verifier`'),
    HEALTHPASS_VERIFIER_CERTIFICATE: meaning(z.string().optional(), 'file of the certificate chain that requests are signed under, PEM, leaf first', 'in development one is made; in production the verifier asks by its DID only'),
    HEALTHPASS_CERTIFICATE_ROOTS: meaning(z.string().optional(), 'file of root certificates, PEM, that the certificates of SD-JWT VCs have to lead to', 'any that hold together, for a key that the DID document lists'),
    HEALTHPASS_ISSUERS: meaning(httpUrls().default([]), 'URLs of issuers’ services, separated by commas, for what keys signed that were retired since', 'none: such signatures are refused'),
  }),
  secrets: z.object({ ...SECRETS, HEALTHPASS_VERIFIER_CERTIFICATE_KEY: meaning(z.string().optional(), 'key of that certificate, PKCS #8 in PEM', 'needed with it') }),
};
