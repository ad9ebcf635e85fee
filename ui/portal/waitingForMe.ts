/** The query of what waits for this person; one, so that the list and the table share the answer. */
export const waitingForMe = { tab: 'mine', status: 'open', size: 100 }
