import { createHash } from 'node:crypto'
import { renderRegister, renderRegisters } from '#app/pdf/registers.ts'
import { civilServant, institutionStaff } from './support.ts'

/** Another process, another order: prints the hash of the same register. */
await renderRegisters([institutionStaff({ name: '欧阳娜娜' }), civilServant({ name: '李四' })])
console.log(
  createHash('sha256')
    .update(await renderRegister(civilServant()))
    .digest('hex'),
)
