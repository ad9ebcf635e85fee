/** The revision of a case moved under us: load it again and compute the step again. */
export class RevisionMoved extends Error {}
