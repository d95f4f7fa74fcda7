export { GOVERNANCE_MIGRATION } from './actions.ts';
export { createOperator, type Operator } from './operator.ts';
export { operatorRoutes } from './routes.ts';
