import { commandOfAgent, saveCommandProgress } from '#app/db/commands.server.ts'
import { afterCopyStep } from '#app/db/copy-outcomes.server.ts'
import { afterStep } from '#app/db/enrolment-outcomes.server.ts'
import { publish } from '#app/db/events.server.ts'
import { inTransaction } from '#app/db/transaction.server.ts'
import { isOver, type Step, withLateStep, withStep } from '#app/domain/devices/command.ts'
import { ok, type Result, refuse } from '#app/domain/result.ts'

export type StepReport = {
  readonly centreId: string
  readonly agentId: string
  readonly commandId: string
  readonly step: Step
}

/** Stores one step of a command as its agent tells it; told twice, it counts once. */
export async function recordStep(report: StepReport, nowMs: number): Promise<Result<null, 'command_unknown'>> {
  const { centreId, agentId, commandId, step } = report
  return inTransaction(async (tx) => {
    const command = await commandOfAgent(tx, centreId, agentId, commandId)
    if (command === null) return refuse('command_unknown')
    const late = command.kind === 'enrol' && isOver(command.state)
    const next = late ? withLateStep(command, step) : withStep(command, step)
    if (next === null) return ok(null)
    await saveCommandProgress(tx, centreId, commandId, next, nowMs)
    await publish(tx, {
      topic: 'command',
      centreId,
      id: commandId,
      agentId,
      sourceId: command.sourceId,
      state: next.state,
    })
    const taken = { centreId, agentId, command, step, state: next.state }
    await afterStep(tx, taken, nowMs)
    await afterCopyStep(tx, taken, nowMs)
    return ok(null)
  })
}
