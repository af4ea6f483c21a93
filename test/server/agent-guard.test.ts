import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { guardAgent } from '#app/auth/agent.server.ts'
import { prisma } from '#app/db/client.server.ts'
import { newId } from '#app/db/id.server.ts'
import { signedText } from '#devices/contract.ts'
import { useDatabase } from '#test/support/database.ts'
import { type Fixture, makeCentre } from '#test/support/fixture.ts'

useDatabase()

const keys = generateKeyPairSync('ed25519')
const others = generateKeyPairSync('ed25519')
const agentId = newId()
let centre: Fixture

function rawKey(key: KeyObject): Uint8Array<ArrayBuffer> {
  return new Uint8Array(key.export({ type: 'spki', format: 'der' }).subarray(-32))
}

beforeAll(async () => {
  centre = await makeCentre(prisma)
  const { centreId } = centre
  await prisma.agent.create({
    data: { centreId, id: agentId, name: '大厅', publicKey: rawKey(keys.publicKey), pairedAt: new Date() },
  })
})

type Asking = { key?: KeyObject; body?: string; sent?: string; path?: string; signedPath?: string; id?: string }

function request({ key = keys.privateKey, body = '{"a":1}', sent = body, ...more }: Asking = {}): Request {
  const path = more.path ?? '/api/agent/punches?x=1'
  const id = more.id ?? agentId
  const text = signedText('POST', more.signedPath ?? path, id, createHash('sha256').update(body).digest('hex'))
  const signature = sign(null, Buffer.from(text), key).toString('base64')
  const headers = { 'x-agent': id, 'x-agent-signature': signature }
  return new Request(`http://window.test${path}`, { method: 'POST', body: sent, headers })
}

async function refusal(asked: Request): Promise<[number, string]> {
  const thrown = await guardAgent({ request: asked }).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof Response)) throw new Error('the agent was let in')
  return [thrown.status, ((await thrown.json()) as { code: string }).code]
}

/** What a person finds in the audit of who was refused, the oldest first. */
async function noted(subject: string) {
  const where = { centreId: centre.centreId, action: { startsWith: 'agent.refused' }, subject }
  const found = await prisma.auditEntry.findMany({ where, orderBy: { id: 'asc' } })
  return found.map(({ actor, action, address }) => [actor, action, address])
}

describe('a request of an agent', () => {
  it('is let in by its signature and belongs to the agent’s centre', async () => {
    expect(await guardAgent({ request: request() })).toEqual({ centreId: centre.centreId, agentId, body: { a: 1 } })
    // A replay is harmless because of the punch key, so it is no ground for refusal.
    expect(await guardAgent({ request: request() })).toMatchObject({ agentId })
  })

  it('is refused when anything that was signed is different', async () => {
    expect(await refusal(request({ sent: '{"a":2}' }))).toEqual([401, 'agent_signature'])
    expect(await refusal(request({ signedPath: '/api/agent/status' }))).toEqual([401, 'agent_signature'])
    expect(await refusal(request({ key: others.privateKey }))).toEqual([401, 'agent_signature'])
    expect(await refusal(request({ id: centre.agentId }))).toEqual([401, 'agent_signature'])
    const { headers } = request()
    const got = new Request('http://window.test/api/agent/punches?x=1', { headers })
    expect(await refusal(got)).toEqual([401, 'agent_signature'])
  })

  it('is refused without a signature, with nonsense for one, and from nobody we know', async () => {
    expect(await refusal(new Request('http://window.test/api/agent/commands'))).toEqual([401, 'agent_unsigned'])
    expect(await refusal(request({ id: newId() }))).toEqual([401, 'agent_unknown'])
    const nonsense = request()
    nonsense.headers.set('x-agent-signature', 'AAAA')
    expect(await refusal(nonsense)).toEqual([401, 'agent_signature'])
    nonsense.headers.set('x-agent', "' or 1=1 --")
    expect(await refusal(nonsense)).toEqual([401, 'agent_unsigned'])
  })

  it('is refused when it is no JSON or larger than a megabyte', async () => {
    expect(await refusal(request({ body: '{"a":' }))).toEqual([400, 'not_json'])
    expect(await refusal(request({ body: 'x'.repeat(1024 * 1024 + 1) }))).toEqual([413, 'body_too_large'])
  })

  it('is refused once the agent is revoked', async () => {
    await prisma.agent.updateMany({ where: { id: agentId }, data: { revokedAt: new Date() } })
    expect(await refusal(request())).toEqual([403, 'agent_revoked'])
  })

  it('leaves a note when it is refused, not one for each try', async () => {
    const stranger = newId()
    const body = {
      data: {
        centreId: centre.centreId,
        id: stranger,
        name: '东门',
        publicKey: rawKey(keys.publicKey),
        pairedAt: new Date(),
      },
    }
    await prisma.agent.create(body)
    const asked = { request: request({ id: stranger, key: others.privateKey }), context: { address: '10.0.0.9' } }
    for (let tries = 0; tries < 3; tries++)
      await expect(guardAgent({ ...asked, request: asked.request.clone() })).rejects.toBeInstanceOf(Response)
    expect(await noted(stranger)).toEqual([[`agent:${stranger}`, 'agent.refused_signature', '10.0.0.9']])
    await prisma.agent.updateMany({ where: { id: stranger }, data: { revokedAt: new Date() } })
    await expect(guardAgent(asked)).rejects.toBeInstanceOf(Response)
    expect((await noted(stranger)).map(([, action]) => action)).toEqual([
      'agent.refused_signature',
      'agent.refused_revoked',
    ])
  })
})
