import { Spool } from '#devices/agent/spool.ts'

/** Appends as fast as it can and says what is safe, until it is killed. */
const [folder = ''] = process.argv.slice(2)
const spool = await Spool.open(folder)
for (let slot = 0; ; slot++) {
  const punch = { serial: 'S1', subject: String(slot), at: '2026-03-02T01:00:00.000Z', score: null, offsetMs: null }
  const together = await Promise.all([spool.append(punch), spool.append(punch)])
  process.stdout.write(together.map(({ seq, subject }) => `${seq} ${subject}\n`).join(''))
}
