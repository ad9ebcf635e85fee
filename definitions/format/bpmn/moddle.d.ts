declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string): Promise<unknown>
    toXML(element: unknown, options?: { format?: boolean; preamble?: boolean }): Promise<{ xml: string }>
  }
}

declare module 'bpmnlint/rules/*.js' {
  const createRule: () => unknown
  export default createRule
}
declare module 'bpmnlint/lib/test-rule.js' {
  export default function testRule(options: {
    moddleRoot: unknown
    rule: unknown
    config: Record<string, unknown>
  }): { id: string; message: string }[]
}
