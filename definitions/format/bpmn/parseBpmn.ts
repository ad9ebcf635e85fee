import { BpmnModdle } from 'bpmn-moddle'
import type { Finding } from '../types.ts'
import type { BpmnElement } from './element.ts'
import { nearestName } from './nearestName.ts'
import { wfDescriptor, wfNames } from './wf.ts'

/** What bpmn-moddle makes of a file. `references` is what moddle-context-serializer needs. */
export interface ParsedBpmn {
  rootElement: BpmnElement
  references: { element: BpmnElement; property: string; id: string }[]
  elementsById: Record<string, BpmnElement>
  warnings: { message: string }[]
}

/** A process of 150 nodes with its diagram is about 150 KB; ten times that is no longer a diagram somebody drew. */
export const maxBpmnCharacters = 2_000_000

const problem = (code: string, message: string, cure: string, at = ''): Finding => ({
  code,
  severity: 'error',
  file: '',
  at,
  message,
  cure,
})

/** One moddle per call would parse the metamodel again; the instance itself holds no state between calls. */
const moddle = new BpmnModdle({ wf: wfDescriptor })

/**
 * Reads BPMN 2.0 XML. Never throws: malformed, oversized or suspicious text comes back as findings, and so does
 * every warning of the parser, because a warning means that something written in the file would be ignored.
 * Findings carry `file: ''`; the caller knows the file's name.
 */
export async function parseBpmn(xml: string): Promise<{ parsed: ParsedBpmn } | { findings: Finding[] }> {
  if (typeof xml !== 'string' || xml.trim() === '')
    return {
      findings: [problem('bpmn-xml', 'El archivo del proceso está vacío', 'Dibuje el proceso y guárdelo de nuevo')],
    }
  if (xml.length > maxBpmnCharacters)
    return {
      findings: [
        problem(
          'bpmn-size',
          `El archivo del proceso es demasiado grande (${xml.length} caracteres; el máximo es ${maxBpmnCharacters})`,
          'Divida el proceso en varios con actividades de llamada',
        ),
      ],
    }
  if (/<!(DOCTYPE|ENTITY)/i.test(xml))
    return {
      findings: [
        problem(
          'bpmn-xml',
          'El archivo declara un DOCTYPE o entidades XML, que no se admiten',
          'Quite la declaración <!DOCTYPE …> del archivo',
        ),
      ],
    }
  try {
    // The text is decoded already; what its bytes once were is of no account.
    const text = xml.replace(/^(\s*<\?xml[^>]*?)\sencoding\s*=\s*("[^"]*"|'[^']*')/, '$1')
    const parsed = (await moddle.fromXML(text)) as ParsedBpmn
    if (parsed.rootElement.$type !== 'bpmn:Definitions')
      return { findings: [problem('bpmn-xml', 'El archivo no es un modelo BPMN', 'La raíz debe ser <definitions>')] }
    if (parsed.warnings.length) return { findings: parsed.warnings.map((warning) => findingOfWarning(warning.message)) }
    return { parsed }
  } catch (error) {
    // Also RangeError: elements nested tens of thousands deep overflow the parser's stack.
    const reason = error instanceof Error ? firstLine(error.message) : String(error)
    return {
      findings: [
        problem('bpmn-xml', `El archivo no se puede leer: ${reason}`, 'Revise que sea XML de BPMN 2.0 completo'),
      ],
    }
  }
}

/** The definitions as canonical XML without the drawing: two files with the same text behave the same. */
export async function canonicalBpmn(definitions: BpmnElement): Promise<string> {
  const diagrams = definitions.diagrams
  definitions.diagrams = []
  try {
    return (await moddle.toXML(definitions, { format: false })).xml
  } finally {
    definitions.diagrams = diagrams
  }
}

const firstLine = (text: string): string => text.split('\n')[0]!.trim()

function findingOfWarning(message: string): Finding {
  const unknown = /unknown (?:attribute|type|element) <wf:(\w+)>/i.exec(message)
  if (unknown) {
    const name = unknown[1]!.charAt(0).toLowerCase() + unknown[1]!.slice(1)
    const near = nearestName(name, wfNames)
    return problem('unknown-key', `wf:${name} no existe`, near ? `¿Quiso decir wf:${near}?` : 'Quítelo del archivo')
  }
  const duplicate = /duplicate ID <([^>]*)>/i.exec(message)
  if (duplicate)
    return problem(
      'duplicate-id',
      `El identificador ${duplicate[1]} está repetido`,
      'Dé a cada elemento uno propio',
      duplicate[1],
    )
  const unresolved = /unresolved reference <([^>]*)>/i.exec(message)
  if (unresolved)
    return problem(
      'unresolved',
      `Se menciona el elemento ${unresolved[1]}, que no existe`,
      'Corrija la referencia o vuelva a dibujar la conexión',
      unresolved[1],
    )
  return problem(
    'bpmn-warning',
    `El modelo contiene algo que no se entiende: ${firstLine(message)}`,
    'Quítelo o corríjalo',
  )
}
