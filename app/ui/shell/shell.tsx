import type { ReactNode } from 'react'
import { useT } from '#app/ui/locale.tsx'
import { usePresence } from '#app/ui/presence.ts'
import { useRootData } from '#app/ui/root-data.tsx'
import { Bar } from '#app/ui/shell/bar.tsx'
import { DemoRibbon } from '#app/ui/shell/demo-ribbon.tsx'
import { Rail } from '#app/ui/shell/rail.tsx'

/** The frame of every page behind the sign-in: what the role may open on the left, place and person on top. */
export function Shell({ children }: { children: ReactNode }) {
  const root = useRootData()
  const t = useT()
  usePresence()
  return (
    <>
      <a className="skip" href="#main">
        {t('common.skip')}
      </a>
      <div className="shell">
        <Rail entries={root?.navigation ?? []} counts={root?.counts ?? {}} />
        <div>
          <Bar />
          <DemoRibbon />
          <main className="main" id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
    </>
  )
}
