import Modeler from 'bpmn-js/lib/Modeler'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import { wfDescriptor } from '#definitions'
import type { Diagram } from './DiagramServices.ts'
import { houseToolsModule } from './houseTools.ts'
import { insertStepModule } from './insertStep.ts'
import { translateModule } from './translate.ts'

/** bpmn-js with our extension namespace, our words and the tools the engine can run. Browser only. */
export function createDiagram(language: string): Diagram {
  const modeler = new Modeler({
    moddleExtensions: { wf: wfDescriptor },
    additionalModules: [...(language === 'es' ? [translateModule] : []), houseToolsModule, insertStepModule],
  })
  return modeler
}
