import { expect, it } from 'vitest'
import { Collector } from '../../../../cdktf-provider/plugin/framework/collector.ts'
import { Session } from '../../../../cdktf-provider/plugin/framework/session.ts'
import { shelf } from '../support/shelf.ts'

it('stops the calls under way and not those of a later run', () => {
  const session = new Session(shelf)
  const call = () => session.call(new Collector({})).signal
  const [first, second] = [call(), call()]
  session.stop()
  const later = call()
  expect([first.aborted, second.aborted, later.aborted]).toEqual([true, true, false])
  session.stop()
  expect(later.aborted).toBe(true)
})
