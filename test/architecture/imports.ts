import path from 'node:path'
import ts from 'typescript'
import { isGenerated, lineOf, parse, root, walk } from './sources.ts'

export type Import = {
  readonly from: string
  readonly line: number
  readonly written: string
  /** The project file it leads to, or null for a package or a module of Node. */
  readonly file: string | null
  /** The package's name, or 'node:…'. */
  readonly external: string | null
  readonly typeOnly: boolean
}

const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
const cache = ts.createModuleResolutionCache(root, (name) => name, options)

function packageOf(written: string): string {
  const [first = '', second = ''] = written.split('/')
  return first.startsWith('@') ? `${first}/${second}` : first
}

function resolve(from: string, written: string): string | null {
  if (/\.(css|svg)(\?.*)?$/.test(written)) return null
  const found = ts.resolveModuleName(written, path.join(root, from), options, ts.sys, cache).resolvedModule
  return found ? path.relative(root, found.resolvedFileName).split(path.sep).join('/') : null
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause
    const named = clause?.namedBindings
    if (clause?.isTypeOnly) return true
    return Boolean(named && ts.isNamedImports(named) && !clause?.name && named.elements.every((e) => e.isTypeOnly))
  }
  return ts.isExportDeclaration(node) && node.isTypeOnly
}

function written(node: ts.Node): string | null {
  const isStatic = ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
  if (isStatic && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) return node.moduleSpecifier.text
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [first] = node.arguments
    return first && ts.isStringLiteral(first) ? first.text : null
  }
  return null
}

/** Every import and re-export of a file, resolved as the compiler resolves it. */
export function importsOf(file: string): Import[] {
  const found: Import[] = []
  walk(parse(file), (node) => {
    const text = written(node)
    if (text === null) return
    const own = text.startsWith('.') || text.startsWith('#')
    found.push({
      from: file,
      line: lineOf(node),
      written: text,
      file: own ? resolve(file, text) : null,
      external: own ? null : packageOf(text),
      typeOnly: isTypeOnly(node),
    })
  })
  return found
}

/** Resolved project imports only; a path that leads nowhere is reported apart. */
export function unresolved(all: readonly Import[]): Import[] {
  return all.filter(
    (item) => item.external === null && item.file === null && !/\.(css|svg|json|wasm)/.test(item.written),
  )
}

/** Everything that a file brings along when it runs, itself included. */
export function closure(starts: readonly string[], importsByFile: ReadonlyMap<string, readonly Import[]>): Set<string> {
  const seen = new Set<string>()
  const queue = [...starts]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file) || isGenerated(file)) continue
    seen.add(file)
    for (const item of importsByFile.get(file) ?? []) if (item.file && !item.typeOnly) queue.push(item.file)
  }
  return seen
}
