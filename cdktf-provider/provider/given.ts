/** What a configuration gives: without what is null or left out. */
export const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Given<T>

type Given<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> }
