import { parseArgs } from 'node:util'
import { type AgentConfig, ConfigError, type Environment, fileVariable, loadConfig } from './config.ts'
import { saySpool, sayStatus } from './inspect.ts'

export type Words = { run: AgentConfig } | { ended: number }

const help = `用法 usage:
  agent.js CONFIG.json                       运行 run (or ${fileVariable}=CONFIG.json, or WINDOW_STAFF_AGENT_* alone)
  agent.js check CONFIG.json                 检查配置并说明含义 check the configuration and say what it means
  agent.js status DATADIR [--json]           采集程序与暂存的状况 how the agent stands (may run meanwhile)
  agent.js spool DATADIR [--from SEQ] [--json]  列出每条打卡 list every punch (may run meanwhile)`

/**
 * What the words on the command line ask for. Everything but running ends by itself; so does whatever a person has to put
 * right first, with status 1, in plain lines for whoever sits before it.
 */
export async function obey(words: string[], environment: Environment, say: (line: string) => void): Promise<Words> {
  try {
    return await asked(words, environment, say)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    say(error.message)
    return { ended: 1 }
  }
}

async function asked(words: string[], environment: Environment, say: (line: string) => void): Promise<Words> {
  const { positionals, values } = understood(words)
  const [command, target] = positionals
  if (values.help) return end(help)
  const json = values.json ?? false
  switch (command) {
    case 'check':
      return end(meaning(loadConfig(configPath(target), environment)))
    case 'status':
      await sayStatus(needed(target, 'DATADIR'), { json }, say)
      return { ended: 0 }
    case 'spool':
      await saySpool(needed(target, 'DATADIR'), { json, from: numberOf(values.from ?? '1') }, say)
      return { ended: 0 }
    default:
      return { run: loadConfig(configPath(command), environment) }
  }

  function end(text: string): Words {
    say(text)
    return { ended: 0 }
  }
  function configPath(given: string | undefined): string | null {
    const path = given ?? environment[fileVariable] ?? environment.AGENT_CONFIG ?? null
    if (path === null && environment.WINDOW_STAFF_AGENT_SERVER === undefined) throw new ConfigError(help)
    return path
  }
}

function understood(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, from: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    const [what] = String(error instanceof Error ? error.message : error).split('. ')
    throw new ConfigError(`看不懂这条命令 not understood: ${what}\n${help}`, { cause: error })
  }
}

function numberOf(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1) return number
  throw new ConfigError(
    `--from：不能是 ${text}，写一个从 1 开始的编号 / cannot be ${text}: write a number from 1 on\n${help}`,
  )
}

function needed(word: string | undefined, name: string): string {
  if (word === undefined) throw new ConfigError(`${name} 没有写 is missing\n${help}`)
  return word
}

/** In words, what an agent with this configuration will do. Secrets are not repeated. */
function meaning(config: AgentConfig): string {
  const { server, name, dataDir, readers, discover, pairingCode, keepDays = 30, spoolMegabytes = 256 } = config
  const listed = readers.map(({ serial, profile, emulated }) => `${serial} (${emulated ? '模拟 emulated' : profile})`)
  const looked = discover ? '自动使用接上的每个 CP2110 读卡器 uses every CP2110 bridge that is attached' : null
  const all = [...listed, looked].filter((one) => one !== null)
  return [
    '配置有效 the configuration is good',
    `  服务器 server: ${server}`,
    `  名称 name: ${name}`,
    `  数据 data: ${dataDir}`,
    `  配对码 pairing code: ${pairingCode === undefined ? '没有 none (已配对才行 only if paired already)' : '有 given'}`,
    `  读卡器 readers: ${all.length > 0 ? all.join(', ') : '一个也没有 none: 写 readers 或 discover / set readers or discover'}`,
    `  暂存 spool: 最多 at most ${spoolMegabytes} MB，已送达的保留 delivered punches are kept ${keepDays} 天 days`,
    ...(config.clockOffsetMs === 0 ? [] : [`  时钟偏移 clock offset: ${config.clockOffsetMs} ms (仅演示 demo only)`]),
  ].join('\n')
}
