// What the stand-alone issuer reads from its environment.
import { z } from 'zod';
import { COMMON, httpUrl, meaning, portNumber, SECRETS, STAND_ALONE } from '#server/variables.ts';

export const ISSUER_VARIABLES = {
  config: z.object({
    ...COMMON, ...STAND_ALONE,
    HEALTHPASS_ISSUER_PORT: meaning(portNumber().default(4100), 'port of the issuer; 0 takes any', '4100'),
    HEALTHPASS_ISSUER_URL: meaning(httpUrl().optional(), 'URL under which the issuer is reached, which its credentials name; it cannot change later', '`http://127.0.0.1:` and the port; production needs an https URL'),
    HEALTHPASS_ISSUER_DATA: meaning(z.string().default('.data/issuer-service'), 'folder of its keys, its journal and its database', '`.data/issuer-service`'),
  }),
  secrets: z.object(SECRETS),
};
