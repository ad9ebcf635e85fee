/** The parts of the unified test format (schema 1.x) that the runner reads. */
export type Json = Record<string, unknown>

export interface Requirement {
  minServerVersion?: string
  maxServerVersion?: string
  topologies?: string[]
  auth?: boolean
  serverless?: string
  serverParameters?: Json
  csfle?: unknown
}

export interface Operation {
  name: string
  object: string
  arguments?: Json
  expectResult?: unknown
  expectError?: Json
  saveResultAsEntity?: string
  ignoreResultAndError?: boolean
}

export interface CollectionData {
  collectionName: string
  databaseName: string
  documents: Json[]
  createOptions?: Json
}

export interface SpecTest {
  description: string
  runOnRequirements?: Requirement[]
  skipReason?: string
  operations: Operation[]
  expectEvents?: { client: string; eventType?: string; events: Json[]; ignoreExtraEvents?: boolean }[]
  outcome?: CollectionData[]
}

export interface SpecFile {
  description: string
  schemaVersion: string
  runOnRequirements?: Requirement[]
  createEntities?: Record<string, Json>[]
  initialData?: CollectionData[]
  tests: SpecTest[]
}
