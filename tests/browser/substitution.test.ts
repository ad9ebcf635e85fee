import { expect, it } from '@jest/globals'
import { People, startContract } from '../http/contractCase.ts'
import { eventually } from '../setup/eventually.ts'
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  openPage,
  takePicture,
  withProduct,
} from './harness.ts'

const DAY = 86_400_000

describeInBrowser('a substitution for a week', () => {
  const stage = withProduct()
  const dayText = (from: number): string =>
    new Intl.DateTimeFormat('es-PE', {
      timeZone: 'America/Lima',
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
    }).format(stage.product.clock!.now().getTime() + from * DAY)

  it('[FM-D-132] is named by the person himself, fills the other’s inbox, is told in the history, and ends by itself', async () => {
    // No midnight comes between the days that are typed and the server that judges them.
    stage.product.clock!.freeze(stage.product.clock!.now())
    const away = await openPage(stage.browser, stage.product.staffUrl, { user: 'facility.manager' })
    await away.page.goto('/bandeja')
    await away.page.getByRole('button', { name: /Cuenta de/ }).click()
    await away.page.getByRole('menuitem', { name: 'Sustituciones' }).click()
    await away.page.getByRole('heading', { level: 1, name: 'Sustituciones' }).waitFor()
    await away.page.getByText('No hay sustituciones').waitFor()
    await expectAccessible(away.page)
    await away.page.getByRole('button', { name: 'Nombrar un sustituto' }).click()
    const dialog = away.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await eventually(async () => expect(await dialog.getByText('Complete este dato').count()).toBe(3))
    await dialog.getByRole('combobox', { name: /¿Quién lo reemplaza\?/ }).fill('Carla')
    await away.page.getByRole('option', { name: 'Carla Rojas Díaz' }).click()
    await dialog.getByLabel(/^Primer día/).fill(dayText(0))
    await dialog.getByLabel(/^Último día/).fill(dayText(6))
    await dialog.getByLabel(/^Nota/).fill('Vacaciones')
    await expectAccessible(away.page)
    await takePicture(away.page, 'substitution-dialog')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await away.page.getByText('Carla Rojas Díaz lo reemplaza a usted').waitFor()
    await away.page.getByText('Vigente').waitFor()
    await takePicture(away.page, 'substitution')
    expect(away.problems).toEqual([])

    const contract = await startContract(new People(stage.product))
    const desk = await openPage(stage.browser, stage.product.staffUrl, { width: 'narrow', user: 'service.desk' })
    await desk.page.goto('/bandeja')
    const task = desk.page.getByRole('listitem').filter({ hasText: 'Por Martín Cáceres Vega' })
    await task.first().waitFor()
    await expectNoSidewaysScroll(desk.page)
    await expectAccessible(desk.page)
    await takePicture(desk.page, 'substitution-inbox')
    await task.first().getByRole('link').click()
    await desk.page.getByText('Usted la atiende en nombre de Martín Cáceres Vega').waitFor()
    await desk.page.getByRole('button', { name: 'Tomar la tarea' }).click()
    await desk.page.getByRole('button', { name: 'Devolver al grupo' }).waitFor()
    await expectAccessible(desk.page)
    await takePicture(desk.page, 'substitution-task')
    const address = desk.page.url()
    await desk.page.goto(`/registros/contrato/${contract.id}?seccion=historial`)
    await desk.page.getByText('Carla Rojas Díaz en nombre de Martín Cáceres Vega').first().waitFor()
    await desk.page.goto('/sustituciones')
    await desk.page.getByText('Usted reemplaza a Martín Cáceres Vega').waitFor()
    await expectNoSidewaysScroll(desk.page)
    await expectAccessible(desk.page)
    await takePicture(desk.page, 'substitution')
    expect(desk.problems).toEqual([])
    await desk.context.close()

    stage.product.clock!.advance(7 * DAY)
    const later = await openPage(stage.browser, stage.product.staffUrl, { width: 'narrow', user: 'service.desk' })
    await later.page.goto('/bandeja')
    await later.page.getByText('No tiene tareas pendientes').waitFor()
    await later.page.goto(address)
    await later.page
      .getByText(/No encontramos/)
      .first()
      .waitFor()
    expect(await later.page.getByRole('button', { name: /Devolver|Tomar/ }).count()).toBe(0)
    await later.context.close()
    await away.context.close()
  }, 90_000)
})
