export * from './shapes.ts'
export { routes, type RouteDefinition, type RouteName } from './routes.ts'
export { errorCatalog, type ErrorCode, type ErrorFamily, type ErrorDefinition } from './errors.ts'
export { isOneOf, nameKinds } from './fileKinds.ts'
