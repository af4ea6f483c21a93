import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

export const root = path.resolve(import.meta.dirname, '../..')

const places = ['app', 'devices', 'prisma', 'scripts', 'test']
const kinds = /\.(ts|tsx|css)$/

/** Made by a tool and ignored by git. */
export const isGenerated = (file: string) => file.startsWith('app/db/generated/')

/** Every source and style file on disk, as paths from the project's folder. */
export function sourceFiles(): string[] {
  return places
    .flatMap((place) =>
      readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' }).map((f) => path.join(place, f)),
    )
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => kinds.test(file) && !isGenerated(file) && !path.basename(file).startsWith('.'))
    .sort()
}

/** What git keeps of the same places; a check that saw fewer files has seen too little. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', ...places], { cwd: root, encoding: 'utf8' })
  return listed.split('\0').filter((file) => kinds.test(file) && !isGenerated(file))
}

export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

const parsed = new Map<string, ts.SourceFile>()

export function parse(file: string): ts.SourceFile {
  const known = parsed.get(file)
  if (known) return known
  const kind = file.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const fresh = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true, kind)
  parsed.set(file, fresh)
  return fresh
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile()
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
}
