import ts from 'typescript'
import { lineOf, parse, walk } from './sources.ts'

type FunctionSize = { readonly name: string; readonly line: number; readonly lines: number; readonly limit: number }

const FUNCTION = 60
const FUNCTION_WITH_JSX = 120

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node)
  )
}

/** `describe('…', () => { … })` holds tests as a file holds functions. */
function isSuite(node: ts.Node): boolean {
  const call = node.parent
  return Boolean(call) && ts.isCallExpression(call) && /^describe\b/.test(call.expression.getText())
}

function hasJsx(node: ts.Node): boolean {
  let found = false
  walk(node, (inner) => {
    if (ts.isJsxElement(inner) || ts.isJsxSelfClosingElement(inner) || ts.isJsxFragment(inner)) found = true
  })
  return found
}

export function functionSizes(file: string): FunctionSize[] {
  const sizes: FunctionSize[] = []
  const source = parse(file)
  walk(source, (node) => {
    if (!isFunction(node) || !node.body || isSuite(node)) return
    const end = source.getLineAndCharacterOfPosition(node.end).line + 1
    sizes.push({
      name: node.name?.getText() ?? 'function',
      line: lineOf(node),
      lines: end - lineOf(node) + 1,
      limit: hasJsx(node) ? FUNCTION_WITH_JSX : FUNCTION,
    })
  })
  return sizes
}

const guards = [
  'guard',
  'guardKiosk',
  'guardAgent',
  'guardTerminal',
  'guardDemo',
  'publicRoute',
  'visitorOrNull',
  'kioskOrNull',
]

function exported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) && Boolean(ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword))
  )
}

type Entry = { readonly name: string; readonly line: number; readonly guarded: boolean }

function callsGuard(statement: ts.Node): boolean {
  let found = false
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) return
    if (ts.isCallExpression(node) && guards.includes(node.expression.getText())) found = true
    ts.forEachChild(node, visit)
  }
  visit(statement)
  return found
}

function entry(name: string, node: ts.FunctionLikeDeclaration): Entry {
  const body = node.body
  const first = body && ts.isBlock(body) ? body.statements[0] : body
  return { name, line: lineOf(node), guarded: Boolean(first && callsGuard(first)) }
}

const isDoor = (name: string | undefined) => name === 'loader' || name === 'action'

function doorsOf(node: ts.Statement): Entry[] {
  if (ts.isFunctionDeclaration(node)) {
    const name = node.name?.text
    return name && isDoor(name) ? [entry(name, node)] : []
  }
  if (!ts.isVariableStatement(node)) return []
  return node.declarationList.declarations
    .filter((item) => isDoor(item.name.getText()))
    .map((item) => {
      const name = item.name.getText()
      const made = item.initializer
      return made && isFunction(made) ? entry(name, made) : { name, line: lineOf(node), guarded: false }
    })
}

/** Each loader and action of a route module, and whether its first line asks who is there (or says that all may come). */
export function doors(file: string): Entry[] {
  return parse(file).statements.filter(exported).flatMap(doorsOf)
}

/** Exported functions of a file that no sentence stands above. */
export function undocumented(file: string): string[] {
  return parse(file)
    .statements.filter((node) => ts.isFunctionDeclaration(node) && exported(node) && node.body)
    .filter((node) => ts.getJSDocCommentsAndTags(node).length === 0)
    .map((node) => `${file}:${lineOf(node)}`)
}

/** Text that a reader of the page would see, written into the markup or a string instead of a catalogue. */
export function chineseInMarkup(file: string): string[] {
  const found: string[] = []
  walk(parse(file), (node) => {
    const isText =
      ts.isStringLiteral(node) ||
      ts.isJsxText(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    // Chinese commas and brackets are text too: an English reader must not meet them.
    if (isText && /[\p{Script=Han}\u3001-\u303f\uff01-\uff5e]/u.test(node.text))
      found.push(`${file}:${lineOf(node)} ${node.text.trim().slice(0, 30)}`)
  })
  return found
}

export function inlineStyles(file: string): string[] {
  const found: string[] = []
  walk(parse(file), (node) => {
    if (ts.isJsxAttribute(node) && node.name.getText() === 'style') found.push(`${file}:${lineOf(node)}`)
  })
  return found
}

/** Whether a route draws a page; without one, what its action throws reaches a browser as bare JSON. */
export function hasPage(file: string): boolean {
  return parse(file).statements.some(
    (node) =>
      ts.isExportAssignment(node) ||
      (exported(node) &&
        ts.canHaveModifiers(node) &&
        Boolean(ts.getModifiers(node)?.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword))),
  )
}
