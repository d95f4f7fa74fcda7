// Every command, in the order of the story: hold, issue, campaign, present, verify, revoke, what is known, and who may do what.
import type { Command } from './command.ts';
import { auditVerify } from './commands/audit.ts';
import { campaign } from './commands/campaign.ts';
import { disclose } from './commands/disclose.ts';
import { issue } from './commands/issue.ts';
import { present } from './commands/present.ts';
import { recordsCommands } from './commands/records.ts';
import { rotate } from './commands/rotate.ts';
import { staffCommands } from './commands/staff.ts';
import { statusCommands } from './commands/status.ts';
import { trust } from './commands/trust.ts';
import { verify } from './commands/verify.ts';
import { walletInit, walletReceive, walletRefresh, walletShow } from './commands/wallet.ts';

/** `audit verify` before `audit`: the first whose words fit is taken. */
export const COMMANDS: readonly Command[] = [walletInit, walletShow, walletRefresh, walletReceive, issue, campaign, present, disclose, verify, ...statusCommands, rotate, trust, ...recordsCommands, auditVerify, ...staffCommands];
