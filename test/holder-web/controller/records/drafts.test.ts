// What a person is shown first when they share without being asked.
import { describe, expect, test } from 'vitest';
import type { UnixSeconds } from '#passport';
import type { Role } from '#records/model/members.ts';
import { ORDINARY_CATEGORIES } from '#records/model/record.ts';
import { draftFor } from '#wallet-app/records/drafts.ts';

describe('draftFor', () => {
  test.each<[Role[], string[], readonly string[]]>([
    [['laboratory'], ['write'], ['results']],
    [['pharmacy'], ['read', 'write'], ['allergies', 'medications']],
    [['doctor'], ['read', 'write'], ORDINARY_CATEGORIES],
    [['hospital', 'laboratory'], ['read', 'write'], ORDINARY_CATEGORIES],
  ])('%s: begins with what the work needs', (roles, actions, categories) => {
    expect(draftFor(roles, 1_790_000_000 as UnixSeconds)).toMatchObject({ effect: 'permit', actions, categories });
  });
});
