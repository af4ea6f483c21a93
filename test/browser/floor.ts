import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Chromium 87, the oldest browser of the halls, inside an npm package that is fetched for the test and never depended on. */
const PACKAGE = 'chrome-aws-lambda@5.4.0'
const SHA512 = 'edlk3okaPwVJ7lLhmi0p1Xs0lx3ekloW5Lqq+q+V0jS/4dyXYLeA23SKdB+A6+hBf/n88yfR8ssb78tBD/C9CA=='

const run = promisify(execFile)
const unbrotli = promisify(brotliDecompress)

/** Outside of the project: FLOOR_CACHE, else the user's cache folder. */
export function floorFolder(): string {
  const cache =
    process.env.FLOOR_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'window-staff')
  return path.join(cache, 'chromium-87')
}

export function floorProgram(): string {
  return path.join(floorFolder(), 'chromium')
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Fetches, checks and unpacks the browser once; 45 MB over the network, 150 MB on disk. */
export async function installFloor(): Promise<string> {
  const program = floorProgram()
  if (await exists(program)) return program
  const folder = floorFolder()
  const work = `${folder}.${process.pid}`
  await mkdir(work, { recursive: true })
  await run('npm', ['pack', PACKAGE, '--pack-destination', work, '--silent'], { cwd: work })
  const archive = path.join(work, 'chrome-aws-lambda-5.4.0.tgz')
  const found = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')
  if (found !== SHA512) throw new Error(`${PACKAGE} is not the package that was tried: sha512-${found}`)
  await run('tar', ['xzf', archive, '-C', work])
  await unpack(path.join(work, 'package/bin/chromium.br'), path.join(work, 'chromium'))
  await chmod(path.join(work, 'chromium'), 0o755)
  await unpackArchive(path.join(work, 'package/bin/swiftshader.tar.br'), work)
  await unpackArchive(path.join(work, 'package/bin/aws.tar.br'), work)
  await rm(archive)
  await rm(path.join(work, 'package'), { recursive: true })
  await rename(work, folder)
  return program
}

async function unpack(from: string, to: string): Promise<void> {
  await writeFile(to, await unbrotli(await readFile(from)))
}

async function unpackArchive(from: string, folder: string): Promise<void> {
  const tar = path.join(folder, 'part.tar')
  await unpack(from, tar)
  await run('tar', ['xf', tar, '-C', folder])
  await rm(tar)
}

/** Starts it. Libraries it wants and the machine lacks (NSS) come from its own package. */
export async function openFloorBrowser(): Promise<Browser> {
  const libraries = [process.env.LD_LIBRARY_PATH, path.join(floorFolder(), 'lib')].filter(Boolean).join(':')
  const env = { ...process.env, LD_LIBRARY_PATH: libraries } as Record<string, string>
  const args = [
    '--headless',
    '--no-sandbox',
    '--no-zygote',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
  ]
  return chromium.launch({ executablePath: floorProgram(), args, env })
}

const missing = `Element.prototype.checkVisibility || (Element.prototype.checkVisibility = function () {
  return this.getClientRects().length > 0 && getComputedStyle(this).visibility !== 'hidden'
})`

/**
 * Playwright's own helper calls one function that Chromium 87 lacks. It is added to the driver's worlds only,
 * never to the page's, so that a page which needs it still fails.
 */
export async function openFloorPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  session.on('Runtime.executionContextCreated', ({ context: world }) => {
    const isPage = (world.auxData as { isDefault?: boolean } | undefined)?.isDefault === true
    if (isPage) return
    session.send('Runtime.evaluate', { contextId: world.id, expression: missing }).catch(() => undefined)
  })
  await session.send('Runtime.enable')
  return page
}

/** Chromium 87 tells of downloads in a way that the driver no longer hears: the file is waited for in its folder. */
export async function floorDownload(page: Page, begin: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'window-staff-download-'))
  try {
    const session = await page.context().newCDPSession(page)
    await session.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
    await begin()
    for (let waited = 0; waited < 10_000; waited += 50) {
      const name = (await readdir(folder)).find((one) => !one.endsWith('.crdownload'))
      if (name) return { name, bytes: await readFile(path.join(folder, name)) }
      await sleep(50)
    }
    throw new Error('nothing was downloaded within 10 s')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
