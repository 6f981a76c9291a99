import { Lazy } from 'cdktn'

/**
 * Text that is asked for when the stack is synthesized. A resource is named by then, so that
 * `overrideLogicalId` may be called after others refer to it.
 */
export const later = (text: () => string): string => Lazy.stringValue({ produce: text })
