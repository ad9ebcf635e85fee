import type { PipelineStage } from 'mongoose'
import { TenantCollection } from './TenantCollection.ts'

/** Thrown to whoever tries: it is a defect of ours, whatever a person asked for. */
class AppendOnlyError extends Error {
  constructor(operation: string) {
    super(`${operation}: this collection only grows`)
  }
}

/** A collection whose documents stay as they were written: everything but reading and inserting is refused. */
export class AppendOnlyCollection<T extends { _id: string }> extends TenantCollection<T> {
  override updateOne(): Promise<number> {
    return Promise.reject(new AppendOnlyError('updateOne'))
  }

  override updateMany(): Promise<number> {
    return Promise.reject(new AppendOnlyError('updateMany'))
  }

  override findOneAndUpdate(): Promise<T | null> {
    return Promise.reject(new AppendOnlyError('findOneAndUpdate'))
  }

  override deleteOne(): Promise<number> {
    return Promise.reject(new AppendOnlyError('deleteOne'))
  }

  override deleteMany(): Promise<number> {
    return Promise.reject(new AppendOnlyError('deleteMany'))
  }

  /** Stages that write are refused too. */
  override aggregate<R>(stages: PipelineStage[]): Promise<R[]> {
    const writes = stages.some((stage) => '$out' in stage || '$merge' in stage)
    return writes ? Promise.reject(new AppendOnlyError('aggregate')) : super.aggregate<R>(stages)
  }
}
