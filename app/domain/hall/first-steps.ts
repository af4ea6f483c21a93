/** What a new centre has to have before its hall can work, in the order in which each needs the one before. */
export const firstStepKeys = ['zones', 'units', 'windows', 'people', 'accounts', 'readers', 'fingers'] as const
export type FirstStepKey = (typeof firstStepKeys)[number]

export type FirstStep = { readonly key: FirstStepKey; readonly state: 'done' | 'next' | 'later'; readonly href: string }

const hrefs: Readonly<Record<FirstStepKey, string>> = {
  zones: '/hall/zones/new',
  units: '/hall/units/new',
  windows: '/hall/windows/new',
  people: '/people/paste',
  accounts: '/accounts/asked',
  readers: '/readers',
  fingers: '/people/enrol',
}

/**
 * The way from a centre that has just been set up to its first punch 上线步骤: what is there, what comes next, what later;
 * empty when all of it is there. Source: stages of a project, design study (set-up page).
 */
export function firstSteps(there: Readonly<Record<FirstStepKey, boolean>>): readonly FirstStep[] {
  const next = firstStepKeys.find((key) => !there[key])
  if (next === undefined) return []
  return firstStepKeys.map((key) => ({
    key,
    state: there[key] ? 'done' : key === next ? 'next' : 'later',
    href: hrefs[key],
  }))
}
