// Writes the JSON Schema of policies from the schema that reads them.
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { policySchema } from '#passport';

writeFileSync('passport/policies/policy.schema.json', `${JSON.stringify(z.toJSONSchema(policySchema, { io: 'input' }), null, 2)}\n`);
