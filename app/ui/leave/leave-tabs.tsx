import { can } from '#app/domain/access/can.ts'
import { type Choice, Tabs } from '#app/ui/choices.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'

export type LeaveTab = 'waiting' | 'decided' | 'mine' | 'calendar' | 'record'

const pages = [
  { tab: 'waiting', to: '/leave/waiting', action: 'leave.decide' },
  { tab: 'decided', to: '/leave/waiting?show=decided', action: 'leave.decide' },
  { tab: 'mine', to: '/leave', action: 'leave.request' },
  { tab: 'calendar', to: '/leave/calendar', action: 'leave.read' },
  { tab: 'record', to: '/leave/record', action: 'leave.record' },
] as const

/** The pages of leave that the visitor's role may open. */
export function LeaveTabs({ current }: { current: LeaveTab }) {
  const t = useT()
  const root = useRootData()
  const role = root?.visitor?.role
  const mine = pages.filter((page) => role && can(role, page.action) !== null)
  if (mine.length < 2) return null
  const choices = mine.map(({ tab, to }): Choice => {
    const count = root?.counts.leave ?? 0
    return {
      to,
      label: t(`leave.tabs.${tab}`),
      current: tab === current,
      ...(tab === 'waiting' && count > 0 ? { count } : {}),
    }
  })
  return <Tabs label={t('leave.tabs.label')} choices={choices} />
}
