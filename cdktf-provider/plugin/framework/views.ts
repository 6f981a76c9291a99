import type { Unknown } from '../values/value.ts'
import type { Attribute, Attributes, Presence, Views } from './attributes.ts'

/** What stands in state: all of it known, write-only attributes null. */
export type State<A extends Attributes> = {
  readonly [K in keyof A]: Stored<A[K], 'state'>
}

/** What Apply is asked to reach: what the configuration gives is known, what the provider gives need not be. */
export type Planned<A extends Attributes> = {
  readonly [K in keyof A]: Stored<A[K], 'planned'> | UnknownWhen<A[K], 'computed' | 'orComputed'>
}

/** What the user wrote, at Apply: all of it known, write-only values included. */
export type Config<A extends Attributes> = {
  readonly [K in keyof A]: Given<A[K], 'config'>
}

/** What the user wrote, before Apply: anything may be unknown, so ask `isUnknown` before you look. */
export type Proposed<A extends Attributes> = {
  readonly [K in keyof A]:
    Given<A[K], 'proposed'> | UnknownWhen<A[K], Exclude<Presence, 'computed'>>
}

/** A plan in the making: anything but a default may be unknown. */
export type Draft<A extends Attributes> = {
  readonly [K in keyof A]:
    Stored<A[K], 'draft'> | (A[K]['writeOnly'] extends true ? never : Unknown)
}

type In<T extends Attribute, View extends keyof Views> =
  T extends Attribute<infer V, Presence, boolean> ? V[View] : never

type Stored<T extends Attribute, View extends keyof Views> = T['writeOnly'] extends true
  ? null
  : In<T, View> | (T['presence'] extends 'optional' ? null : never)

type Given<T extends Attribute, View extends keyof Views> = T['presence'] extends 'computed'
  ? null
  : In<T, View> | (T['presence'] extends 'required' ? never : null)

type UnknownWhen<T extends Attribute, P extends Presence> = T['presence'] extends P
  ? Unknown
  : never
