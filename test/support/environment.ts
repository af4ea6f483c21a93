import { randomBytes } from 'node:crypto'
import { fromRun, withDatabaseName } from './server.ts'

// Read before the test file and the modules of the program. The database itself is made by useDatabase().
const name = `test_${randomBytes(6).toString('hex')}`

Object.assign(process.env, {
  TEST_DATABASE_NAME: name,
  DATABASE_URL: withDatabaseName(fromRun('TEST_APP_URL'), name),
  DATABASE_OWNER_URL: withDatabaseName(fromRun('TEST_OWNER_URL'), name),
  DATABASE_DIRECT_URL: '',
  DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
  SESSION_KEY: randomBytes(32).toString('base64url'),
  PUBLIC_URL: '',
  LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
})
