import { PAGE_HEADER, type DataFile, type Meta, type Tree } from './dataFile.ts'

const BRANCH = 0x01
const LEAF = 0x02
const OVERFLOW = 0x04
/** The low bits of a page's flags say what it is; the high ones are lmdb's own in memory. */
const KIND = 0x7f
/** Bytes of a node before its key: data size or page number u48, with flags in the upper u16, then key size u16. */
const NODE_HEADER = 8
/** The node's data lies on pages of its own: number u64, transaction u64, count u64. */
const BIG_DATA = 0x01

/**
 * Reads every page of a tree of an lmdb file: each must bear its number, be no newer than what leads to it, and hold
 * what fits into it; together there must be as many pages and entries as the tree says. What a value says is not looked
 * at. Layout: MDB_page, MDB_node and MDB_ovpage in lmdb's mdb.c.
 * @throws StoreCorruptError
 */
export function checkTree(file: DataFile, meta: Meta, tree: Tree): void {
  const found = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 }
  const walk = (number: number, newest: bigint, depth: number): void => {
    const page = Buffer.allocUnsafe(meta.pageSize)
    const kind = openPage(file, meta, number, newest, page)
    if (depth > 32) throw file.corrupt(`page ${number} lies too deep`)
    const transaction = page.readBigUInt64LE(8)
    const nodes = nodesOf(file, number, page)
    if (kind === BRANCH) {
      found.branchPages++
      for (const node of nodes) walk(page.readUIntLE(node, 6), transaction, depth + 1)
    } else if (kind === LEAF) {
      found.leafPages++
      found.entries += nodes.length
      for (const node of nodes) found.overflowPages += checkData(file, meta, number, page, node)
    } else throw file.corrupt(`page ${number} is of another kind`)
  }
  if (tree.root !== undefined) walk(tree.root, meta.transaction, 0)
  for (const name of ['branchPages', 'leafPages', 'overflowPages', 'entries'] as const)
    if (found[name] !== tree[name])
      throw file.corrupt(`it has ${found[name]} ${LABELS[name]} and should have ${tree[name]}`)
}

const LABELS = {
  branchPages: 'branch pages',
  leafPages: 'leaf pages',
  overflowPages: 'overflow pages',
  entries: 'entries',
}

/** Reads a page and returns its kind. */
function openPage(file: DataFile, meta: Meta, number: number, newest: bigint, page: Buffer): number {
  if (number < 2 || number > meta.lastPage || !file.readPage(number, page))
    throw file.corrupt(`it points to page ${number}, which does not exist`)
  if (Number(page.readBigUInt64LE(0)) !== number || page.readBigUInt64LE(8) > newest)
    throw file.corrupt(`page ${number} is not what was written there`)
  return page.readUInt16LE(18) & KIND
}

/** Where the nodes of a branch or leaf page begin. */
function nodesOf(file: DataFile, number: number, page: Buffer): number[] {
  const room = page.length - PAGE_HEADER
  const [lower, upper] = [page.readUInt16LE(20), page.readUInt16LE(22)]
  if (lower > upper || upper > room) throw file.corrupt(`page ${number} is not what was written there`)
  return Array.from({ length: lower >> 1 }, (_, index) => {
    const offset = page.readUInt16LE(PAGE_HEADER + 2 * index)
    const node = PAGE_HEADER + offset
    if (
      offset < upper ||
      node + NODE_HEADER > page.length ||
      node + NODE_HEADER + page.readUInt16LE(node + 6) > page.length
    )
      throw file.corrupt(`page ${number} is not what was written there`)
    return node
  })
}

/** Checks the value of a leaf's node and returns how many pages of its own it has. */
function checkData(file: DataFile, meta: Meta, number: number, page: Buffer, node: number): number {
  const size = page.readUInt32LE(node)
  const data = node + NODE_HEADER + page.readUInt16LE(node + 6)
  if ((page.readUInt16LE(node + 4) & BIG_DATA) === 0) {
    if (data + size > page.length) throw file.corrupt(`page ${number} is not what was written there`)
    return 0
  }
  if (data + 24 > page.length) throw file.corrupt(`page ${number} is not what was written there`)
  const [first, pages] = [Number(page.readBigUInt64LE(data)), Number(page.readBigUInt64LE(data + 16))]
  const head = Buffer.allocUnsafe(meta.pageSize)
  // In a compact copy it keeps its transaction, while the pages above it begin anew at 1.
  if (openPage(file, meta, first, meta.transaction, head) !== OVERFLOW || head.readUInt32LE(20) !== pages)
    throw file.corrupt(`page ${first} is not what was written there`)
  if (first + pages - 1 > meta.lastPage || pages * meta.pageSize < size + PAGE_HEADER)
    throw file.corrupt(`the value on page ${first} runs past its end`)
  return pages
}
