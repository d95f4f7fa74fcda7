export { openVcApiKeys, type VcApiKeys } from './keys.ts';
export { vcApiRoutes } from './routes.ts';
export { createVcApi, type VcApi } from './service.ts';
