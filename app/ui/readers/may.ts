import { type Action, can } from '#app/domain/access/can.ts'
import { useRootData } from '#app/ui/root-data.tsx'

/** Whether the visitor's role may do something: decides which links and buttons are drawn; every act is guarded again by the server. */
export function useMay(): (action: Action) => boolean {
  const role = useRootData()?.visitor?.role
  return (action) => role !== undefined && can(role, action) !== null
}
