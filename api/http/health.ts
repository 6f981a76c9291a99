import { Router } from 'express'
import type { Database } from '../database/database.ts'

/**
 * `/livez`: the process serves. `/readyz`: it can do its work, which takes the database; the keys were
 * proved at the start. A provider's outage makes nobody unready: only those who need it are refused.
 */
export function health(database: Database): Router {
  const router = Router()
  router.get('/livez', (_, response) => {
    response.json({ status: 'ok' })
  })
  router.get('/readyz', async (_, response) => {
    const ready = await database.query('ready', 'SELECT 1', []).then(
      () => true,
      () => false,
    )
    response
      .status(ready ? 200 : 503)
      .json({ status: ready ? 'ok' : 'unavailable', database: ready ? 'ok' : 'unavailable' })
  })
  return router
}
