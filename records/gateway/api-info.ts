// What the records gateway says of itself in its description. Each tag that a route has is explained here.
import type { ApiInfo } from '#server';

export const RECORDS_INFO: ApiInfo = {
  title: 'healthpass records',
  description: 'Records under the patient’s control: decides who may read what, keeps account of every access, and sees neither records nor keys.',
  version: '0.1.0',
  tags: {
    operations: 'How the service is, and what it can do.',
  },
};
