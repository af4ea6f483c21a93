import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Catalogue, catalogues } from '#app/i18n/catalogue.ts'
import packageJson from '../package.json' with { type: 'json' }
import { css, script, withoutComments } from './architecture/floor.ts'
import {
  departures,
  floorOf,
  isDeparture,
  isServiceToService,
  mayImportFile,
  mayImportPackage,
} from './architecture/floors.ts'
import { closure, importsOf, unresolved } from './architecture/imports.ts'
import { chineseInMarkup, doors, functionSizes, hasPage, inlineStyles, undocumented } from './architecture/shape.ts'
import { isGenerated, read, root, sourceFiles, trackedFiles } from './architecture/sources.ts'

const files = sourceFiles()
const scripts = files.filter((file) => /\.tsx?$/.test(file))
const styles = files.filter((file) => file.endsWith('.css'))
const markup = files.filter((file) => /^app\/(routes|ui)\/.*\.tsx$|^app\/root\.tsx$/.test(file))
const routes = scripts.filter((file) => /^app\/routes\/|^app\/root\.tsx$/.test(file))
const importsByFile = new Map(scripts.map((file) => [file, importsOf(file)]))
const imports = [...importsByFile.values()].flat()

/** What the browser runs begins with the views; models beside them are made on the server. */
const browserStarts = scripts.filter((file) => /^app\/ui\/.*\.tsx$|^app\/entry\.client\.tsx$/.test(file))

/** Shares a list with a view; the rest of it runs in an action, and the bundler leaves it out of the browser's files. */
const onServerOnly = ['app/domain/access/set-up.ts']

/** Sentences and tables, not code. */
const isData = (file: string) => /^app\/i18n\/(zh-CN|en)\/|^app\/domain\/calendar\/notices|^prisma\/seed\//.test(file)

describe('what was looked at', () => {
  it('is at least what git keeps', () => {
    const tracked = trackedFiles().filter((file) => existsSync(path.join(root, file)))
    expect(tracked.length).toBeGreaterThan(50)
    expect(tracked.filter((file) => !files.includes(file))).toEqual([])
  })

  it('has imports, routes, styles and markup in it', () => {
    expect(imports.length).toBeGreaterThan(scripts.length)
    expect(routes.flatMap(doors).length).toBeGreaterThan(5)
    expect(styles.length).toBeGreaterThan(5)
    expect(markup.length).toBeGreaterThan(10)
  })
})

describe('imports', () => {
  it('lead somewhere', () => {
    expect(unresolved(imports).map((item) => `${item.from}:${item.line} ${item.written}`)).toEqual([])
  })

  it('go downwards only', () => {
    const wrong = imports.filter((item) => item.file !== null && !mayImportFile(item.from, item.file))
    const unknown = wrong.filter((item) => !isDeparture(item.from, item.file ?? ''))
    expect(unknown.map((item) => `${item.from}:${item.line} → ${item.file}`)).toEqual([])
    const idle = departures.filter(
      (one) => !wrong.some((item) => item.from.startsWith(one.from) && item.file?.startsWith(one.to)),
    )
    expect(idle).toEqual([])
  })

  it('never lead from one service to another', () => {
    const wrong = imports.filter((item) => item.file !== null && isServiceToService(item.from, item.file))
    expect(wrong.map((item) => `${item.from}:${item.line} → ${item.file}`)).toEqual([])
  })

  it('use packages only where their floor allows them', () => {
    const wrong = imports.filter((item) => item.external !== null && !mayImportPackage(item.from, item.external))
    expect(wrong.map((item) => `${item.from}:${item.line} → ${item.external}`)).toEqual([])
  })

  it('use no package that package.json does not name', () => {
    const named = new Set([...Object.keys(packageJson.dependencies), ...Object.keys(packageJson.devDependencies)])
    const known = (name: string) => name.startsWith('node:') || named.has(name) || named.has(`@types/${name}`)
    const wrong = imports.filter((item) => item.external !== null && !known(item.external))
    expect(wrong.map((item) => `${item.from}:${item.line} → ${item.external}`)).toEqual([])
  })

  it('use no development package in what is deployed', () => {
    const shipped = new Set(Object.keys(packageJson.dependencies))
    const wrong = imports
      .filter((item) => /^(app|devices)\//.test(item.from) && item.external && !item.typeOnly)
      .filter((item) => !item.external?.startsWith('node:') && !shipped.has(item.external ?? ''))
    expect(wrong.map((item) => `${item.from}:${item.line} → ${item.external}`)).toEqual([])
  })

  it('do not climb out of a folder and do not leave out the extension', () => {
    const own = imports.filter((item) => item.external === null)
    const climbing = own.filter((item) => item.written.startsWith('../') && /^(app|devices)\//.test(item.from))
    const bare = own.filter((item) => !/\.\w+(\?.*)?$/.test(item.written))
    expect([...climbing, ...bare].map((item) => `${item.from}:${item.line} ${item.written}`)).toEqual([])
  })

  it('stay on a floor that the table knows', () => {
    expect(scripts.filter((file) => !floorOf(file))).toEqual([])
  })
})

describe('size', () => {
  it('keeps files under 300 lines, style sheets, one declaration a line, under 500', () => {
    const counted = files
      .filter((file) => !isData(file))
      .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    expect(counted.filter(({ file, lines }) => lines > (file.endsWith('.css') ? 500 : 300))).toEqual([])
  })

  it('keeps functions under 60 lines, with markup under 120', () => {
    const found = scripts
      .filter((file) => !isData(file))
      .flatMap((file) => functionSizes(file).map((size) => ({ file, ...size })))
    expect(found.length).toBeGreaterThan(300)
    expect(found.filter(({ lines, limit }) => lines > limit)).toEqual([])
  })
})

describe('doors', () => {
  it('are guarded in the first line of each loader and action', () => {
    const open = routes.flatMap((file) =>
      doors(file)
        .filter((door) => !door.guarded)
        .map((door) => `${file}:${door.line} ${door.name}`),
    )
    expect(open).toEqual([])
  })

  it('draw a page wherever a form can be posted, so that a refusal can be read', () => {
    const forms = routes.filter(
      (file) => !/^app\/routes\/(api|iclock)\./.test(file) && doors(file).some((door) => door.name === 'action'),
    )
    expect(forms.length).toBeGreaterThan(3)
    expect(forms.filter((file) => !hasPage(file))).toEqual([])
  })
})

describe('the domain', () => {
  it('says the rule above each exported function', () => {
    const domain = scripts.filter((file) => file.startsWith('app/domain/'))
    expect(domain.flatMap(undocumented)).toEqual([])
  })
})

describe('pages', () => {
  it('take every Chinese word from the catalogues', () => {
    expect(markup.flatMap(chineseInMarkup)).toEqual([])
  })

  it('carry no inline styles, which the security policy forbids', () => {
    expect(markup.flatMap(inlineStyles)).toEqual([])
  })

  it('use no style that Chromium 87 does not know', () => {
    const wrong = styles.flatMap((file) => {
      const text = withoutComments(read(file))
      return Object.keys(css)
        .filter((name) => css[name]?.test(text))
        .map((name) => `${file}: ${name}`)
    })
    expect(wrong).toEqual([])
  })

  it('use no function that Chromium 87 does not know', () => {
    const inBrowser = [...closure(browserStarts, importsByFile)].filter(
      (file) => !onServerOnly.includes(file) && !isGenerated(file),
    )
    expect(inBrowser.length).toBeGreaterThan(20)
    const wrong = inBrowser.flatMap((file) =>
      Object.keys(script)
        .filter((name) => script[name]?.test(withoutComments(read(file))))
        .map((name) => `${file}: ${name}`),
    )
    expect(wrong).toEqual([])
  })

  it('bring nothing of the server along', () => {
    expect([...closure(browserStarts, importsByFile)].filter((file) => file.includes('.server.'))).toEqual([])
  })
})

type Tree = { readonly [key: string]: string | Tree }

/** Sentences by path; a pair of one and many is one sentence. */
function sentences(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, node] of Object.entries(tree)) {
    if (typeof node === 'string') found.set(prefix + key, node)
    else if (typeof node.one === 'string' && typeof node.other === 'string') found.set(prefix + key, node.other)
    else for (const [inner, text] of sentences(node, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}

/** English says the half-day by its hours, the post by the window's line, a plan by its code, and no sexagenary year. */
const saidOtherwise = [
  'attendance.today.hours',
  'attendance.today.tile.due',
  'attendance.reason.plan',
  'devices.kiosk.lunar',
]

const gaps = (text: string) => [...new Set(text.match(/\{\{\s*\w+/g) ?? [])].map((gap) => gap.replace(/\W/g, '')).sort()

describe('catalogues', () => {
  const zh = sentences(catalogues['zh-CN'] as unknown as Tree)
  const en = sentences(catalogues.en as unknown as Tree)

  it('have the same sentences in both languages', () => {
    expect(zh.size).toBeGreaterThan(80)
    expect([...zh.keys()].filter((key) => !en.has(key))).toEqual([])
    expect([...en.keys()].filter((key) => !zh.has(key))).toEqual([])
  })

  it('have the same gaps to fill in both languages', () => {
    const differing = [...zh].filter(([key, text]) => gaps(text).join() !== gaps(en.get(key) ?? '').join())
    expect(differing.map(([key]) => key).filter((key) => !saidOtherwise.includes(key))).toEqual([])
    expect(saidOtherwise.filter((key) => !zh.has(key))).toEqual([])
  })

  it('leave no sentence empty', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  it('are written calmly: no exclamation marks', () => {
    const topics = Object.keys(catalogues['zh-CN']) as (keyof Catalogue)[]
    expect(topics.length).toBeGreaterThan(9)
    expect([...zh, ...en].filter(([, text]) => /[!！]/.test(text)).map(([key]) => key)).toEqual([])
  })
})
