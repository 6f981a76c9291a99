import { expect, it } from 'vitest'
import { Collector } from '../../../../cdktf-provider/plugin/framework/collector.ts'
import { Session } from '../../../../cdktf-provider/plugin/framework/session.ts'
import { shelf } from '../support/shelf.ts'

it('stops the calls of a run, those that come after the stop too, and not those of the next run', () => {
  const session = new Session(shelf)
  const call = () => session.call(new Collector({})).signal
  session.begin()
  const [first, second] = [call(), call()]
  session.stop()
  const overtaken = call()
  expect([first.aborted, second.aborted, overtaken.aborted]).toEqual([true, true, true])
  session.begin()
  const later = call()
  expect(later.aborted).toBe(false)
  session.stop()
  expect(later.aborted).toBe(true)
})
