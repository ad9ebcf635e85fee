/** Methods Node's Buffer has and its types leave out; several times faster than `toString` with an encoding. */
export {}

declare global {
  // The parameter must be named as in @types/node for the declarations to merge.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- see above
  interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike> {
    latin1Slice(start?: number, end?: number): string
    utf8Slice(start?: number, end?: number): string
    utf8Write(text: string, offset?: number): number
  }
}
