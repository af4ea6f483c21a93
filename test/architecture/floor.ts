/** What Chromium 87, the oldest browser of the halls, does not know. Each with the version that brought it. */
export const css: Readonly<Record<string, RegExp>> = {
  ':has() (105)': /:has\(/,
  ':is() (88)': /:is\(/,
  ':where() (88)': /:where\(/,
  ':not() with a list (88)': /:not\([^()]*,/,
  ':modal (105)': /:modal\b/,
  'container queries (105)': /@container\b|container-(type|name)\s*:/,
  '@layer (99)': /@layer\b/,
  '@scope, @starting-style': /@scope\b|@starting-style\b/,
  'nesting (112)': /(^|[{};])\s*&/m,
  'aspect-ratio (88)': /(^|[{;\s])aspect-ratio\s*:/m,
  'oklch, oklab, lab, lch (111)': /\b(oklch|oklab|lab|lch)\(/,
  'color-mix (111)': /color-mix\(/,
  'light-dark (123)': /light-dark\(/,
  'dvh, svh, lvh (108)': /\d(dvh|svh|lvh|dvw|svw|lvw)\b/,
  'text-wrap (114)': /(^|[{;\s])text-wrap\s*:/m,
  'translate, rotate, scale as properties (104)': /(^|[{;])\s*(translate|rotate|scale)\s*:/m,
  'accent-color (93)': /accent-color\s*:/,
  'overflow: clip (90)': /overflow(-[xy])?\s*:\s*clip/,
  'scrollbar-gutter (94)': /scrollbar-gutter\s*:/,
  'subgrid (117)': /subgrid/,
  'media ranges (104)': /@media[^{]*[<>]=?/,
  'unprefixed mask (120)': /(^|[{;])\s*mask(-[a-z]+)?\s*:/m,
  'size-adjust (92)': /(^|[{;\s])size-adjust\s*:/m,
  'field-sizing (123)': /field-sizing\s*:/,
}

/** Functions that no build lowers; only for what runs in the browser. */
export const script: Readonly<Record<string, RegExp>> = {
  '.at() (92)': /\.at\(/,
  'Object.hasOwn (93)': /Object\.hasOwn\(/,
  'structuredClone (98)': /structuredClone\(/,
  'findLast (97)': /\.findLast(Index)?\(/,
  'toSorted, toReversed, toSpliced, with (110)': /\.(toSorted|toReversed|toSpliced)\(/,
  'groupBy (117)': /(Object|Map)\.groupBy\(/,
  'Promise.withResolvers (119)': /withResolvers\(/,
  'URL.canParse (120)': /URL\.canParse\(/,
  'crypto.randomUUID (92, https only)': /randomUUID\(/,
  'AbortSignal.timeout (103)': /AbortSignal\.(timeout|any)\(/,
  'checkVisibility (105)': /\.checkVisibility\(/,
  'popover (114)': /\.(showPopover|togglePopover)\(/,
  'the search element (118)': /<search\b/,
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '')
}
