import { ApiError } from '../client/http/ApiError.ts'
import { PageError } from '../kit/feedback/PageError.tsx'

/** An address nobody knows reads like a thing that is not there. */
export function NotFound() {
  return <PageError error={new ApiError(404, 'thing.not-found', '')} />
}
