import type { JsonObject } from '#forms'
import { errorCatalog, routes, type RouteDefinition } from '#engine/contract'

/**
 * The OpenAPI 3.1 document of one front, assembled from the routes. `entities`: what the `data` of records holds, for
 * each kind that the asker may read.
 */
export function openApi(front: 'staff' | 'portal', title: string, entities: Record<string, JsonObject>): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, route] of Object.entries(routes) as [string, RouteDefinition][]) {
    if (!route.fronts.includes(front)) continue
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${title} API`,
      version: '1',
      description:
        'Errors carry {code, message, issues?, requestId}; the message is in Spanish. Schemas but Error are the `data` of records.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: `cauce_${front}` } },
      schemas: {
        ...entities,
        Error: {
          type: 'object',
          required: ['code', 'message', 'requestId'],
          properties: {
            code: { type: 'string', enum: Object.keys(errorCatalog) },
            message: { type: 'string' },
            requestId: { type: 'string' },
            issues: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  path: { type: 'string' },
                  rule: { type: 'string' },
                  params: { type: 'object' },
                  message: { type: 'string' },
                  level: { enum: ['error', 'warn', 'info'] },
                },
              },
            },
          },
        },
      },
    },
  }
}

function operation(name: string, route: RouteDefinition): object {
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    operationId: name,
    summary: route.summary,
    parameters,
    ...(route.session === false ? {} : { security: [{ session: [] }] }),
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } } : {}),
    responses: {
      [String(route.status ?? 200)]: { description: route.answers },
      default: {
        description: 'Error',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}
