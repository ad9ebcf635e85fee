export { Jobs } from './Jobs.ts'
export { runDueActions } from './runDueActions.ts'
export { deliverOutbox } from './deliverOutbox.ts'
export { fireDueTimers } from './fireDueTimers.ts'
