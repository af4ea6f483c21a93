import i18next from 'i18next'
import { catalogues, type Key, type Locale } from '#app/i18n/catalogue.ts'

export type Params = Readonly<Record<string, string | number>>

/** Turns a key into a sentence. `has` narrows a code that came from data (a reason, a refusal) to a key. */
export type T = {
  (key: Key, params?: Params): string
  has(key: string): key is Key
  readonly locale: Locale
}

type Tree = { readonly [key: string]: string | Tree }

function isPlural(node: Tree): node is { readonly one: string; readonly other: string } {
  return typeof node.one === 'string' && typeof node.other === 'string' && Object.keys(node).length === 2
}

/** i18next writes plurals as key_one and key_other beside each other; the catalogues as one entry with two forms. */
function withPlurals(tree: Tree): Tree {
  const result: Record<string, string | Tree> = {}
  for (const [key, node] of Object.entries(tree)) {
    if (typeof node === 'string') result[key] = node
    else if (isPlural(node)) Object.assign(result, { [`${key}_one`]: node.one, [`${key}_other`]: node.other })
    else result[key] = withPlurals(node)
  }
  return result
}

function leaves(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, node]) =>
    typeof node === 'string' ? [prefix + key] : leaves(node, `${prefix}${key}.`),
  )
}

function create(locale: Locale): T {
  const instance = i18next.createInstance()
  instance.init({
    lng: locale,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { [locale]: { translation: withPlurals(catalogues[locale]) } },
  })
  const keys = new Set(leaves(catalogues['zh-CN']))
  const translate = (key: string, params: Params = {}) => instance.t(key, { ...params })
  const has = (key: string): key is Key => keys.has(key)
  return Object.assign(translate, { has, locale })
}

const created = new Map<Locale, T>()

/** The translator of a language, one per process. Works on both sides of the wire. */
export function translator(locale: Locale): T {
  const known = created.get(locale)
  if (known) return known
  const fresh = create(locale)
  created.set(locale, fresh)
  return fresh
}
