import { join } from 'node:path'
import type { Clock, OffsetMeter } from './clock.ts'
import type { AgentConfig } from './config.ts'
import type { Log } from './log.ts'
import { Spool } from './spool.ts'

/** The spool as the configuration wants it; what was found wrong with it is said once. */
export async function openSpool(
  { config, clock, log }: { config: AgentConfig; clock: Clock; log: Log },
  offset: OffsetMeter,
): Promise<Spool> {
  const { dataDir, spoolMegabytes, keepDays } = config
  const spool = await Spool.open(join(dataDir, 'spool'), {
    trustedNow: () => serverTime(clock, offset),
    markFile: join(dataDir, 'spool.mark'),
    ...(spoolMegabytes === undefined ? {} : { limitBytes: spoolMegabytes * 2 ** 20 }),
    ...(keepDays === undefined ? {} : { keepDays }),
  })
  const { restored, tornBytes, damagedLines } = spool.found
  if (tornBytes + damagedLines > 0)
    log.warn({ tornBytes, damagedLines }, 'the spool was damaged; what is readable is kept')
  if (restored) {
    const remedy = {
      zh: '打卡暂存是从旧副本恢复的，已改用新的编号继续。若新的文件还在，停止采集程序，换回新的文件再启动。',
      en: 'The spool’s files come from an old copy; it goes on under new numbers. If the newer files still exist, stop the agent, put them back and start again.',
    }
    log.error(remedy, 'the spool was restored from an old copy')
  }
  return spool
}

/** The server's time as far as this agent knows it. */
function serverTime(clock: Clock, offset: OffsetMeter): number | null {
  const ahead = offset.current()
  return ahead === null ? null : clock.now() - ahead
}
