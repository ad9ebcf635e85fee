export { Jobs } from './Jobs.ts'
export { deliverOutbox } from './deliverOutbox.ts'
export { fireDueTimers } from './fireDueTimers.ts'
