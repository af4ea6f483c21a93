import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import type { RouteAccess } from '#app/auth/route-access.ts'

const folder = path.resolve('app/routes')

export type RouteModule = {
  readonly file: string
  /** Its address, with `$parts` as they stand. */
  readonly path: string
  readonly page: boolean
  readonly handle: RouteAccess | undefined
  readonly loader: unknown
  readonly action: unknown
  /** First statement of each, as source. */
  readonly firstLines: Readonly<Record<string, string | undefined>>
  /** Every short text in the module: among them the names of its form fields. */
  readonly words: readonly string[]
}

function addressOf(file: string): string {
  const name = file.replace(/\.tsx?$/, '')
  const parts = name.split('.').filter((part) => !part.startsWith('_'))
  return `/${parts.join('/')}`
}

function firstStatement(node: ts.FunctionLikeDeclaration, source: ts.SourceFile): string | undefined {
  const { body } = node
  if (!body) return undefined
  if (ts.isBlock(body)) return body.statements[0]?.getText(source)
  return body.getText(source)
}

/** Loaders and actions are function declarations here; one made otherwise has no first line and fails the test. */
function functionsOf(source: ts.SourceFile): Record<string, string | undefined> {
  const declared = source.statements.filter(ts.isFunctionDeclaration)
  return Object.fromEntries(declared.map((node) => [node.name?.text ?? '', firstStatement(node, source)]))
}

function wordsOf(source: ts.SourceFile): string[] {
  const words = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && /^[a-z][a-zA-Z_]{1,30}$/.test(node.text)) words.add(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return [...words]
}

/** Every module under app/routes, imported, with what its source says. */
export async function routeModules(): Promise<RouteModule[]> {
  const files = readdirSync(folder).filter((name) => statSync(path.join(folder, name)).isFile())
  return await Promise.all(files.sort().map(readModule))
}

async function readModule(file: string): Promise<RouteModule> {
  const full = path.join(folder, file)
  const source = ts.createSourceFile(file, readFileSync(full, 'utf8'), ts.ScriptTarget.Latest, true)
  const module = (await import(full)) as Record<string, unknown>
  const functions = functionsOf(source)
  return {
    file,
    path: addressOf(file),
    page: 'default' in module,
    handle: module.handle as RouteAccess | undefined,
    loader: module.loader,
    action: module.action,
    firstLines: { loader: functions.loader, action: functions.action },
    words: wordsOf(source),
  }
}
