import { ConfigError, readConfig } from './config.ts'
import { CauceError } from './errors.ts'
import { PortInUseError, start, type Running } from './main.ts'
import { DEMO_PASSWORD } from './rehearsal/index.ts'

/** Runs the product as a program: tells where it is, and in one clear line what is in the way. */
export async function runMain(fronts: ('staff' | 'portal')[]): Promise<void> {
  try {
    const config = readConfig()
    if (config.host !== '127.0.0.1' && config.host !== 'localhost' && config.baseUrl.startsWith('http:')) {
      if (!config.allowHttp)
        throw new ConfigError(
          'HOST is reachable from other machines: set BASE_URL to https://… (behind a TLS proxy), or ALLOW_HTTP=1.',
        )
      console.warn('Warning: plain http is open to other machines (ALLOW_HTTP=1). Passwords travel unprotected.')
    }
    const running = await start(config, { fronts })
    tell(running, fronts, config.production)
    stopOnSignal(running)
    // Whoever supervises this process starts it again, and then it owns the store or attaches to the next owner.
    void running.ownerGone?.then(() => process.exit(1))
  } catch (error) {
    console.error(isClear(error) ? error.message : error)
    process.exitCode = 1
    // A store that is half open must not keep the process alive.
    setTimeout(() => process.exit(1), 1000).unref()
  }
}

/** Errors that say by themselves what to do need no stack. */
function isClear(error: unknown): error is Error {
  return (
    error instanceof ConfigError ||
    error instanceof PortInUseError ||
    (error instanceof CauceError && error.status < 500) ||
    (error instanceof Error && ['StoreVersionError', 'StoreCorruptError', 'StoreLockedError'].includes(error.name))
  )
}

function tell(running: Running, fronts: string[], production: boolean): void {
  const lines = ['']
  if (fronts.includes('staff')) lines.push(`  Personal   ${running.staffUrl}`)
  if (fronts.includes('portal')) lines.push(`  Portal     ${running.portalUrl}`)
  if (running.devMail && fronts.includes('staff')) lines.push(`  Correos    ${running.staffUrl}/dev/mail`)
  if (!production && running.demoUsers.length > 0) {
    lines.push('', `  Usuarios de demostración (contraseña ${DEMO_PASSWORD}):`)
    for (const user of running.demoUsers)
      lines.push(`    ${user.email.padEnd(34)} ${user.name}${user.front === 'portal' ? '  (portal)' : ''}`)
  }
  if (running.setUpAddress !== null)
    lines.push(
      '',
      '  Primer administrador: cree su contraseña aquí (una sola vez, 60 minutos):',
      `    ${running.setUpAddress}`,
    )
  console.log(lines.join('\n') + '\n')
}

function stopOnSignal(running: Running): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
}
