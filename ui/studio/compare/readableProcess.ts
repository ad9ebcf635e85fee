import { BpmnModdle } from 'bpmn-moddle'
import { wfDescriptor } from '#definitions'

const moddle = new BpmnModdle({ wf: wfDescriptor })

/**
 * A process as text to compare: one writer for both sides, and without the drawing, so that only what the process does
 * shows. A file that cannot be read is compared as it is.
 */
export async function readableProcess(xml: string): Promise<string> {
  try {
    const { rootElement } = (await moddle.fromXML(xml)) as { rootElement: { diagrams: unknown[] } }
    rootElement.diagrams = []
    return (await moddle.toXML(rootElement, { format: true })).xml
  } catch {
    return xml
  }
}
