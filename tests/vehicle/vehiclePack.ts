import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

interface Roles {
  can: Record<string, Record<string, string>>
  rows: Record<string, Record<string, string>>
  fields: Record<string, Record<string, { read: string[]; edit?: string[] }>>
}
interface Pack {
  menus: object[]
}
interface Entity {
  'x-related': Record<string, object>
}

/**
 * The first pack with one kind of records more, as an analyst adds it: two files, and lines in three others. Answers the
 * folder that holds the pack; no program is part of it.
 */
export async function vehiclePack(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cauce-vehicle-'))
  const pack = join(folder, 'fm')
  await cp(resolve('definitions/fm'), pack, { recursive: true })
  await cp(resolve(import.meta.dirname, 'pack'), pack, { recursive: true })
  const change = async (file: string, how: (content: Roles & Pack & Entity) => void): Promise<void> => {
    const content = JSON.parse(await readFile(join(pack, file), 'utf8')) as Roles & Pack & Entity
    how(content)
    await writeFile(join(pack, file), JSON.stringify(content))
  }
  await change('roles.json', ({ can, rows, fields }) => {
    can.vehiculo = {
      superadmin: 'read create edit delete correct inactivate export import print history',
      'gerente-fm': 'read export history',
      planner: 'read',
      cliente: 'read',
    }
    rows.vehiculo = { cliente: 'record.cliente in actor.clientes' }
    fields.vehiculo = {
      tarifaDiaria: { read: ['superadmin', 'gerente-fm'] },
      tarifaMensual: { read: ['superadmin', 'gerente-fm'] },
    }
  })
  await change('pack.json', ({ menus }) => {
    menus.push({ title: 'Vehículos', icon: 'truck', front: 'staff', items: ['vehiculo'] })
  })
  await change('entities/cliente.json', (client) => {
    client['x-related'].vehiculos = { title: 'Vehículos', entity: 'vehiculo', by: 'cliente' }
  })
  return folder
}
