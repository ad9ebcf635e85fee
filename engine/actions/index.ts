export { performAction, scheduleId } from './performAction.ts'
export { runAction, type RunActionInput } from './runAction.ts'
