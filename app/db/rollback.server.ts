import { inTransaction, type Tx } from './transaction.server.ts'

/** Carries an answer out of a transaction that is to leave nothing behind. */
class Undone<T> extends Error {
  readonly answer: T
  constructor(answer: T) {
    super('undone')
    this.answer = answer
  }
}

/** Runs the work in a transaction and keeps it only when the answer says so; the answer comes back either way. */
export async function keepIf<T>(keep: (answer: T) => boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(async (tx) => {
      const answer = await work(tx)
      if (!keep(answer)) throw new Undone(answer)
      return answer
    })
  } catch (thrown) {
    if (thrown instanceof Undone) return thrown.answer as T
    throw thrown
  }
}
