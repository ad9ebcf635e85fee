import type { EntitySummary, SearchGroupView } from '#engine/contract'
import { foldText } from '#forms'
import { paths } from '../kit/app/paths.ts'
import type { MenuLink } from './menuLinks.ts'

/** One line of the search over everything. */
export interface Hit {
  to: string
  title: string
  kind: string
  isRecord?: true
}

export interface SearchInput {
  typed: string
  groups: SearchGroupView[]
  links: MenuLink[]
  entities: EntitySummary[]
  /** Keys of the menu, in its order. */
  inMenu: string[]
  say: { place: string; action: string; create: (what: string) => string }
}

/** Places and actions whose every typed word occurs in their title, then records: kinds of the menu first. */
export function searchHits({ typed, groups, links, entities, inMenu, say }: SearchInput): Hit[] {
  const words = foldText(typed).split(/\s+/).filter(Boolean)
  const fits = (title: string) => words.every((word) => foldText(title).includes(word))
  const rank = (key: string) => (inMenu.includes(key) ? inMenu.indexOf(key) : inMenu.length)
  const places = links
    .filter((link) => fits(link.title))
    .map((link) => ({ to: link.to, title: link.title, kind: say.place }))
  const actions = entities.flatMap(({ key, title, creates }) => {
    if (!creates || words.length === 0) return []
    const said = creates.title ?? say.create(title)
    const to = creates.process ? paths.start(creates.process) : paths.newRecord(key)
    return fits(said) ? [{ to, title: said, kind: say.action }] : []
  })
  const records = [...groups]
    .sort((a, b) => rank(a.entity) - rank(b.entity))
    .flatMap((group) =>
      group.items.map((item) => ({
        to: paths.record(group.entity, item.id),
        title: item.label,
        kind: group.title,
        isRecord: true as const,
      })),
    )
  return [...places, ...actions, ...records]
}
