import fc from 'fast-check'
import {
  bpmnOf,
  boundary,
  end,
  errorBody,
  messageBody,
  start,
  timerBody,
  type TestNode,
  type TestScope,
} from './testModel.ts'

/** A well-structured piece of a process; `processOf` draws it. */
export type Block =
  | { kind: 'task' | 'pass' | 'message' | 'timer' | 'job' }
  | { kind: 'sequence' | 'parallel' | 'choice'; parts: Block[] }
  /** Repeated as long as its last task says "a". */
  | { kind: 'loop'; body: Block }
  | { kind: 'race'; onMessage: Block; onTimer: Block }
  /** A task or sub-process with an event on its edge. */
  | { kind: 'edge'; body: Block | null; event: 'message' | 'timer'; interrupting: boolean; path: Block }
  | { kind: 'scope'; body: Block }
  /** A sub-process that ends in an error when its last task says "a", and what is done then. */
  | { kind: 'error'; body: Block; path: Block }
  /** A sub-process with two branches of which the first to end ends it. */
  | { kind: 'terminate'; first: Block; second: Block }

/** Random processes, at most `depth` levels deep. */
export function blocks(depth: number): fc.Arbitrary<Block> {
  const leaf = fc.constantFrom<Block>(
    ...(['task', 'task', 'task', 'pass', 'message', 'timer', 'job'] as const).map((kind) => ({ kind })),
  )
  if (depth === 0) return leaf
  const inner = blocks(depth - 1)
  const parts = fc.array(inner, { minLength: 2, maxLength: 3 })
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    { weight: 3, arbitrary: parts.map((list): Block => ({ kind: 'sequence', parts: list })) },
    { weight: 2, arbitrary: parts.map((list): Block => ({ kind: 'parallel', parts: list })) },
    { weight: 2, arbitrary: parts.map((list): Block => ({ kind: 'choice', parts: list })) },
    { weight: 1, arbitrary: inner.map((body): Block => ({ kind: 'loop', body })) },
    {
      weight: 1,
      arbitrary: fc.tuple(inner, inner).map(([onMessage, onTimer]): Block => ({ kind: 'race', onMessage, onTimer })),
    },
    {
      weight: 3,
      arbitrary: fc
        .record({
          body: fc.option(inner),
          event: fc.constantFrom<'message' | 'timer'>('message', 'timer'),
          interrupting: fc.boolean(),
          path: inner,
        })
        .map((edge): Block => ({ kind: 'edge', ...edge })),
    },
    { weight: 1, arbitrary: inner.map((body): Block => ({ kind: 'scope', body })) },
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([body, path]): Block => ({ kind: 'error', body, path })) },
    {
      weight: 1,
      arbitrary: fc.tuple(inner, inner).map(([first, second]): Block => ({ kind: 'terminate', first, second })),
    },
  )
}

/** The block as a process: its scope for the token game, its XML for the engine. */
export function processOf(block: Block): { scope: TestScope; xml: string } {
  const drawing = new Drawing()
  const scope = drawing.scope(block)
  const roots =
    drawing.messages.map((id) => `<message id="${id}" name="${id}"/>`).join('') +
    '<error id="oops" name="oops" errorCode="OOPS"/>'
  return { scope, xml: bpmnOf(scope, roots) }
}

class Drawing {
  readonly messages: string[] = []
  private count = 0

  scope(block: Block, finish: TestNode = end(this.id('end'))): TestScope {
    const into: Lines = { nodes: [start(this.id('start'))], flows: [] }
    const { first, last } = this.draw(block, into)
    into.nodes.push(finish)
    into.flows.push(`${into.nodes[0]!.id} > ${first}`, `${last} > ${finish.id}`)
    return { nodes: into.nodes, flows: into.flows.join('; ') }
  }

  private id(kind: string): string {
    return `${kind}${++this.count}`
  }

  private add(into: Lines, type: string, rest: Partial<TestNode> = {}, id = this.id(type.slice(0, 4))): string {
    into.nodes.push({ id, type, ...rest })
    return id
  }

  private event(kind: 'message' | 'timer'): string {
    if (kind === 'timer') return timerBody('PT1H')
    const message = this.id('msg')
    this.messages.push(message)
    return messageBody(message)
  }

  private draw(block: Block, into: Lines): { first: string; last: string } {
    const single = (id: string): { first: string; last: string } => ({ first: id, last: id })
    switch (block.kind) {
      case 'task':
        return single(this.add(into, 'userTask'))
      case 'pass':
        return single(this.add(into, 'task'))
      case 'message':
      case 'timer':
        return single(this.add(into, 'intermediateCatchEvent', { body: this.event(block.kind) }))
      case 'job':
        return single(this.add(into, 'serviceTask', { attributes: 'wf:service="test.service"' }))
      case 'sequence': {
        const drawn = block.parts.map((part) => this.draw(part, into))
        drawn.slice(1).forEach((part, index) => into.flows.push(`${drawn[index]!.last} > ${part.first}`))
        return { first: drawn[0]!.first, last: drawn.at(-1)!.last }
      }
      case 'parallel':
      case 'choice': {
        const type = block.kind === 'parallel' ? 'parallelGateway' : 'exclusiveGateway'
        const [split, merge] = [this.add(into, type), this.add(into, type)]
        block.parts.forEach((part, index) => {
          const drawn = this.draw(part, into)
          const fallback = index === block.parts.length - 1
          const how = block.kind === 'parallel' ? '' : fallback ? ' default' : ` [outcome = "${'ab'[index]}"]`
          into.flows.push(`${split} > ${drawn.first}${how}`, `${drawn.last} > ${merge}`)
        })
        return { first: split, last: merge }
      }
      case 'loop': {
        const merge = this.add(into, 'exclusiveGateway')
        const body = this.draw(block.body, into)
        const ask = this.add(into, 'userTask')
        const again = this.add(into, 'exclusiveGateway')
        const after = this.add(into, 'task')
        into.flows.push(`${merge} > ${body.first}`, `${body.last} > ${ask}`, `${ask} > ${again}`)
        into.flows.push(`${again} > ${merge} [outcome = "a"]`, `${again} > ${after} default`)
        return { first: merge, last: after }
      }
      case 'race': {
        const gateway = this.add(into, 'eventBasedGateway')
        const merge = this.add(into, 'exclusiveGateway')
        for (const [kind, part] of [['message', block.onMessage] as const, ['timer', block.onTimer] as const]) {
          const event = this.add(into, 'intermediateCatchEvent', { body: this.event(kind) })
          const drawn = this.draw(part, into)
          into.flows.push(`${gateway} > ${event}`, `${event} > ${drawn.first}`, `${drawn.last} > ${merge}`)
        }
        return { first: gateway, last: merge }
      }
      case 'edge': {
        const body = block.body
          ? this.add(into, 'subProcess', { inner: this.scope(block.body) })
          : this.add(into, 'userTask')
        const edge = this.id('edge')
        into.nodes.push(boundary(edge, body, this.event(block.event), block.interrupting))
        if (!block.interrupting) {
          // Without waits: bpmn-elements runs a node once at a time, so a second token would queue before a task.
          const pass = this.add(into, 'task')
          into.flows.push(`${edge} > ${pass}`, `${pass} > ${this.add(into, 'endEvent')}`)
          return single(body)
        }
        return this.merged(into, body, edge, block.path)
      }
      case 'scope':
        return single(this.add(into, 'subProcess', { inner: this.scope(block.body) }))
      case 'error': {
        const inner: Lines = { nodes: [start(this.id('start'))], flows: [] }
        const body = this.draw(block.body, inner)
        const ask = this.add(inner, 'userTask')
        const bad = this.add(inner, 'exclusiveGateway')
        const broken = this.id('end')
        const fine = this.id('end')
        inner.nodes.push(end(broken, errorBody('oops')), end(fine))
        inner.flows.push(`${inner.nodes[0]!.id} > ${body.first}`, `${body.last} > ${ask}`, `${ask} > ${bad}`)
        inner.flows.push(`${bad} > ${broken} [outcome = "a"]`, `${bad} > ${fine} default`)
        const scope = this.add(into, 'subProcess', { inner: { nodes: inner.nodes, flows: inner.flows.join('; ') } })
        const edge = this.id('edge')
        into.nodes.push(boundary(edge, scope, errorBody('oops')))
        return this.merged(into, scope, edge, block.path)
      }
      case 'terminate': {
        const inner: Lines = { nodes: [start(this.id('start'))], flows: [] }
        const fork = this.add(inner, 'parallelGateway')
        inner.flows.push(`${inner.nodes[0]!.id} > ${fork}`)
        for (const [part, finish] of [
          [block.first, end(this.id('end'), '<terminateEventDefinition/>')] as const,
          [block.second, end(this.id('end'))] as const,
        ]) {
          // A task first, so that the branches cannot both end in the step in which they began.
          const ask = this.add(inner, 'userTask')
          const drawn = this.draw(part, inner)
          inner.nodes.push(finish)
          inner.flows.push(`${fork} > ${ask}`, `${ask} > ${drawn.first}`, `${drawn.last} > ${finish.id}`)
        }
        return single(this.add(into, 'subProcess', { inner: { nodes: inner.nodes, flows: inner.flows.join('; ') } }))
      }
    }
  }

  private merged(into: Lines, body: string, edge: string, path: Block): { first: string; last: string } {
    const merge = this.add(into, 'exclusiveGateway')
    const drawn = this.draw(path, into)
    into.flows.push(`${body} > ${merge}`, `${edge} > ${drawn.first}`, `${drawn.last} > ${merge}`)
    return { first: body, last: merge }
  }
}

interface Lines {
  nodes: TestNode[]
  flows: string[]
}
