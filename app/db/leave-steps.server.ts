import { awaitedOf } from '#app/domain/leave/route.ts'
import type { LeaveFlow } from '#app/domain/leave/state.ts'
import type { BothNames, DecisionView, Party, StepView } from '#app/domain/leave/view.ts'

/** The route as pages show it: what is done and by whom, what is due, what comes later. */
export function stepViews(
  flow: LeaveFlow,
  decisions: readonly DecisionView[],
  names: ReadonlyMap<Party, readonly BothNames[]>,
): StepView[] {
  const open = flow.state === 'draft' || flow.state === 'submitted'
  return flow.route.map((step, index) => {
    const said = decisions.filter((one) => one.round === flow.round && one.step === index && isWord(one))
    const done = index < flow.step
    const due = index === flow.step && flow.state === 'submitted' && awaitedOf(step, flow.given).length > 0
    return {
      index,
      state: done ? 'done' : due ? 'due' : open ? 'later' : 'over',
      mode: step.mode,
      order: step.order,
      side: step.side,
      parties: step.parties.map((party) => ({
        party,
        people: names.get(party) ?? [],
        decision: said.find((one) => one.party === party) ?? null,
      })),
      told: step.told,
    }
  })
}

const isWord = (one: DecisionView): boolean => ['approved', 'returned', 'refused'].includes(one.act)
