import { randomBytes } from 'node:crypto'
import { createServer as createHttp, type Server as HttpServer } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { anyCentre } from '#app/db/centres.server.ts'
import { disconnect, prisma } from '#app/db/client.server.ts'
import { activationCode } from '#app/domain/access/password.ts'
import { env } from '#app/env.server.ts'
import { startJobs, stopJobs } from '#app/jobs/queue.server.ts'
import { createServer, type Server } from './http.ts'
import { log } from './log.server.ts'
import { plainHttpBeyondHere } from './plain-http.ts'
import { startProblem } from './start-problem.ts'

const patience = 4_500
/** Whoever sends a request slower than this is cut off; answers, event streams among them, may last. */
const receiving = { headersTimeout: 20_000, requestTimeout: 60_000 }

function listen(http: HttpServer): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(env.PORT, env.HOST, () => {
      const address = http.address()
      resolve(typeof address === 'object' && address !== null ? address.port : env.PORT)
    })
  })
}

/** Stops taking requests, ends event streams, lets the rest finish, ends jobs and connections; gives up waiting in time. */
function stopOnSignal(http: HttpServer, server: Server): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(0), patience).unref()
    const closed = new Promise<void>((resolve) => http.close(() => resolve()))
    server.endStreams()
    http.closeIdleConnections()
    await Promise.allSettled([closed, stopJobs()])
    await disconnect().catch((error: unknown) => log().warn({ err: error }, 'disconnect'))
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

async function greet(port: number): Promise<void> {
  const host = env.HOST === '0.0.0.0' || env.HOST === '::' ? 'localhost' : env.HOST
  process.stdout.write(
    `Window Staff: ${env.PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`}\n`,
  )
  if (plainHttpBeyondHere(env)) log().warn({ host: env.HOST }, 'plain http: passwords can be read on the network')
  if (!(await anyCentre(prisma)))
    log().warn({ path: '/set-up', code: env.SET_UP_CODE }, 'not set up yet: one-time set-up code')
}

async function main(): Promise<void> {
  // Made before anything reads the environment, so that the routes, built apart, ask for the same code.
  process.env.SET_UP_CODE ||= activationCode(randomBytes(12))
  checkEnvironment()
  const file = pathToFileURL(path.resolve('build/server/index.js')).href
  const build = (await import(file)) as ServerBuild
  await anyCentre(prisma)
  const server = createServer({ build, publicUrl: env.PUBLIC_URL })
  const http = createHttp(receiving, server.app)
  const port = await listen(http)
  stopOnSignal(http, server)
  await startJobs()
  await greet(port)
}

/** Reads the environment once before anything else does, so that what is missing has its own message. */
function checkEnvironment(): void {
  try {
    void env.PORT
  } catch (error) {
    throw Object.assign(error as Error, { code: 'bad_env' })
  }
}

function portOrNull(): number | null {
  try {
    return env.PORT
  } catch {
    return null
  }
}

process.on('unhandledRejection', (error) => log().error({ err: error }, 'unhandled rejection'))
main().catch((error: unknown) => {
  process.stderr.write(`${startProblem(error, portOrNull())}\n`)
  process.exit(1)
})
