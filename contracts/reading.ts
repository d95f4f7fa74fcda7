// The browser-safe reading side of the contracts: nothing here, or below it, needs Node.
export { CONTRACT_NAMES, parseDeployment, type ContractName, type Deployment } from './deployment.ts';
export {
  createChainIndex, type ChainIndex, type ChainIndexOptions, type CheckpointStore, type SyncReport,
} from './chain-index/chain-index.ts';
