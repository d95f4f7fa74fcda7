// The surface of the contracts. What a browser may use of it is in reading.ts.
export {
  CONTRACT_NAMES, ISSUER_REGISTRY, PASS_VERIFIER, REGISTRY_TREE_CONTRACT, STATUS_REGISTRY, didDeployment, parseDeployment,
  type Call, type ContractName, type Deployment,
} from './deployment.ts';
export { assertWired, deploySystem } from './deploy.ts';
export { connect } from './connect.ts';
export { startAnvil, type Anvil, type AnvilOptions } from './anvil.ts';
export {
  acceptController, addIssuer, assignLists, describeIssuer, proposeController, reinstateIssuer, removeIssuer, rotateClaimsKey, setDelegate,
  suspendIssuer, type NewIssuer,
} from './governance.ts';
export {
  STATUS_ACTIONS, changeStatus, correctRoot, isRevokedOnChain, publishAnchor, statusRootOnChain, type StatusAction, type StatusUpdate,
} from './status.ts';
export { createSender, type Sender, type SenderOptions } from './sender.ts';
export { createFileJournal, createMemoryJournal, type Journal, type JournalRecord } from './journal.ts';
export type { TransactionSigner } from './signing.ts';
export { chainError, revertName } from './revert.ts';
export {
  createChainIndex, type ChainIndex, type ChainIndexOptions, type CheckpointStore, type SyncReport,
} from './chain-index/chain-index.ts';
export { createDidResolver, resolveDid, type DidResolver, type ResolvedDid } from './did-resolver.ts';
export { checkPass, consumePass, deviceKeyOfAccount, type PassTerms, type ProvenStatement } from './passes.ts';
export { deployCare, type CareOptions } from './care/deploy.ts';
export {
  CARE_INTERFACES, NOBODY, appendAnchor, appointBody, careCall, careDomain, carry, contractOf, domainOf, grantRole, parseCareDeployment, readGateway, rolesToMask, setSuspended, signerOf, withdrawRole,
  type CareDeployment, type CarriedName, type GatewayOnChain, type RoleTerms, type SignedStatement,
} from './care/index.ts';
