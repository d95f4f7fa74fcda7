// The policies that ship with the project, in the JSON files beside this one.
import { parsePolicy, type Policy } from '../policy.ts';
import euTravel2022 from './eu-travel-2022.json' with { type: 'json' };
import measlesSchool from './measles-school.json' with { type: 'json' };
import negativeTest from './negative-test.json' with { type: 'json' };
import over18 from './over-18.json' with { type: 'json' };
import tetanusBooster from './tetanus-booster.json' with { type: 'json' };
import yellowFever from './yellow-fever.json' with { type: 'json' };

export const POLICIES: readonly Policy[] = [euTravel2022, yellowFever, measlesSchool, tetanusBooster, negativeTest, over18].map(parsePolicy);

/** The newest version of a policy. */
export const policyById = (id: string): Policy | undefined => POLICIES.filter((policy) => policy.id === id).at(-1);
