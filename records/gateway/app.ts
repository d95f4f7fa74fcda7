// The gateway's service: its own few routes, and those of its parts. Each part says itself who may call what.
import type { Hono } from 'hono';
import { createRouter, healthSchema, NO_ACCESS, type ApiInfo, type Route, type RouterOptions } from '#server';
import { configSchema, type PublicConfig } from '#records/client/config.ts';
import { RECORDS_INFO } from './api-info.ts';
import { createCallers } from './caller.ts';
import type { CoreDeps, GatewayDeps } from './deps.ts';
import type { Work } from './part.ts';
import { PARTS } from './parts.ts';
import { unsecured } from './secured.ts';

export type RecordsAppOptions = Omit<RouterOptions, 'access' | 'info'>;
/** `work` is for whoever runs the service to have done, over and over. */
export type Records = { readonly app: Hono; readonly work: readonly Work[]; readonly deps: GatewayDeps };

export async function createRecords(core: CoreDeps, options: RecordsAppOptions): Promise<Records> {
  const deps: GatewayDeps = { ...core, ...createCallers(core) };
  const parts = await Promise.all(PARTS.map((part) => part.open(deps)));
  const routes = [...ownRoutes(deps), ...parts.flatMap((part) => part.routes)];
  return { app: createRouter(routes, { info: infoOfParts(), access: NO_ACCESS, ...options }), work: parts.flatMap(({ work = [] }) => work), deps };
}

const infoOfParts = (): ApiInfo => ({ ...RECORDS_INFO, tags: { ...Object.assign({}, ...PARTS.map(({ tags }) => tags)) as Record<string, string>, ...RECORDS_INFO.tags } });

function ownRoutes({ config, roles, careIndex }: GatewayDeps): readonly Route[] {
  return [
    unsecured({
      method: 'get', path: '/health', summary: 'Say that the service is up', tag: 'operations', surface: 'public',
      answers: { 200: { description: 'It is', schema: healthSchema } },
      run: () => ({ status: 'ok' }),
    }),
    unsecured({
      method: 'get', path: '/config', summary: 'Say what clients need to know: chain, contracts, store, bodies', tag: 'operations', surface: 'public',
      answers: { 200: { description: 'The surroundings', schema: configSchema } },
      run({ context }): PublicConfig {
        context.header('cache-control', 'no-cache');
        return { ...config, quorum: careIndex.quorum(), bodies: roles.bodies().map(({ body, roles: decides }) => ({ address: body, decides })) };
      },
    }),
  ];
}
