import { can } from '#app/domain/access/can.ts'
import { type Choice, Tabs } from '#app/ui/choices.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'

export type ReaderTab = 'readers' | 'alarms' | 'doubtful' | 'terminals' | 'import' | 'rules'

const pages = [
  { tab: 'readers', to: '/readers', action: 'readers.read' },
  { tab: 'alarms', to: '/readers/alarms', action: 'readers.read' },
  { tab: 'doubtful', to: '/readers/doubtful', action: 'punches.rule' },
  { tab: 'terminals', to: '/readers/terminals', action: 'readers.read' },
  { tab: 'import', to: '/readers/import', action: 'readers.import' },
  { tab: 'rules', to: '/readers/rules', action: 'readers.read' },
] as const

/** The pages about readers that the visitor's role may open. */
export function ReaderTabs({ current }: { current: ReaderTab }) {
  const t = useT()
  const role = useRootData()?.visitor?.role
  const mine = pages.filter((page) => role && can(role, page.action) !== null)
  if (mine.length < 2) return null
  const choices = mine.map(
    ({ tab, to }): Choice => ({ to, label: t(`readerPage.tabs.${tab}`), current: tab === current }),
  )
  return <Tabs label={t('readerPage.tabs.label')} choices={choices} />
}
