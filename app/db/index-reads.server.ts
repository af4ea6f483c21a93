import type { Tx } from './transaction.server.ts'

export type ToIndex = { readonly sourceId: string; readonly agentId: string; readonly serial: string }

/** Online readers that nobody has asked for their index table since an instant. Two servers at once ask one of them once. */
export async function readersToIndex(tx: Tx, centreId: string, since: number): Promise<ToIndex[]> {
  return tx.$queryRaw<ToIndex[]>`
    SELECT s.id AS "sourceId", s.agent_id AS "agentId", s.serial
      FROM source s
      JOIN agent a ON a.centre_id = s.centre_id AND a.id = s.agent_id AND a.revoked_at IS NULL
     WHERE s.centre_id = ${centreId}::uuid AND s.kind = 'reader' AND s.retired_at IS NULL AND s.state = 'online'
       AND NOT EXISTS (SELECT 1 FROM agent_command c
                        WHERE c.centre_id = s.centre_id AND c.source_id = s.id AND c.kind IN ('index', 'self_test')
                          AND c.created_at >= ${new Date(since)})
     ORDER BY s.serial FOR UPDATE OF s SKIP LOCKED`
}
