import {
  OutcomeUnknown,
  resource,
  text,
  unknownValue,
} from '../../../../cdktf-provider/plugin/index.ts'

const attributes = {
  id: text('Id.').computed({ keeps: true }),
  mode: text('What goes wrong.').required(),
  value: text('A value.').optional({ sensitive: true }),
}

/** Wrong on purpose, to see that the user and the state survive it. */
export const faulty = resource<unknown>()({
  type: 'shelf_faulty',
  description: 'Wrong on purpose.',
  attributes,
  newId: () => 'chosen',
  plan({ config }) {
    switch (config.mode) {
      case 'overrides':
        return { set: { value: 'other' } as object }
      case 'plans garbage':
        return { set: { id: 3 as never } }
    }
    return undefined
  },
  create({ planned, id, signal }) {
    const state = { ...planned, id }
    switch (planned.mode) {
      case 'throws':
        throw new Error(`the value is ${planned.value}`)
      case 'is silent':
        throw new OutcomeUnknown({ summary: 'The shelf did not answer.' })
      case 'contradicts':
        return { ...state, value: 'other' }
      case 'leaves unknown':
        return { ...state, value: unknownValue as never }
      case 'mistypes':
        return { ...state, value: 3 as never }
      case 'tells too much':
        return { ...state, rumour: 'hunter2' } as never
      case 'tells too little':
        return { id } as never
      case 'tells nothing':
        return undefined as never
      case 'exits':
        process.exit(3)
      case 'crashes':
        setImmediate(() => {
          throw new Error(`the value is ${planned.value}`)
        })
        return new Promise(() => {})
      case 'forgets a promise':
        void Promise.reject(new Error(`the value is ${planned.value}`))
        return state
      case 'prints':
        console.log('1|6|unix|/nowhere|grpc|')
        return state
      case 'is deaf':
        setInterval(() => {}, 60_000)
        return new Promise(() => {})
      case 'waits':
        return new Promise((_, reject) => {
          const stop = () => reject(new OutcomeUnknown({ summary: 'It was stopped.' }))
          if (signal.aborted) return stop()
          signal.addEventListener('abort', stop)
          // The process must stay while it waits, as it would for a socket.
          setInterval(() => {}, 60_000)
        })
      default:
        return state
    }
  },
  // It exists exactly when it was not silent about it.
  read({ state }) {
    if (state.value === 'unreadable') throw new Error(`the value is ${state.value}`)
    return state.mode === 'is silent' || state.mode === 'waits' ? null : state
  },
  update({ planned, prior }) {
    if (planned.mode === 'cannot update') throw new Error(`the value is ${planned.value}`)
    return { ...planned, id: prior.id }
  },
  delete({ prior }) {
    if (prior.mode === 'cannot delete') throw new Error(`the value is ${prior.value}`)
  },
})
