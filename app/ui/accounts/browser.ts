const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
  ['360', /QIHU|360SE|360EE/],
  ['WeChat', /MicroMessenger\/(\d+)/],
  ['Firefox', /Firefox\/(\d+)/],
  ['Chrome', /Chrom(?:e|ium)\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
]

const systems: readonly (readonly [string, RegExp])[] = [
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
]

/** What a browser calls itself, as people know it: "Chrome 109, Windows"; null when it says nothing known. */
export function browserName(userAgent: string | null): string | null {
  if (userAgent === null) return null
  const text = userAgent.replace('HeadlessChrome', 'Chrome')
  const browser = browsers.map(([name, is]) => [name, is.exec(text)] as const).find(([, match]) => match)
  const system = systems.find(([, is]) => is.test(text))?.[0]
  const named = browser ? [browser[0], browser[1]?.[1]].filter(Boolean).join(' ') : null
  return [named, system].filter(Boolean).join(', ') || null
}
