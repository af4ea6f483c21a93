import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { floorDownload, openFloorBrowser, openFloorPage } from '#test/browser/floor.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** The same tests run on the browser of this machine and, with BROWSER=floor, on the oldest one we serve. */
const onFloor = process.env.BROWSER === 'floor'

/** CHROMIUM names the program; every Debian has it at the same place. */
export async function openBrowser(): Promise<Browser> {
  if (onFloor) return openFloorBrowser()
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) {
    throw new Error(`No browser at ${executablePath}: apt-get install chromium, or set CHROMIUM to another one.`)
  }
  const args = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking']
  return chromium.launch({ executablePath, args })
}

/** A page of its own context: no cookies, Chinese, at the width the pages are designed for. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    ...options,
  })
  context.setDefaultTimeout(10_000)
  return onFloor ? openFloorPage(context) : context.newPage()
}

export type App = { readonly url: string; readonly stop: () => Promise<void>; readonly log: () => string }

/** The built server as a process of its own on a free port, over the database that the environment names. */
export async function startApp(env: Readonly<Record<string, string>> = {}): Promise<App> {
  const program = path.join(root, 'build/server.js')
  if (!existsSync(program)) throw new Error('There is no build/server.js: run `npm run build` first.')
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const url = await untilListening(child, lines)
  return { url, stop: () => stopProcess(child), log: () => lines.join('\n') }
}

function untilListening(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line)
      const address = /^Window Staff: (http:\/\/\S+)$/.exec(line)?.[1]
      if (address) resolve(address)
    }
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', read)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${lines.join('\n')}`)))
    child.once('error', reject)
  })
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Signs in through the form, as a person does. */
export async function signIn(page: Page, app: App, account: { number: string; password: string }): Promise<void> {
  await page.goto(`${app.url}/sign-in`)
  await page.fill('[name=number]', account.number)
  await page.fill('[name=password]', account.password)
  await page.click('main form button[type=submit]')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

/** What the browser saves when something is pressed, under the name it would have in the folder of downloads. */
export async function download(page: Page, begin: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  if (onFloor) return floorDownload(page, begin)
  const coming = page.waitForEvent('download')
  await begin()
  const saved = await coming
  return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type AxeResult = {
  violations: { id: string; impact: string | null; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

/** What a machine can see of WCAG 2.1 AA, one line a place. Evaluated, because the page's policy refuses foreign script tags. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
  const found = await page.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<unknown> } }
    return axe.run({ runOnly: { type: 'tag', values } })
  }, tags)
  return (found as AxeResult).violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) =>
      `${id} (${impact}) ${node.target.join(' ')}: ${node.failureSummary ?? ''}`.replace(/\s+/g, ' '),
    ),
  )
}

/** Pixels by which the page is wider than its window; anything above 0 makes a phone scroll sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** Collects what the browser complains about: script errors, refused resources, policy breaches. */
export function complaints(page: Page): string[] {
  const found: string[] = []
  page.on('pageerror', (error) => found.push(String(error)))
  page.on('console', (message) => {
    const isStatus = message.text().startsWith('Failed to load resource: the server responded with a status of')
    if (message.type() === 'error' && !isStatus) found.push(message.text())
  })
  return found
}
