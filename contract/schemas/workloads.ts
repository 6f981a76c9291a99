import * as z from 'zod'
import { workloadId } from './resolving.ts'

export const workloads = {
  EndWorkload: {
    params: z.strictObject({ id: workloadId }),
    answer: z.strictObject({
      workloadId: z.string(),
      released: z.int().describe('Values it held, as far as was known here.'),
    }),
  },
}
