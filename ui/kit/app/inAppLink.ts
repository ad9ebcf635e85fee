/** The address inside this page of a link that the server wrote (absolute or not); null for another origin. */
export function inAppLink(link: string, origin: string): string | null {
  try {
    const url = new URL(link, origin)
    return url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : null
  } catch {
    return null
  }
}
